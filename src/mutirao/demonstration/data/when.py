"""Turns the days of the demonstration data into dates.

The data says "twelve days ago", not a date, so that the network looks alive on whatever day it
is loaded. The formats (day, month, term) are described in README.md beside this module.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any


def day(value: int | str, today: date) -> date:
    """The date of a day: an ISO date as it is, or a number of days from today.

    ValueError if the text is not an ISO date.
    """
    return date.fromisoformat(value) if isinstance(value, str) else today + timedelta(days=value)


def month(offset: int, today: date) -> date:
    """The first day of the month that many months after today's."""
    years, index = divmod(today.month - 1 + offset, 12)
    return date(today.year + years, index + 1, 1)


def term(record: dict[str, Any], today: date) -> tuple[str, date, date]:
    """Code, first day and last day of a term of terms.json."""
    start, end = _edge(record["start"], today), _edge(record["end"], today)
    return record["code"].format(start_year=start.year), start, end


def _edge(value: str | dict[str, Any], today: date) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    first = month(value["months"], today)
    if value["edge"] == "first":
        return first
    return first.replace(day=monthrange(first.year, first.month)[1])
