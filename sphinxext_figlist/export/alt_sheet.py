"""The sheet of alt texts in a workbook, with thumbnails: for an editor to fill in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from ..assemble.cells import is_formula, shortened
from . import alts
from .thumbnails import Thumbnails

if TYPE_CHECKING:
    import xlsxwriter

    from .contents import Export

NAME: Final = "Alt texts"
#: The thumbnail stands beside the key.
_COLUMNS: Final = (alts.KEY, alts.THUMBNAIL, *alts.COLUMNS[1:])
#: Widths in characters.
_WIDTHS: Final = {
    alts.KEY: 12,
    alts.THUMBNAIL: 23,
    "number": 10,
    "page": 8,
    "chapter": 20,
    "section": 20,
    "caption": 40,
    "legend": 30,
    "image file": 20,
    "alt status": 12,
    alts.ALT: 45,
    alts.NEW: 55,
    alts.DECORATIVE: 13,
    alts.COMMENT: 30,
    "findings": 35,
    "label": 16,
    "source file": 18,
    "line": 8,
}
#: Points: of a row with a thumbnail, of a line of text, and of the highest row.
_HIGH: Final = 94
_LINE: Final = 15
_HIGHEST: Final = 409

#: What stands over a cell when it is chosen.
_HELP: Final = {
    alts.NEW: (
        "New alt text",
        "Describe what the picture shows. Unchanged or empty: nothing changes.",
    ),
    alts.DECORATIVE: (
        "Decorative",
        "yes: readers can do without the picture, and screen readers skip it.",
    ),
}


def add(book: xlsxwriter.Workbook, export: Export) -> None:
    """Add the sheet of one volume to *book*."""
    rows = export.made(alts.rows)
    sheet = book.add_worksheet(NAME)
    look: dict[str, Any] = {"text_wrap": True, "valign": "top", "num_format": "@"}
    text = book.add_format(look)
    editable = {**look, "bg_color": "#FFF8DC", "border": 1, "border_color": "#C8B88A"}
    shaded = book.add_format(editable)
    missing = book.add_format({**look, "bg_color": "#F8D7DA"})
    head = {**look, "bold": True, "bottom": 1}
    head_text = book.add_format({**head, "bg_color": "#E8E8E8"})
    head_shaded = book.add_format({**head, "bg_color": "#F0DFA8"})
    # Still text when someone has edited the cell.
    guarded = book.add_format({**look, "quote_prefix": True})
    guarded_shaded = book.add_format({**editable, "quote_prefix": True})
    for column, name in enumerate(_COLUMNS):
        sheet.set_column(column, column, _WIDTHS[name], text)
        is_ours = name not in alts.EDITABLE
        sheet.write_string(0, column, name, head_text if is_ours else head_shaded)
    thumbnails = Thumbnails(export.assembly.env.srcdir)
    for at, row in enumerate(rows, 1):
        cells = dict(zip(alts.COLUMNS, row.cells, strict=True))
        picture = thumbnails.of(
            row.placed.image, export.assembly.facts(row.placed.image)
        )
        longest = max(
            (len(cells[name]) / (_WIDTHS[name] - 2) for name in cells), default=0
        )
        sheet.set_row(at, min(max(_HIGH, _LINE * (1 + int(longest))), _HIGHEST))
        for column, name in enumerate(_COLUMNS):
            if name == alts.THUMBNAIL:
                if isinstance(picture, bytes):
                    sheet.insert_image(
                        at, column, "picture.png", _placed(picture, cells)
                    )
                    sheet.write_blank(at, column, None, text)
                else:
                    sheet.write_string(at, column, picture, text)
                continue
            cell, ours = shortened(cells[name]), name not in alts.EDITABLE
            form = text if ours else shaded
            if is_formula(cell):
                form = guarded if ours else guarded_shaded
            elif name in {"alt status", alts.ALT} and cells["alt status"] == "missing":
                form = missing
            if cell:
                sheet.write_string(at, column, cell, form)
            else:
                sheet.write_blank(at, column, None, form)
    last, width = max(len(rows), 1), len(_COLUMNS) - 1
    column = _COLUMNS.index(alts.DECORATIVE)
    title, words = _HELP[alts.DECORATIVE]
    choice = {"validate": "list", "source": ["yes", "no"]}
    message = {"input_title": title, "input_message": words}
    sheet.data_validation(1, column, last, column, {**choice, **message})
    column = _COLUMNS.index(alts.NEW)
    title, words = _HELP[alts.NEW]
    message = {"input_title": title, "input_message": words}
    sheet.data_validation(1, column, last, column, {"validate": "any", **message})
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(rows), width)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _placed(picture: bytes, cells: dict[str, str]) -> dict[str, Any]:
    """How a thumbnail lies in its cell: it moves, and is hidden, with it."""
    return {
        "image_data": io.BytesIO(picture),
        "x_offset": 3,
        "y_offset": 3,
        "object_position": 1,
        "description": cells[alts.ALT] or cells["image file"],
    }
