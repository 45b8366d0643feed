"""The time zones a form offers: those of the region first, then every place of the IANA base."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from mutirao.core.languages import current

from .when import zone_city

_COMMON = (
    "America/Montevideo",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "America/Asuncion",
    "America/Santiago",
    "America/La_Paz",
    "America/Lima",
    "America/Bogota",
    "America/Guayaquil",
    "America/Caracas",
    "America/Manaus",
    "America/Recife",
    "America/Fortaleza",
    "America/Rio_Branco",
    "America/Panama",
    "America/Costa_Rica",
    "America/Mexico_City",
    "America/Havana",
    "America/New_York",
    "Europe/Madrid",
    "Europe/Lisbon",
)
_PLACES = frozenset(
    [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
)

Choices = list[tuple[str, list[tuple[str, str]]]]


def zone_choices() -> Choices:
    """Grouped (zone, "Montevideo – America/Montevideo") in the reader's language."""
    return _choices(current())


@lru_cache
def _choices(language: str) -> Choices:
    common = dict.fromkeys((settings.TIME_ZONE, *_COMMON))
    groups: dict[str, list[tuple[str, str]]] = {_("Most used here"): [_choice(z) for z in common]}
    for zone in sorted(zoneinfo.available_timezones()):
        continent = zone.partition("/")[0]
        if continent in _PLACES and zone not in common:
            groups.setdefault(continent, []).append(
                (zone, zone.partition("/")[2].replace("_", " "))
            )
    groups["UTC"] = [("UTC", "UTC")]
    return list(groups.items())


def _choice(zone: str) -> tuple[str, str]:
    return zone, f"{zone_city(zone)} ({zone})"
