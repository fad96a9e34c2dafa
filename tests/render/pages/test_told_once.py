"""What Sphinx warns of in a caption it warns of there, once, whatever lists copy it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import build, conf, png, write_tree
from support.small import doc, fig, figlist, toc

BROKEN = (
    "numref :numref:`fig-b`, bare :numref:`fig-bare`, lost :numref:`fig-no`, "
    "bad :numref:`W {nam} <fig-b>`, worse :numref:`%s %s <fig-b>`, "
    "section :numref:`deep`, ref :ref:`no-label`, bare ref :ref:`fig-bare`, "
    ":doc:`no-doc`, :any:`no-any`, :term:`no-term`, :py:func:`no.func`, "
    ":keyword:`nokey`, :option:`-x`, :envvar:`NOPE`, :token:`t`"
)
MYST = """# Myst

```{figure} p.png
:name: fig-m

**{numref}`fig-b`.** {numref}`no-m`, [](#nothing), [x](no.md), {ref}`nope`,
<project:#gone>, [a](no.md#lab), {numref}`fig-bare`
```
"""
FIELDS = "title caption legend references"


def warnings_of(
    root: Path, builder: str, *, listed: bool, **values: object
) -> list[str]:
    """The warnings, without those of the list's page where there is none."""
    lists = [figlist(fields=FIELDS), figlist(layout="table", fields=FIELDS)]
    files = {
        "p.png": png(),
        "conf.py": conf(
            extensions=["sphinxext_figlist", "myst_parser"],
            html_theme="basic",
            **values,
        ),
        "index.rst": doc("Book", toc("one", "myst", "lists")),
        "one.rst": doc(
            "One",
            ".. _deep:",
            "Deep\n----",
            fig("a", BROKEN, f"A legend. {BROKEN}"),
            fig("b", f"**With** {BROKEN}"),
            ".. figure:: p.png\n   :name: fig-bare",
        ),
        "myst.md": MYST,
        "lists.rst": doc("Lists", *(lists if listed else [])),
    }
    source = write_tree(root, files)
    built = build(
        source, root.with_name(f"{root.name}-out"), builder=builder, allow=None
    )
    return [line.replace(str(root), "") for line in built.warnings.splitlines()]


@pytest.mark.parametrize("nitpicky", [False, True], ids=["plain", "nitpicky"])
@pytest.mark.parametrize("numfig", [True, False], ids=["numfig", "no-numfig"])
@pytest.mark.parametrize("builder", ["html", "singlehtml", "latex", "text", "epub"])
def test_a_list_adds_no_warning(
    tmp_path: Path, builder: str, numfig: bool, nitpicky: bool
) -> None:
    values = {"numfig": numfig, "nitpicky": nitpicky, "epub_show_urls": "no"}
    without = warnings_of(tmp_path / "without", builder, listed=False, **values)
    listed = warnings_of(tmp_path / "listed", builder, listed=True, **values)
    assert any("/one.rst" in line for line in without)
    assert listed == without


@pytest.mark.parametrize("nitpicky", [False, True], ids=["plain", "nitpicky"])
@pytest.mark.parametrize("numfig", [True, False], ids=["numfig", "no-numfig"])
def test_files_add_none_without_a_place(
    tmp_path: Path, numfig: bool, nitpicky: bool
) -> None:
    found = warnings_of(
        tmp_path / "book", "figlist", listed=True, numfig=numfig, nitpicky=nitpicky
    )
    assert found == []
