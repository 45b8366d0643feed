"""One calendar entry: finds its date in the text and makes the events of it."""

import re
from dataclasses import replace

from .body import Body, Context
from .dates import Span, read_date, read_month, read_period, resolve
from .model import Event


def make_events(span: Span, body: Body, context: Context, lines: list[int]) -> list[Event]:
    """One event for each run of days of the span; month-only and undated spans give one."""
    base = Event(
        lines=lines,
        title=body.title,
        place=body.place.name,
        country=body.place.country,
        description=body.description,
        role=body.role,
    )
    if not span.days:
        return [replace(base, lines=list(lines), month=_month(span, context), date_confirmed=False)]
    events = []
    for first, last in span.days:
        start, end = resolve(first, context.year), resolve(last, context.year)
        if start and end and end < start and last[0] is None:
            end = resolve((start.year + 1, last[1], last[2]), None)
        confirmed = bool(start) and not (body.unsure or context.unsure)
        events.append(
            replace(base, lines=list(lines), start=start, end=end, date_confirmed=confirmed)
        )
    return events


def _month(span: Span, context: Context) -> str | None:
    month = span.month or (context.month if not span.vague else None)
    year = (month[0] or context.year) if month else None
    return f"{year:04d}-{month[1]:02d}" if month and year else None


def impossible(span: Span, year: int | None) -> bool:
    """31 February, 29 February of a common year, or an end before the start."""
    if span.impossible:
        return True
    for first, last in span.days:
        start, end = resolve(first, year), resolve(last, year)
        known = bool(first[0] or year)
        if known and (start is None or (end is None and bool(last[0] or year))):
            return True
        if start and end and end < start and not (last[0] is None and last[1] < first[1]):
            return True
    return False


def find_date(text: str) -> Span | None:
    """The date of a calendar line: at its start, else a full date anywhere in it."""
    return (
        read_date(text)
        or read_month_start(text)
        or read_period(text)
        or read_date(text, anchored=False)
        or _month_inside(text)
    )


def read_month_start(text: str) -> Span | None:
    span = read_month(text)
    rest = text[span.finish :].lstrip() if span else ""
    return span if span and (not rest or rest[0] in "-–—:.,;|()[]/\n") else None


def _month_inside(text: str) -> Span | None:
    """A month in the middle counts with its year or after a comma ("…, agosto de 2026")."""
    span = read_month(text, anchored=False)
    if span is None or span.begin == 0:
        return None
    told = span.month is not None and span.month[0] is not None
    return span if told or text[: span.begin].rstrip()[-1:] in {",", ":", "–", "-", "("} else None


def without_date(text: str, span: Span) -> str:
    """The text without its date and without brackets that held nothing else."""
    rest = text[: span.begin] + " \u0000 " + text[span.finish :]
    rest = re.sub(r"[(\[]\s*(?:del |de |el )?\u0000\s*[,;]?\s*[)\]]", "\u0000", rest)
    rest = re.sub(r"^\s*\u0000\s*[)\].,:;–—-]*\s*", "", rest)
    rest = re.sub(r"\s*[,;–—-]?\s*(?:\b(?:del?|el|em|en|on|no dia|el dia)\s+)?\u0000\s*$", "", rest)
    # Between two separators the date leaves a clean cut: "Reunión: 15/06, virtual".
    rest = re.sub(
        r"\s*[:,;.–—-]\s*(?:(?:el|em|en|del?|no|dia)\s+)*\u0000\s*(?=[,;:.–—(-])[,;:.–—-]?\s*",
        " – ",
        rest,
    )
    rest = re.sub(r"\s*\u0000\s*", " ", rest)
    return re.sub(r"^[\s–—-]+|[\s–—-]+$", "", rest).strip()
