"""The empty spreadsheet to fill in: headings in the reader's language, a help sheet, an example."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from .columns import COLUMNS


def empty_csv(kind: str) -> bytes:
    """Headings only, with semicolons, as spreadsheet programs of the region save."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([str(column.label) for column in COLUMNS[kind]])
    return ("\ufeff" + out.getvalue()).encode()


def empty_xlsx(kind: str) -> bytes:
    """Headings, and beside them a sheet that says what each column takes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Rows")[:31]
    help_sheet: Any = book.create_sheet(_("Help")[:31])
    help_sheet.append([_("Column"), _("Required"), _("What to write"), _("Example")])
    for place, column in enumerate(COLUMNS[kind], start=1):
        head = sheet.cell(1, place, str(column.label))
        head.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = max(14, len(head.value) + 2)
        must = _("yes") if column.required else ""
        help_sheet.append([str(column.label), must, str(column.help), str(column.example)])
    help_sheet.append([])
    help_sheet.append([_("An empty cell changes nothing: what is registered stays.")])
    for place, width in enumerate((26, 14, 70, 32), start=1):
        help_sheet.column_dimensions[get_column_letter(place)].width = width
        help_sheet.cell(1, place).font = Font(bold=True)
    for row in help_sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
