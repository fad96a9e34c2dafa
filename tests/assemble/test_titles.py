"""Titles: each sentence of what SPEC says of them, on captions without a book."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from hypothesis import given as any_given
from hypothesis import strategies as st
from sphinx import addnodes
from support import Files, build, by_class, entries, main_content, png, text, write_tree

from sphinxext_figlist.assemble import titles, typed
from sphinxext_figlist.config.choices import CREDIT_PATTERNS
from sphinxext_figlist.read.content import freeze
from sphinxext_figlist.read.records import Content

# -- captions, made and shown -----------------------------------------------------

Part = str | nodes.Node


def strong(*parts: Part) -> nodes.Node:
    return nodes.strong("", "", *_nodes(parts))


def emphasis(*parts: Part) -> nodes.Node:
    return nodes.emphasis("", "", *_nodes(parts))


def math(tex: str) -> nodes.Node:
    return nodes.math(tex, tex)


def code(words: str) -> nodes.Node:
    return nodes.literal(words, words)


def link(words: str, url: str = "https://example.org/a:b") -> nodes.Node:
    return nodes.reference("", words, refuri=url)


def xref(words: str, role: str = "ref") -> nodes.Node:
    return addnodes.pending_xref(
        "",
        nodes.inline("", words),
        refdomain="std",
        reftype=role,
        reftarget="somewhere",
        refexplicit=True,
        refdoc="page",
    )


def local(words: str) -> nodes.Node:
    """A link within the document, as MyST has it when the document has been read."""
    return nodes.reference("", words, refid="somewhere", internal=True)


def _nodes(parts: tuple[Part, ...]) -> list[nodes.Node]:
    return [nodes.Text(part) if isinstance(part, str) else part for part in parts]


def caption(*parts: Part) -> Content:
    return freeze(_nodes(parts), "page")


def show(content: Content | None) -> str | None:
    """*content* with its elements as tags; None for none."""
    if content is None:
        return None
    shown = ""
    for item in content:
        if isinstance(item, str):
            shown += item
        else:
            name = item[0].__name__
            shown += f"<{name}>{show(item[2])}</{name}>"
    return shown


def title(
    content: Content | None,
    rule: str = "lead",
    credits: tuple[str, ...] = CREDIT_PATTERNS,
) -> titles.Title:
    return titles.title(content, rule, credits)


def plain(content: Content | None) -> str:
    return "".join(
        item if isinstance(item, str) else plain(item[2]) for item in content or ()
    )


# -- the bold lead ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "lead", "rest"),
    [
        ((strong("Cliff"), ": white."), "Cliff", "white."),
        ((strong("Cliff:"), " white."), "Cliff", "white."),
        ((strong("Cliff."), " White."), "Cliff", "White."),
        ((strong("Cliff"), ". White."), "Cliff", "White."),
        ((strong("Cliff"),), "Cliff", ""),
        ((strong("Cliff."),), "Cliff", ""),
        ((strong("断崖："), "白い。"), "断崖", "白い。"),
        ((strong("断崖。"), "白い。"), "断崖", "白い。"),
        ((strong("断崖"), "：白い。"), "断崖", "白い。"),
        ((strong("How high?"), " Very."), "How high?", "Very."),
        # What stands inside the lead is its own affair.
        ((strong("Cliff: a view."), " White."), "Cliff: a view", "White."),
        ((strong("First. Second."), " White."), "First. Second", "White."),
        ((strong("How high"), "? Very."), "How high?", "Very."),
        ((strong("High"), " ! Very."), "High!", "Very."),
        ((strong("断崖"), "！白い。"), "断崖！", "白い。"),
        ((strong("चट्टान।"), " सफ़ेद।"), "चट्टान", "सफ़ेद।"),
        ((strong("چٹان۔"), " سفید۔"), "چٹان", "سفید۔"),
        ((strong("كم ارتفاعه"), "؟ كثير."), "كم ارتفاعه؟", "كثير."),
        ((strong("Cliff"), " – white."), "Cliff", "white."),
        ((strong("Cliff —"), " white."), "Cliff", "white."),
        ((strong("Cliff"), "\u00a0: white."), "Cliff", "white."),
        (
            (strong(emphasis("Cliff:")), " white."),
            "<emphasis>Cliff</emphasis>",
            "white.",
        ),
        (
            (emphasis(strong("Cliff")), ": white."),
            "<emphasis>Cliff</emphasis>",
            "white.",
        ),
        ((strong("And so on..."), " more."), "And so on...", "more."),
        # Before what no sentence would run on with.
        ((strong("Cliff"), " White."), "Cliff", "White."),
        ((strong("Cliff"), " Éperon."), "Cliff", "Éperon."),
        (
            (strong("Cliff"), " ", emphasis("White"), "."),
            "Cliff",
            "<emphasis>White</emphasis>.",
        ),
        ((strong("Cliff"), " (white) of chalk."), "Cliff", "(white) of chalk."),
        ((strong("Cliff"), " [sic] of chalk."), "Cliff", "[sic] of chalk."),
        ((strong("断崖"), "（白い）。"), "断崖", "（白い）。"),
        # A colon behind it is no second lead.
        ((strong("Cliff"), " In two: rest."), "Cliff", "In two: rest."),
        # Nothing that shows stands before it.
        ((" ", strong("Cliff"), ": white."), "Cliff", "white."),
        (
            (addnodes.index(entries=[]), strong("Cliff"), ": white."),
            "Cliff",
            "white.",
        ),
        ((nodes.target("", ""), strong("Cliff"), ": white."), "Cliff", "white."),
    ],
    ids=lambda value: None if isinstance(value, tuple) else str(value)[:24],
)
def test_bold_lead(parts: tuple[Part, ...], lead: str, rest: str) -> None:
    found = title(caption(*parts))
    assert show(found.content) == lead
    assert show(found.rest) == rest
    assert show(found.shown) == lead


def test_bold_that_does_not_lead() -> None:
    found = title(caption("The ", strong("white"), " cliff. It is high."))
    assert found.content is None
    found = title(caption("The ", strong("white"), " cliff: it is high."))
    assert show(found.content) == "The <strong>white</strong> cliff"
    assert show(found.rest) == "it is high."


@pytest.mark.parametrize(
    ("parts", "lead", "shown"),
    [
        ((strong("Width"), " and ", strong("height"), " set the canvas."), None, "<strong>Width</strong> and <strong>height</strong> set the canvas."),
        ((strong("Cliff"), " is white."), None, "<strong>Cliff</strong> is white."),
        ((strong("Cliff"), ", white."), None, "<strong>Cliff</strong>, white."),
        ((strong("Cliff"), "s are white."), None, "<strong>Cliff</strong>s are white."),
        ((strong("Cliff"), " 3 metres high."), None, "<strong>Cliff</strong> 3 metres high."),
        ((strong("断崖"), " 白い。"), None, "<strong>断崖</strong> 白い。"),
        ((strong("断崖"), "白い。高い。"), None, "<strong>断崖</strong>白い。"),
        ((strong("Cliff"), " ", math("x"), "."), None, "<strong>Cliff</strong> <math>x</math>."),
        # The colon may still name it.
        ((strong("Cliff"), " in two: rest."), "<strong>Cliff</strong> in two", "<strong>Cliff</strong> in two"),
        ((strong("Width"), " and ", strong("height"), ": both."), "<strong>Width</strong> and <strong>height</strong>", None),
    ],
)  # fmt: skip
def test_bold_that_the_sentence_runs_on_from(
    parts: tuple[Part, ...], lead: str | None, shown: str | None
) -> None:
    found = title(caption(*parts))
    assert show(found.content) == lead
    assert show(found.shown) == (shown or lead)
    assert found.caption == caption(*parts), "files keep its bold"


@pytest.mark.parametrize(
    "mark",
    [
        nodes.inline("", "", figlist_footnote="note"),
        nodes.inline("", "", figlist_citation=["key"]),
        addnodes.pending_xref("", nodes.inline("", "key"), refdomain="cite", reftype="p", reftarget="key", refdoc="page"),
        addnodes.pending_xref("", nodes.inline("", "key"), refdomain="citation", reftype="ref", reftarget="key", refdoc="page"),
        nodes.Text("[@key]"),
        nodes.Text("[^note]"),
    ],
)  # fmt: skip
def test_bold_before_the_mark_of_a_citation_or_footnote(mark: nodes.Node) -> None:
    content = (*caption(strong("Cliff"), " "), *caption(mark), *caption(" is white."))
    assert show(title(content).content) == "Cliff"
    assert show(title((*caption(strong("Cliff")), *caption(mark))).content) == "Cliff"


def test_the_caption_in_files_has_the_lead_in_plain_type() -> None:
    found = title(caption(strong("Cliff:"), " a ", strong("white"), " one."))
    assert show(found.caption) == "Cliff: a <strong>white</strong> one."
    found = title(caption("Fig. 1. ", strong("Cliff:"), " white."))
    assert show(found.caption) == "Fig. 1. Cliff: white."
    content = caption(strong("Cliff:"), " white.")
    assert title(content, "sentence").caption == content
    assert title(content, "caption").caption == content


# -- numbers typed by hand --------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "language", "number_format"),
    [
        *((number, "en", "Fig. %s") for number in (
            "Figure 1:", "Figure 1.", "Fig. 3.2.", "Fig 3.2:", "FIGURE 12 -", "fig. 1.2.3:",
            "Figure 1 –", "Figure A.1:", "Figure IV.", "Figure 3a:", "Figure 1 |", "Figure 1-2:",
            "Figure 2 (b):", "  Figure 1:",
        )),
        ("Figure 1:", "de", "Abb. %s"),
        ("Abb. 1:", "de", "Abb. %s"),
        ("Abbildung 1.2:", "de_AT", "Abb. %s"),
        ("Schaubild 1:", "de", "Schaubild %s"),
        ("Figure 1\u00a0:", "fr", "Fig. %s"),
        ("Рис. 1.2.", "ru", "Рис. %s"),
        ("Obrázek 3:", "cs", "obr. %s"),
        ("図1：", "ja", "図 %s"),
        ("図 1.2", "ja", "図 %s"),
        ("图1-2", "zh_CN", "图 %s"),
        ("第1图：", "zh_CN", "第%s图"),
        ("그림 1.", "ko", "그림 %s"),
        ("شكل 1:", "ar", "شكل %s"),
        ("Plate 1:", "en", "Plate {number}: {name}"),
    ],
)  # fmt: skip
def test_a_number_typed_by_hand_is_passed_over(
    number: str, language: str, number_format: str
) -> None:
    passed = typed.of_kind({"figure": number_format}, language, "figure")

    def by(rule: str, *parts: Part) -> titles.Title:
        return titles.title(caption(*parts), rule, CREDIT_PATTERNS, passed)

    found = by("lead", f"{number} Cliffs: white. High.")
    assert (show(found.content), show(found.rest)) == ("Cliffs", "white. High.")
    found = by("lead", f"{number} Cliffs. White: high.")
    assert (found.content, show(found.shown)) == (None, "Cliffs.")
    found = by("sentence", f"{number} Cliffs: white. High.")
    assert (show(found.content), show(found.rest)) == ("Cliffs: white.", "High.")
    found = by("caption", f"{number} Cliffs: white. High.")
    assert show(found.content) == "Cliffs: white. High."
    for parts in (
        (strong(number), " Cliffs: white."),
        (strong(number, " Cliffs:"), " white."),
        (strong(number, " Cliffs"), ": white."),
        (number, " ", strong("Cliffs"), ": white."),
        (strong(number), " ", strong("Cliffs"), ": white."),
    ):
        found = by("lead", *parts)
        assert (show(found.content), show(found.rest)) == ("Cliffs", "white.")
    found = by("lead", number)
    assert (found.content, found.shown, found.rest) == (None, (), ())


@pytest.mark.parametrize(
    "words",
    [
        "Figure 1 shows a cliff",
        "Figure 1.5 m above it",
        "Figures 1 and 2",
        "Figure of a cliff",
        "Figure 1st in line",
        "Figured 1",
        "Table 1",
        "A figure 1",
        "Fig trees",
    ],
)
def test_words_like_a_number(words: str) -> None:
    assert show(title(caption(f"{words}: white.")).content) == words


def test_the_number_of_another_kind() -> None:
    of_tables = typed.of_kind({"table": "Table %s"}, "en", "table")
    for words, lead in (("Table 1: Cliffs: all.", "Cliffs"), ("Tab. 2. Cliffs: all.", "Cliffs"), ("Figure 1: cliffs.", "Figure 1")):  # fmt: skip
        found = titles.title(caption(words), "lead", CREDIT_PATTERNS, of_tables)
        assert show(found.content) == lead


# -- brackets and quotation marks -------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Map of the town (Source: County Archive)",
        "Map [detail: left]",
        "Map {detail: left}",
        "Map (a [b: c] d)",
        "The “Map: a view” of it",
        'The "Map: a view" of it',
        "Die „Karte: Blick“ darauf",
        "La « Carte : vue » du bord",
        "Das »Karte: Blick« davon",
        "Den ”Karta: vy” av den",
        "The (so-called “map: a view”) of it",
        "地図（部分：左）",
        "「地図：部分」",
        "《地图：部分》",
    ],
)
def test_colons_in_brackets_and_quotation_marks(words: str) -> None:
    found = title(caption(words))
    assert found.content is None
    found = title(caption(f"{words}: all."))
    assert show(found.content) == words
    assert show(found.rest) == "all."


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ('A 5" board: it.', 'A 5" board'),
        ('A 5" by 7" board: it.', 'A 5" by 7" board'),
        ("Map (a: b", "Map (a"),
        ("Map) of (it: b", "Map) of (it"),
        ("Peter's map: the dogs' view.", "Peter's map"),
        ("The 'map: a view' of it", "The 'map"),
        ("“Map”: a view.", "“Map”"),
    ],
)
def test_marks_without_their_other_half(words: str, lead: str) -> None:
    assert show(title(caption(words)).content) == lead


def test_a_bracket_that_the_sentence_does_not_close() -> None:
    assert title(caption("Map (Source: A. B. Smith. More: none).")).content is None


def test_brackets_around_markup() -> None:
    found = title(caption("Map (", emphasis("Source: X"), ", y: z): all."))
    assert show(found.content) == "Map (<emphasis>Source: X</emphasis>, y: z)"


# -- the colon --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "lead", "rest"),
    [
        ("Timeline: early work.", "Timeline", "early work."),
        ("Timeline:\nearly work.", "Timeline", "early work."),
        ("One: two: three.", "One", "two: three."),
        ("Ratio 3:2 in use: seldom.", "Ratio 3:2 in use", "seldom."),
        ("std::vector in memory: a view.", "std::vector in memory", "a view."),
        ("Titre\u00a0: le texte.", "Titre", "le texte."),
        ("At 10:30: noon is near.", "At 10:30", "noon is near."),
        ("https://x.org/a: a site.", "https://x.org/a", "a site."),
        ("Version 1.5 of it: new.", "Version 1.5 of it", "new."),
        ("断崖：白い。", "断崖", "白い。"),
        ("縮尺1：5000の地図：港。", "縮尺1：5000の地図", "港。"),
        ("Cliff：white.", "Cliff", "white."),
        ("断崖:白い。", "断崖", "白い。"),
        ("절벽:하얀색이다.", "절벽", "하얀색이다."),
        ("Smith et al. in brief: all.", "Smith et al. in brief", "all."),
        ("Gulls, i.e. birds: some.", "Gulls, i.e. birds", "some."),
        ("Wow! so high: a cliff.", "Wow! so high", "a cliff."),
        ("What? éléphants: gris.", "What? éléphants", "gris."),
    ],
)
def test_colon_lead(words: str, lead: str, rest: str) -> None:
    found = title(caption(words))
    assert show(found.content) == lead
    assert show(found.rest) == rest
    assert show(found.shown) == lead


@pytest.mark.parametrize(
    ("words", "sentence", "rest"),
    [
        ("A cliff", "A cliff", ""),
        ("A cliff.", "A cliff.", ""),
        ("It rained at 10:30.", "It rained at 10:30.", ""),
        ("See https://x.org/a:b, too.", "See https://x.org/a:b, too.", ""),
        ("The ratio is 3:2", "The ratio is 3:2", ""),
        ("時刻は12:30です。次。", "時刻は12:30です。", "次。"),
        ("A cliff. White: chalk.", "A cliff.", "White: chalk."),
        ("A cliff! White: chalk.", "A cliff!", "White: chalk."),
        ("A cliff? White: chalk.", "A cliff?", "White: chalk."),
        ("A cliff.\nWhite: chalk.", "A cliff.", "White: chalk."),
        ("断崖。白い：石。", "断崖。", "白い：石。"),
        ("断崖！白い：石。", "断崖！", "白い：石。"),
        ("断崖？白い：石。", "断崖？", "白い：石。"),
        ("縮尺1：5000の地図", "縮尺1：5000の地図", ""),
        ("早上10：30的港口。下一句。", "早上10：30的港口。", "下一句。"),
        ("चट्टान। सफ़ेद: पत्थर।", "चट्टान।", "सफ़ेद: पत्थर।"),
        ("جرف؟ أبيض: حجر.", "جرف؟", "أبيض: حجر."),
        ("چٹان۔ سفید: پتھر۔", "چٹان۔", "سفید: پتھر۔"),
        # Not lower-case: capitals, digits, brackets, letters without case.
        ("Smith et al. (2020): all.", "Smith et al.", "(2020): all."),
        ("As in no. 5: a cliff.", "As in no.", "5: a cliff."),
        ("A cliff. 白い: 石.", "A cliff.", "白い: 石."),
        ("A cliff. “White: chalk.”", "A cliff.", "“White: chalk.”"),
    ],
)
def test_no_lead(words: str, sentence: str, rest: str) -> None:
    """Then pages show the first sentence, and the caption goes on behind it."""
    found = title(caption(words))
    assert found.content is None
    assert show(found.shown) == sentence
    assert show(found.rest) == rest


@pytest.mark.parametrize(
    "opaque",
    [math("f: A \\to B"), code("key: value"), xref("Map: a view"), local("Map: it")],
    ids=["math", "code", "cross-reference", "local"],
)
def test_colons_that_are_not_prose(opaque: nodes.Element) -> None:
    shown = f"<{opaque.__class__.__name__}>"
    found = title(caption("As ", opaque.deepcopy(), " says."))
    assert found.content is None
    assert plain(found.shown) == f"As {opaque.astext()} says."
    assert found.rest == ()

    found = title(caption("As ", opaque.deepcopy(), " says: much."))
    lead = show(found.content)
    assert lead is not None
    assert lead.startswith(f"As {shown}")
    assert plain(found.content) == f"As {opaque.astext()} says"
    assert show(found.rest) == "much."


def test_stops_that_are_not_prose() -> None:
    found = title(caption("With ", code("a. B"), " and ", math("x. Y"), ": all. More."))
    assert plain(found.content) == "With a. B and x. Y"
    assert show(found.rest) == "all. More."


def test_sentence_that_ends_in_markup() -> None:
    found = title(caption(emphasis("A cliff. White"), ": chalk."))
    assert found.content is None
    assert show(found.shown) == "<emphasis>A cliff.</emphasis>"
    assert show(found.rest) == "<emphasis> White</emphasis>: chalk."


# -- what is no title -------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Source",
        "Sources",
        "Credit",
        "Image credit",
        "Courtesy of NASA",
        "Adapted from Smith",
        "Reproduced with permission of NASA",
    ],
)
def test_a_credit_is_no_title(words: str) -> None:
    for parts in (
        (f"{words}: NASA.",),
        (strong(words), ": NASA."),
        (strong(f"{words}:"), " NASA."),
    ):
        found = title(caption(*parts))
        assert found.content is None
        assert plain(found.shown) == f"{words}: NASA."


@pytest.mark.parametrize(
    "words", ["Sources of error", "Creditors", "The source", "Resource", "Adapted"]
)
def test_words_like_a_credit(words: str) -> None:
    assert show(title(caption(f"{words}: many.")).content) == words


def test_credits_of_another_language() -> None:
    german = (r"Quellen?:",)
    assert title(caption("Quelle: NASA."), credits=german).content is None
    assert show(title(caption("Source: NASA."), credits=german).content) == "Source"


@pytest.mark.parametrize("letter", ["(a)", "(B)", "(é)"])
def test_a_letter_is_no_title(letter: str) -> None:
    for parts in (
        (f"{letter}: left, and (b): right.",),
        (strong(letter), ": left."),
        (strong(letter), " Left: the cliff."),
        (strong(f"{letter}:"), " left."),
    ):
        assert title(caption(*parts)).content is None


@pytest.mark.parametrize("words", ["(ab)", "(a) Left", "a", "Panel (a)"])
def test_more_than_a_letter(words: str) -> None:
    assert show(title(caption(f"{words}: it.")).content) == words
    assert show(title(caption(strong(words), ": it.")).content) == words


def test_no_caption() -> None:
    for content in (None, ()):
        for rule in ("lead", "sentence", "caption"):
            found = title(content, rule)
            assert not found.content
            assert found.shown == ()
            assert found.rest == ()


# -- markup -----------------------------------------------------------------------

MARKUP: list[tuple[nodes.Element, str]] = [
    (nodes.emphasis("", "E"), "<emphasis>E</emphasis>"),
    (nodes.math("", "x"), "<math>x</math>"),
    (nodes.literal("", "c"), "<literal>c</literal>"),
    (nodes.subscript("", "2"), "<subscript>2</subscript>"),
    (nodes.superscript("", "2"), "<superscript>2</superscript>"),
    (nodes.reference("", "L", refuri="https://x.org"), "<reference>L</reference>"),
    (
        addnodes.pending_xref(
            "",
            nodes.inline("", "key"),
            refdomain="citation",
            reftype="ref",
            reftarget="key",
            refdoc="page",
        ),
        "<pending_xref><inline>key</inline></pending_xref>",
    ),
]


@pytest.mark.parametrize(("node", "shown"), MARKUP, ids=[m[1][:12] for m in MARKUP])
def test_titles_keep_their_markup(node: nodes.Element, shown: str) -> None:
    by_colon = caption("An ", node.deepcopy(), " here: rest.")
    in_bold = caption(strong("An ", node.deepcopy(), " here:"), " rest.")
    for content in (by_colon, in_bold):
        found = title(content)
        assert show(found.content) == f"An {shown} here"
        assert show(found.rest) == "rest."
    no_lead = caption("An ", node.deepcopy(), " here. Rest.")
    assert show(title(no_lead).shown) == f"An {shown} here."
    assert show(title(no_lead, "sentence").content) == f"An {shown} here."


def test_rest_keeps_its_markup() -> None:
    found = title(caption("A cliff: ", emphasis("white"), ", ", math("h"), " high."))
    assert show(found.rest) == "<emphasis>white</emphasis>, <math>h</math> high."


def test_colon_in_markup() -> None:
    found = title(caption("A ", emphasis("white cliff: chalk"), ", high."))
    assert show(found.content) == "A <emphasis>white cliff</emphasis>"
    assert show(found.rest) == "<emphasis> chalk</emphasis>, high."


# -- the other rules --------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "sentence", "rest"),
    [
        (("A cliff. White.",), "A cliff.", "White."),
        (("A cliff: white. High.",), "A cliff: white.", "High."),
        (("A cliff",), "A cliff", ""),
        (("Smith et al. in brief. All.",), "Smith et al. in brief.", "All."),
        (("断崖。白い。",), "断崖。", "白い。"),
        (("Source: NASA. More.",), "Source: NASA.", "More."),
    ],
)
def test_sentence(parts: tuple[Part, ...], sentence: str, rest: str) -> None:
    found = title(caption(*parts), "sentence")
    assert show(found.content) == sentence
    assert show(found.rest) == rest
    assert show(found.shown) == sentence


def test_whole_caption() -> None:
    content = caption(strong("A cliff:"), " white. High.")
    found = title(content, "caption")
    assert plain(found.content) == "A cliff: white. High."
    assert found.rest == ()
    assert found.shown == found.content


# -- whatever a caption says ------------------------------------------------------

WORDS = st.text(
    st.sampled_from(list("aB 1.!?:：。！？।؟中(\n\u00a0é")), min_size=1, max_size=12
)
PARTS = st.lists(
    st.one_of(
        WORDS,
        st.builds(emphasis, WORDS),
        st.builds(strong, WORDS),
        st.builds(math, WORDS),
        st.builds(xref, WORDS),
        st.builds(lambda one, two: emphasis(one, code(two)), WORDS, WORDS),
    ),
    max_size=5,
)


def letters(words: str, *but: str) -> str:
    for character in but:
        words = words.replace(character, "")
    return "".join(words.split())


@any_given(PARTS)
def test_nothing_is_lost(parts: list[Part]) -> None:
    """Title and rest make the caption; but for a lead's closing colon or full stop."""
    content = caption(*parts)
    whole = plain(content)
    by_sentence = title(content, "sentence")
    assert letters(plain(by_sentence.shown) + plain(by_sentence.rest)) == letters(whole)
    by_lead = title(content)
    said = plain(by_lead.shown) + plain(by_lead.rest)
    closing = tuple(":：.。।۔") if by_lead.content else ()
    assert letters(said, *closing) == letters(whole, *closing)
    assert len(letters(said)) >= len(letters(whole)) - (3 if by_lead.content else 0)
    if by_lead.content is not None:
        assert plain(by_lead.content).strip()


# -- a function of the user's, and what pages and files make of titles ------------

CALLABLE_CONF = """\
extensions = ["sphinxext_figlist"]
numfig = True
figlist_formats = ["json"]
given = []


def figlist_title_from(caption):
    given.append(caption)
    if caption.startswith("The long"):
        return "A short one"
    if caption.startswith("**Cliff**"):
        return None
    if "dune" in caption:
        return "A *dune*"
    return caption.partition(",")[0]


def setup(app):
    app.connect("build-finished", lambda app, error: note(app))


def note(app):
    from pathlib import Path

    Path(app.outdir, "given.txt").write_text("\\n".join(given), "utf-8")
"""

CALLABLE_BOOK = """\
Book
====

.. figlist::

.. figure:: x.png

   The long and winding road: at dusk.

.. figure:: x.png

   **Cliff**: white. High.

.. figure:: x.png

   A *dune*, that moves :math:`x` metres.

.. figure:: x.png

   Waves, of the sea.

.. figure:: x.png
   :name: bare
"""


def test_callable(tmp_path: Path) -> None:
    files: Files = {
        "conf.py": CALLABLE_CONF,
        "index.rst": CALLABLE_BOOK,
        "x.png": png(),
    }
    source = write_tree(tmp_path / "book", files)
    built = build(source, tmp_path / "out")
    given = (built.out / "given.txt").read_text("utf-8").splitlines()
    assert list(dict.fromkeys(given)) == [
        "The long and winding road: at dusk.",
        "**Cliff**: white. High.",
        "A *dune*, that moves $x$ metres.",
        "Waves, of the sea.",
    ]
    data: dict[str, Any] = json.loads(
        (built.out / "figlist/FIGURE_LIST.json").read_text("utf-8")
    )
    figures = data["chapters"][0]["figures"]
    assert [figure["title"] for figure in figures] == [
        "A short one",
        None,
        "A *dune*",  # Markdown, as it was given
        "Waves",
        None,
    ]
    assert [figure["caption"] for figure in figures] == [
        "The long and winding road: at dusk.",
        "**Cliff**: white. High.",
        "A *dune*, that moves $x$ metres.",
        "Waves, of the sea.",
        None,
    ]
    shown = entries(built.out / "index.html")
    assert [entry.link for entry in shown] == [
        "Fig. 1: A short one",
        "Fig. 2: Cliff: white",
        "Fig. 3: A dune",
        "Fig. 4: Waves",
        "Untitled (x.png)",
    ]
    captions = [
        text(paragraph)
        for paragraph in by_class(
            main_content(built.out / "index.html"), "figlist-caption"
        )
    ]
    # What the title said is not said again; what it did not say is.
    assert captions[0] == "Caption: The long and winding road: at dusk."
    assert captions[1] == "High."
    assert "Waves" not in captions[-1]


@pytest.mark.parametrize(
    ("rule", "title_", "rest"),
    [
        ("lead", "Cliff", "white. High."),
        ("sentence", "**Cliff**: white.", "High."),
        ("caption", "**Cliff**: white. High.", ""),
    ],
)
def test_rule_of_the_book(tmp_path: Path, rule: str, title_: str, rest: str) -> None:
    files: Files = {
        "conf.py": (
            "extensions = ['sphinxext_figlist']\nnumfig = True\n"
            f"figlist_formats = ['json']\nfiglist_title_from = {rule!r}\n"
        ),
        "index.rst": (
            "Book\n====\n\n.. figlist::\n\n"
            ".. figure:: x.png\n\n   **Cliff**: white. High.\n"
        ),
        "x.png": png(),
    }
    built = build(write_tree(tmp_path / "book", files), tmp_path / "out")
    data = json.loads((built.out / "figlist/FIGURE_LIST.json").read_text("utf-8"))
    (figure,) = data["chapters"][0]["figures"]
    # The bold of a title lead is dropped; of a title by another rule it is markup.
    assert figure["title"] == title_
    whole = "Cliff: white. High." if rule == "lead" else "**Cliff**: white. High."
    assert figure["caption"] == whole
    (entry,) = entries(built.out / "index.html")
    assert entry.link == f"Fig. 1: {title_.replace('*', '')}".rstrip(".")
    shown = by_class(main_content(built.out / "index.html"), "figlist-caption")
    assert [text(each) for each in shown] == ([rest] if rest else [])
