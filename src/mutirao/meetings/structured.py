"""schema.org's Event as JSON-LD, for search engines (https://schema.org/Event)."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from mutirao.core.states import Visibility

from .models import Event

# What would end the script element, or a line of it, stands as an escape of JSON itself.
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def json_ld(event: Event) -> SafeString:
    """The event as data for a script element; empty without a day or when it is not public."""
    if event.starts_on is None or event.visibility != Visibility.PUBLIC:
        return SafeString("")
    text = json.dumps(_thing(event), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  every markup sign is escaped


def _thing(event: Event) -> dict[str, Any]:
    kind = "Mixed" if event.online and event.place else "Online" if event.online else "Offline"
    thing = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.description or None,
        "inLanguage": "pt-BR" if event.language == "pt" else event.language,
        "startDate": _iso(event.begins, event.starts_on),
        "endDate": _iso(event.ends if event.ends_at else None, event.ends_on),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if event.cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{kind}EventAttendanceMode",
        "url": settings.BASE_URL + event.get_absolute_url(),
        "location": _location(event),
        "organizer": _organizer(event),
    }
    return {key: value for key, value in thing.items() if value is not None}


def _iso(moment: datetime | None, day: date | None) -> str | None:
    """The moment or, when there is none, the day."""
    known = moment or day
    return known.isoformat() if known else None


def _location(event: Event) -> Any:
    there: dict[str, Any] = {"@type": "Place", "name": event.place or event.country}
    if event.country:
        there["address"] = {"@type": "PostalAddress", "addressCountry": event.country}
    if event.latitude is not None:
        there["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": event.latitude,
            "longitude": event.longitude,
        }
    virtual = {
        "@type": "VirtualLocation",
        "url": event.website or settings.BASE_URL + event.get_absolute_url(),
    }
    places = [there] if event.place or event.country else []
    places += [virtual] if event.online else []
    return places[0] if len(places) == 1 else places or None


def _organizer(event: Event) -> dict[str, str] | None:
    if event.organisation is None:
        return None
    return {
        "@type": "Organization",
        "name": event.organisation.name,
        "url": settings.BASE_URL + event.organisation.get_absolute_url(),
    }
