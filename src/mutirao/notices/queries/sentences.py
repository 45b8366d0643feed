"""Notices as sentences, made when they are read: in the reader's language, of what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mutirao.core.happenings import KINDS
from mutirao.core.languages import LANGUAGES, current, local, same_page
from mutirao.core.templatetags.mutirao import day, moment
from mutirao.network.acting import Actor

from ..models import Notice
from .kinds import app_of
from .seeing import seen_records

# What happens to one record within this time stands in one group.
TOGETHER = timedelta(hours=1)


@dataclass
class Said:
    """One notice, ready to be read. `url` is a path, empty when there is nowhere to go."""

    notice: Notice
    sentence: str
    url: str
    title: str
    app: str

    @property
    def record_key(self) -> tuple[int | None, int | None]:
        return self.notice.record_type_id, self.notice.record_id


@dataclass
class Line:
    """Notices about one record, the newest first; the same sentence stands once, counted."""

    items: list[Said]

    @property
    def newest(self) -> Said:
        return self.items[0]

    @property
    def title(self) -> str:
        return self.newest.title

    @property
    def url(self) -> str:
        return self.newest.url

    @property
    def is_unread(self) -> bool:
        return any(item.notice.read_at is None for item in self.items)

    @property
    def sentences(self) -> list[tuple[str, int]]:
        """Each sentence with how often it was said."""
        counts: dict[str, int] = {}
        for item in self.items:
            counts[item.sentence] = counts.get(item.sentence, 0) + 1
        return list(counts.items())


class _Facts(dict[str, object]):
    """A fact that is missing (its word was added later) leaves a gap, not a broken page."""

    def __missing__(self, key: str) -> str:
        return "…"


def with_makers(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """`notices` with who did what they tell (for `said`)."""
    return notices.select_related("by_person", "by_organisation")


def said(notices: Iterable[Notice], ways: Sequence[Actor]) -> list[Said]:
    """Each notice whose record the reader may see, acting in any of these ways, as a sentence.

    In the language that is active. One query for each kind of record and way of acting.
    """
    notices = list(notices)
    wanted = [key for notice in notices if (key := _key(notice)) is not None]
    records = seen_records(ways, wanted)
    found = []
    for notice in notices:
        key = _key(notice)
        if key is not None and key not in records:
            continue  # gone, or closed to this reader since
        made = _said(notice, records[key] if key else None)
        if made is not None:
            found.append(made)
    return found


def _key(notice: Notice) -> tuple[Any, int] | None:
    if notice.record_type_id is None or notice.record_id is None:
        return None
    model = ContentType.objects.get_for_id(notice.record_type_id).model_class()
    return model, notice.record_id


def _said(notice: Notice, record: Any) -> Said | None:
    kind = KINDS.get(notice.kind)
    if kind is None:  # of an app that is no longer there
        return None
    title = str(record) if record is not None else ""
    facts = {name: _fact(value) for name, value in notice.facts.items()}
    who = notice.by_person.name if notice.by_person else ""
    whom = notice.by_organisation.display if notice.by_organisation else ""
    words = _Facts(
        {
            "record": title,
            "person": who or whom or _("Somebody"),
            "organisation": whom or _("the network"),
            **facts,
        }
    )
    return Said(notice, str(kind.line) % words, _url(notice, record), title, app_of(notice.kind))


def _url(notice: Notice, record: Any) -> str:
    if notice.url:
        return same_page(notice.url, current())
    found = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
    return str(found)


def _fact(value: Any) -> object:
    """A fact as `actions.telling` kept it, in the reader's words."""
    if not isinstance(value, dict):
        return value
    if "moment" in value:
        return moment(datetime.fromisoformat(value["moment"]))
    if "date" in value:
        return day(date.fromisoformat(value["date"]), "medium")
    return local(value) if set(value) <= set(LANGUAGES) else str(value)


def lines_of(found: Iterable[Said], *, anywhere: bool = False) -> list[Line]:
    """Notices in lines: those of one record that came one after the other within the hour.

    `anywhere` puts all of a record's into one line (a digest), in the order of their newest.
    """
    lines: list[Line] = []
    by_record: dict[object, Line] = {}
    for item in found:
        has_record = item.notice.record_id is not None
        line = by_record.get(item.record_key) if anywhere else (lines[-1] if lines else None)
        fits = (
            line is not None
            and has_record
            and line.newest.record_key == item.record_key
            and (anywhere or line.newest.notice.created_at - item.notice.created_at <= TOGETHER)
        )
        if fits and line is not None:
            line.items.append(item)
        else:
            lines.append(Line([item]))
            by_record[item.record_key] = lines[-1]
    return lines
