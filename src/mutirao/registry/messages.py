"""What is said about a cell, a row or a file, by code: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from mutirao.core.languages import current
from mutirao.intake.readers import MESSAGES, UnreadableDocument

FILES: dict[str, Any] = {
    "no_rows": _("%(name)s holds no rows. Check that you sent the right file."),
    "old_excel": _("%(name)s is in the old Excel format (.xls). Open it and save it as .xlsx."),
    "not_a_sheet": _("%(name)s is not a spreadsheet we can read. Send .xlsx or .csv."),
    "too_many_rows": _("%(name)s has more than %(limit)s rows. Send it in parts."),
    "too_many_columns": _("%(name)s has more than %(limit)s columns. Delete those not needed."),
    "too_large": _("%(name)s is larger than %(limit)s MB. Send it in parts."),
    "unexpected": _("%(name)s could not be read because of a fault of ours. Try again."),
}
ROWS: dict[str, Any] = {
    "missing": _("This cell is empty. Fill it in."),
    "too_long": _("The text has %(length)s characters; at most %(limit)s fit. Shorten it."),
    "like_formula": _("The text begins like a formula. Write it without the first sign."),
    "formula": _("The cell holds a formula without a result. Paste its value instead."),
    "error": _("The cell holds an error of the spreadsheet. Write the value."),
    "merged": _("The cell is merged with another one. Unmerge it and fill it in."),
    "no_country": _("No country is called that. Write its name, or its code such as BR."),
    "no_kind": _("No kind of organisation is called that. Write one of: %(choices)s."),
    "no_language": _("Not a language of the network. Write pt, es or en, with commas between."),
    "no_office": _("No office is called that. Write one of: %(choices)s."),
    "no_date": _("Not a date. Write day/month/year, such as 31/12/2024, or 2024-12-31."),
    "no_such_day": _("There is no such day in the calendar. Correct it."),
    "short_year": _("Write the year with four digits."),
    "far_year": _("Give a year between 1900 and 2200."),
    "not_whole": _("Not a whole number. Write it like 1234567 or 1.234.567."),
    "out_of_range": _("The number must lie between %(low)s and %(high)s."),
    "no_degrees": _("Not degrees. Write them like -23.55; south and west are negative."),
    "half_place": _("Give latitude and longitude together, or neither."),
    "no_website": _("Not an address of a website. Write it like https://www.example.org."),
    "no_unit": _("No unit is called that.%(hint)s"),
    "no_term": _("There is no such term. There are: %(choices)s."),
    "no_organisation": _("No organisation is called that.%(hint)s Register it first."),
    "several_organisations": _("%(count)s organisations are called that. Add the country or code."),
    "left_before": _("It leaves before it is admitted. Correct one of the two dates."),
    "left_not_member": _("It is no member on that day. Give the day it was admitted."),
    "admissions_overlap": _("These days overlap with %(count)s of its admissions. Correct them."),
    "holds_mandates": _("It holds mandates after that day. Register its leaving in its page."),
    "suspended_later": _("It is suspended on days outside that period. Correct it in its page."),
    "other_code": _("%(name)s already has the code %(code)s. Correct the code or the name."),
    "code_of_other": _("The code is that of %(name)s, but the name is another's. Correct one."),
    "repeated": _("The same as row %(row)s of this file. Keep one of the two."),
    "repeated_code": _("Row %(row)s of this file has the same code. Correct one of the two."),
    "perhaps": _("Perhaps the same as an organisation that is there. Decide."),
    "outside_term": _("Outside the term, which goes from %(first)s to %(last)s."),
    "ends_before": _("It ends before it begins. Correct one of the two dates."),
    "office_taken": _("%(holder)s holds this office on those days. End that mandate first."),
    "office_taken_here": _("Row %(row)s gives this office to %(holder)s on the same days."),
    "suspended": _("%(name)s is suspended on that day and can take no mandate."),
    "extra_cells": _("The row has cells beyond the last heading. Check that nothing slipped."),
    # said, not refused
    "serial": _("Read as the day %(day)s: the cell held a number."),
}


def file_message(error: Mapping[str, Any]) -> str:
    """Why a file could not be read, in the reader's language."""
    code, params = error["code"], error.get("params", {})
    if code in FILES:
        return str(FILES[code]) % {"name": "?", "limit": "?", **params}
    if code in MESSAGES:
        return UnreadableDocument(code, **params).message(current())
    return str(FILES["unexpected"]) % {"name": "?", **params}


def row_message(code: str, params: Mapping[str, Any]) -> str:
    return str(ROWS[code]) % params if params else str(ROWS[code])
