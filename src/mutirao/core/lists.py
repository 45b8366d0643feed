"""What every list can do: pages, and being taken along as CSV, XLSX or JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

Column = tuple[str, Callable[[Any], object]]
PER_PAGE = 25
# A cell that begins so is a formula to a spreadsheet; the apostrophe makes it text.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # also in full width
# XML 1.0 (2.2) has no place for these: a workbook with one of them cannot be written.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def paginate(request: HttpRequest, rows: QuerySet | Sequence, per_page: int = PER_PAGE) -> Page:
    """The page asked for in `?page=`; the first or last one when it does not exist."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def exported(
    request: HttpRequest, rows: QuerySet, columns: Sequence[Column], name: str
) -> HttpResponseBase | None:
    """The whole list in the format of `?format=` (csv, xlsx, json), or None when none is asked.

    `columns` are (heading, function of a row); `name` is the file's name without ending.
    """
    writers = {"csv": _csv, "xlsx": _xlsx, "json": _json}
    kind = request.GET.get("format", "")
    if kind not in writers:
        return None
    table = ([value(row) for _heading, value in columns] for row in _each(rows))
    response = writers[kind]([heading for heading, _value in columns], table)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _each(rows: QuerySet | Sequence) -> Iterable:
    return rows.iterator(chunk_size=500) if isinstance(rows, QuerySet) else rows


def plain(value: object) -> object:
    """A value as JSON and spreadsheets take it: ISO dates, lists as text, None as nothing."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | bool) or value is None:
        return value
    if isinstance(value, list | tuple | set):
        return "; ".join(str(item) for item in value)
    return str(value)


def harmless(value: object) -> object:
    """A cell a spreadsheet will not run."""
    value = plain(value)
    if not isinstance(value, str):
        return value
    value = _CONTROL.sub("", value)
    runs = value.startswith(("\t", "\r")) or value.lstrip().startswith(_FORMULA)
    return f"'{value}" if runs else value


class _Echo:
    def write(self, value: str) -> str:
        return value


def _csv(headings: list[str], table: Iterable[list[object]]) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())

    def pieces() -> Iterator[str]:
        yield "\ufeff"  # without it Excel reads UTF-8 as Windows-1252
        yield writer.writerow(headings)
        for row in table:
            yield writer.writerow([harmless(value) for value in row])

    return StreamingHttpResponse(pieces(), content_type="text/csv; charset=utf-8")


def _json(headings: list[str], table: Iterable[list[object]]) -> StreamingHttpResponse:
    def pieces() -> Iterator[str]:
        yield "["
        comma = ""
        for row in table:
            record = dict(zip(headings, (plain(value) for value in row), strict=True))
            yield comma + json.dumps(record, ensure_ascii=False)
            comma = ",\n"
        yield "]\n"

    return StreamingHttpResponse(pieces(), content_type="application/json; charset=utf-8")


def _xlsx(headings: list[str], table: Iterable[list[object]]) -> HttpResponse:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(headings)
    for row in table:
        sheet.append([harmless(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(out.getvalue(), content_type=kind)
