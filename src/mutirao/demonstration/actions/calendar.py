"""What is on the demonstration's calendar: events of plans, and those beside them."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.contrib.contenttypes.models import ContentType

from mutirao.core.states import Visibility
from mutirao.meetings.models import Event
from mutirao.meetings.states import NetworkRole
from mutirao.plans.models import Plan
from mutirao.topics.models import Theme

from ..data import read, when
from .network import Network


def load_events(network: Network, plans: dict[str, Plan], today: date) -> None:
    """Make every event of events.json and of the plans; all are public, their plans being so."""
    records = [*read("events"), *(event for plan in read("plans") for event in plan["events"])]
    kind = ContentType.objects.get_for_model(Plan)
    events = []
    for record in records:
        event = _event(record, network, today)
        if record["plan"]:
            event.source_type, event.source_id = kind, plans[record["plan"]].pk
        events.append(event)
    Event.objects.bulk_create(events)
    _tag(events, records)


def _tag(events: list[Event], records: list[dict[str, Any]]) -> None:
    themes = {theme.code: theme.pk for theme in Theme.objects.all()}
    pairs = list(zip(events, records, strict=True))
    Event.themes.through.objects.bulk_create(
        Event.themes.through(event_id=event.pk, theme_id=themes[code])
        for event, record in pairs
        for code in record["themes"]
    )
    Event.targets.through.objects.bulk_create(
        Event.targets.through(event_id=event.pk, target_id=code)
        for event, record in pairs
        for code in record["targets"]
    )


def _event(record: dict[str, Any], network: Network, today: date) -> Event:
    city = network.organisations.get(record["city"])
    return Event(
        title=record["title"],
        description=record["about"],
        language=record["language"],
        **_days(record["when"], today),
        time_zone=record["timezone"],
        place=", ".join(part for part in (record["place"], _town(record, network)) if part),
        country=city.country if city else record["country"] or "",
        latitude=city.latitude if city else record["lat"],
        longitude=city.longitude if city else record["lon"],
        online=record["online"],
        role=record["role"],
        unit=network.units[record["unit"]] if record["unit"] else None,
        # Others' events have other hosts, whom the data does not name.
        organisation=city if record["role"] == NetworkRole.ORGANISES else None,
        visibility=Visibility.PUBLIC,
        is_sample=record["sample"],
    )


def _town(record: dict[str, Any], network: Network) -> str:
    city = network.organisations.get(record["city"])
    return city.name if city else record["town"] or ""


def _days(entry: dict[str, Any], today: date) -> dict[str, Any]:
    """The fields of an event's days: `{start, end}` with or without hours, or `{month}`."""
    if "month" in entry:
        month = entry["month"]
        first = date.fromisoformat(f"{month}-01") if isinstance(month, str) else None
        return {"month": first or when.month(month, today), "date_confirmed": False}
    return {
        "starts_on": when.day(entry["start"], today),
        "ends_on": when.day(entry["end"], today),
        "starts_at": _hour(entry.get("start_time")),
        "ends_at": _hour(entry.get("end_time")),
    }


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
