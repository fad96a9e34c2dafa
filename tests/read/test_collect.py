"""What is collected of every figure, wherever it stands and whatever made it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import (
    Lab,
    Site,
    build,
    by_class,
    conf,
    elements,
    entries,
    figure_numbers,
    own_files,
    png,
    same_bytes,
    text,
)
from support.books.places import (
    EXPECTED,
    OLD_MYST,
    Book,
    collect,
    figures_of,
    read_list,
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("kinds"))


# -- every figure, wherever it stands ---------------------------------------------


def test_places_in_rst(book: Book) -> None:
    assert book.labels("places") == [
        *("plain", "in-note", "in-list", "in-table", "in-tab", "in-quote"),
        *("in-definition", "included", "outer", "inner", "in-topic"),
    ]


def test_places_in_myst(book: Book) -> None:
    assert book.labels("myst") == [
        *("m-figure", "m-figure-md", "m-colon", "m-in-note", "m-in-list"),
        *("m-in-table", "m-in-tab", "m-included", "m-in-rst"),
    ]


@pytest.mark.parametrize(
    ("label", "path", "start"),
    [
        ("plain", "places.rst", ".. figure::"),
        ("in-note", "places.rst", ".. figure::"),
        ("in-list", "places.rst", ".. figure::"),
        ("in-table", "places.rst", ".. figure::"),
        ("in-tab", "places.rst", ".. figure::"),
        ("in-quote", "places.rst", ".. figure::"),
        ("in-definition", "places.rst", ".. figure::"),
        ("included", "shared/part.txt", ".. figure::"),
        ("outer", "places.rst", ".. figure::"),
        ("inner", "places.rst", ".. figure::"),
        ("in-topic", "places.rst", ".. figure::"),
        ("alt-graph", "alts.rst", ".. graphviz::"),
        ("two", "several.rst", ".. several::"),
        ("no-picture", "several.rst", ".. several::"),
        ("m-figure", "myst.md", "```{figure}"),
        ("m-figure-md", "myst.md", "```{figure-md}"),
        ("m-colon", "myst.md", ":::{figure}"),
        ("m-in-note", "myst.md", "```{figure}"),
        ("m-in-list", "myst.md", "```{figure}"),
        ("m-in-table", "myst.md", "```{figure}"),
        ("m-in-tab", "myst.md", "```{figure}"),
        ("m-included", "shared/part.md", "```{figure}"),
        ("m-in-rst", "myst.md", ".. figure::"),
        ("md-html-none", "mystalts.md", "```{figure-md}"),
    ],
)
def test_location(book: Book, label: str, path: str, start: str) -> None:
    # A figure-md's name stands on its first line.
    words = f"}} {label}\n" if "figure-md" in start else f":name: {label}\n"
    line = book.line_of(path, words, start.rstrip("}"))
    if label == "m-included" and OLD_MYST:  # counts one too many in included files
        line += 1
    assert book[label]["location"] == {"path": path, "line": line}


def test_location_of_figures_without_a_label(book: Book) -> None:
    bare = [f for f in book.figures if f["docname"] == "labels" and not f["label"]]
    line = book.line_of("labels.rst", "Without any", ".. figure::")
    assert [f["location"] for f in bare] == [{"path": "labels.rst", "line": line}]


def test_inner_and_outer_figure(book: Book) -> None:
    outer, inner = book["outer"], book["inner"]
    assert [image["path"] for image in outer["images"]] == ["x.png"]
    assert [image["path"] for image in inner["images"]] == ["y.png"]
    assert outer["caption"] == "The outer one."
    assert inner["caption"] == "The inner one."


def test_each_figure_once(book: Book) -> None:
    """As many as the pages draw, but for those that are kept out."""
    site = Site(book.html.out)
    drawn = [f for path in site.paths() for f in elements(site.page(path), "figure")]
    assert len(book.figures) == len(drawn) - 3
    assert len({(f["docname"], f["id"]) for f in book.figures}) == len(book.figures)


# -- alt texts --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "alt"),
    [
        ("alt-none", None),
        ("alt-empty", ""),
        ("alt-words", 'Words, "quoted"\non two lines -- and *bare*.'),
        ("alt-target", "In a link."),
        ("alt-graph", "A graph."),
        ("md-omitted", None),
        ("md-words", "A cliff, white"),
        ("md-html-empty", ""),
        ("md-html-none", None),
        ("md-html-words", "A cliff"),
        ("md-empty", ""),
        ("md-none", None),
        ("m-figure", "A picture."),
    ],
)
def test_alt(book: Book, label: str, alt: str | None) -> None:
    (image,) = book[label]["images"]
    found = image["alt"]
    # Whether a source's line break is a space is the format's affair.
    assert (found and " ".join(found.split())) == (alt and " ".join(alt.split()))


def test_alts_are_counted(book: Book) -> None:
    """The builder's closing line counts what the JSON has: null, not the empty."""
    lacking = [
        figure
        for figure in book.figures
        if not figure["images"] or any(i["alt"] is None for i in figure["images"])
    ]
    (line,) = [x for x in book.lists.status.splitlines() if "without alt text" in x]
    assert f"{len(lacking)} without alt text" in line


# -- captions and legends ---------------------------------------------------------


def test_captions(book: Book) -> None:
    assert book["cap-substituted"]["caption"] == "A cliff: *hundred* metres high."
    assert book["cap-quotes"]["caption"] == "“Smart” – it’s so…"
    (image,) = book["cap-quotes"]["images"]
    assert image["alt"] == 'Not "smart" -- here'
    assert book["cap-long"]["caption"] == "A caption on two lines."
    assert book["m-target"]["caption"] == "A *hundred* metres cliff."
    assert book["m-figure-md"]["caption"] == "In `figure-md`."
    assert book["alt-graph"]["caption"] == "A graph"


def test_no_caption(book: Book) -> None:
    for label in ("cap-comment", "cap-bare"):
        figure = book[label]
        assert (figure["caption"], figure["title"]) == (None, None)
        assert figure["number"] is None


def test_legends(book: Book) -> None:
    assert book["cap-comment"]["legend"] == "Only a legend."
    legend = book["cap-legend"]["legend"]
    assert legend == "First *paragraph*. Second one: an item another"
    assert book["cap-legend"]["caption"] == "A caption."
    assert book["cap-long"]["legend"] is None


def said(book: Book, label: str) -> list[dict[str, object]]:
    """Which pictures a figure has, and what their alt texts are."""
    return [
        {name: image[name] for name in ("path", "alt")}
        for image in book[label]["images"]
    ]


def test_pictures_in_words_are_not_the_figures(book: Book) -> None:
    assert said(book, "cap-picture") == [{"path": "x.png", "alt": "The figure's."}]
    assert said(book, "cap-only-picture") == [{"path": "x.png", "alt": None}]


def test_a_caption_of_a_picture_alone(book: Book) -> None:
    """Sphinx gives it no number; its entry has words though its caption has none."""
    assert book["cap-only-picture"]["number"] is None
    shown = entries(book.html.out / "lists/figures.html")
    links = [e.link for e in shown if e.href.endswith("#cap-only-picture")]
    assert links == ["Untitled (x.png)"]


# -- pictures ---------------------------------------------------------------------


def test_several_pictures(book: Book) -> None:
    assert said(book, "two") == [
        {"path": "x.png", "alt": "The left one."},
        {"path": "y.png", "alt": "The right one."},
    ]
    assert said(book, "one-of-two") == [
        {"path": "x.png", "alt": "The left one."},
        {"path": "y.png", "alt": None},
    ]
    assert book["no-picture"]["images"] == []
    assert book["no-picture"]["caption"] == "No picture."


def test_several_alts_in_words(book: Book) -> None:
    markdown = (book.lists.out / "FIGURE_LIST.md").read_text("utf-8")
    joined = "**Alt Text**: (a) The left one.; (b) The right one."
    assert joined in markdown.splitlines()
    # One alone is no enumeration.
    assert "**Alt Text**: The left one." in markdown.splitlines()


def test_paths(book: Book) -> None:
    (globbed,) = book["globbed"]["images"]
    assert globbed["path"] in {"images/glob.png", "images/glob.svg"}
    assert [i["path"] for i in book["far"]["images"]] == [
        "https://example.org/far/away.png?size=2"
    ]
    assert [i["path"] for i in book["roundabout"]["images"]] == ["x.png"]
    assert [i["path"] for i in book["absolute"]["images"]] == ["images/sub/été-1.png"]
    assert [i["path"] for i in book["gone"]["images"]] == ["gone.png"]
    assert [i["path"] for i in book["alt-target"]["images"]] == ["x.png"]


# -- what is kept out -------------------------------------------------------------


def test_excluded_figures(book: Book) -> None:
    assert book.labels("excluded") == ["before", "between", "after"]
    assert "m-out" not in book.labels("marks")
    for words in ("Out by the figure", "Out by the picture", "Out."):
        for path, content in own_files(book.lists.out).items():
            assert words.encode() not in content, path
    shown = [entry.words for entry in entries(book.html.out / "lists/figures.html")]
    assert not [words for words in shown if "Out" in words]
    total = len(book.figures)
    assert book.data["totals"]["figures"] == total
    assert len(shown) == total


def test_excluded_figures_keep_their_numbers(book: Book) -> None:
    printed = figure_numbers(book.html.out / "excluded.html")
    listed = {name: book[name]["number"] for name in ("before", "between", "after")}
    first = int(listed["before"])
    assert list(listed.values()) == [str(first), str(first + 2), str(first + 4)]
    assert printed == {
        "before": f"Fig. {first}",
        "out-figure": f"Fig. {first + 1}",
        "between": f"Fig. {first + 2}",
        "out-picture": f"Fig. {first + 3}",
        "after": f"Fig. {first + 4}",
    }


# -- labels -----------------------------------------------------------------------


def test_labels(book: Book) -> None:
    first, second, third, fourth = book.labels("labels")
    assert first == "by-target"
    assert second in {"by name", "target-too"}
    assert third == "by-case"
    assert fourth is None
    assert book["m-target"]["label"] == "m-target"
    # They are those that numref takes: the page had no warning of one of them.
    assert "numref" not in book.html.warnings


def test_every_entry_leads_to_its_figure(book: Book) -> None:
    """The figure that an entry links to has the number and the words that it names."""
    page = book.html.out / "lists/figures.html"
    site = Site(book.html.out)
    assert site.dead_links([page]) == []
    for entry, figure in zip(entries(page), book.figures, strict=True):
        target = site.target(page, entry.href)
        assert target is not None
        file, id_ = target
        assert file == book.html.out / f"{figure['docname']}.html"
        assert id_
        (target_,) = [e for e in elements(site.page(file)) if e.get("id") == id_]
        if target_.tag == "span":  # a figure's second id is on one, at its start
            around = [e for e in elements(site.page(file)) if target_ in list(e)]
            (target_,) = (e for e in around if e.tag == "figure")
        printed = [text(n) for n in by_class(target_, "caption-number")]
        number = f"Fig. {figure['number']}" if figure["number"] else ""
        assert entry.number == number
        assert printed[:1] == ([number] if number else [])
        assert entry.link.strip(" :") != entry.number


def test_duplicate_label(tmp_path: Path) -> None:
    same = ".. figure:: x.png\n   :name: twin\n\n   {}.\n\n"
    files: dict[str, str | bytes] = {
        "conf.py": conf(extensions=["sphinxext_figlist"], numfig=True),
        "index.rst": (
            "Book\n====\n\n.. figlist::\n\n.. toctree::\n\n   one\n   two\n\n"
            + same.format("First")
            + same.format("Second")
        ),
        "one.rst": "One\n===\n\n" + same.format("Third"),
        "two.rst": "Two\n===\n\n" + same.format("Fourth"),
        "x.png": png(),
    }
    allow = ["Duplicate explicit target name", "duplicate label twin", "twin"]
    figures = collect(tmp_path, files, allow=allow)
    assert {f["caption"] for f in figures} == {"First.", "Second.", "Third.", "Fourth."}
    assert len({(f["docname"], f["id"]) for f in figures}) == 4
    # A label leads to one figure: no more than one may claim it.
    assert [f["label"] for f in figures].count("twin") <= 1

    html = build(tmp_path / "book", tmp_path / "html", allow=allow)
    page = html.out / "index.html"
    assert Site(html.out).dead_links() == []
    assert len({entry.href for entry in entries(page)}) == 4


# -- reading in parallel, and forgetting ------------------------------------------


def test_parallel_reading_merges(book: Book, tmp_path: Path) -> None:
    built = build(
        book.source, tmp_path / "out", builder="figlist", parallel=2, allow=EXPECTED
    )
    assert built.in_parallel == {"reading"}
    assert same_bytes(own_files(built.out), own_files(book.lists.out)) == []


def test_purged_documents_vanish(tmp_path: Path) -> None:
    def chapter(name: str) -> str:
        return f"{name}\n{'=' * len(name)}\n\n.. figure:: x.png\n\n   Of {name}.\n"

    lab = Lab(
        root=tmp_path,
        files={
            "conf.py": conf(extensions=["sphinxext_figlist"], numfig=True),
            "index.rst": "Book\n====\n\n.. toctree::\n   :glob:\n\n   part*\n",
            "part1.rst": chapter("One"),
            "part2.rst": chapter("Two"),
            "x.png": png(),
        },
    )

    def captions() -> list[str]:
        lab.build("figlist")
        return [f["caption"] for f in figures_of(read_list(lab.out("figlist")))]

    assert captions() == ["Of One.", "Of Two."]
    lab.remove("part1.rst")
    assert captions() == ["Of Two."]
    lab.write("part3.rst", chapter("Three"))
    assert captions() == ["Of Two.", "Of Three."]
    lab.write("part2.rst", "Two\n===\n\nNo more.\n")
    assert captions() == ["Of Three."]
