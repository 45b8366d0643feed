"""When a person wants mail, by the clock on their wall: quiet hours, pauses, digests.

All moments are aware; wall times are read in the person's zone, so that a change of summer time
moves nothing for them.
"""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from django.conf import settings

from ..models import Habits
from ..states import Way


@lru_cache(maxsize=1)
def _known_zones() -> set[str]:
    return zoneinfo.available_timezones()


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """The IANA zone of that name, or the network's for an empty or unknown one."""
    known = name in _known_zones()
    return zoneinfo.ZoneInfo(name if known else settings.TIME_ZONE)


def _at(day: date, hour: time, zone: zoneinfo.ZoneInfo) -> datetime:
    """That wall time as a moment in UTC; one the clocks skip is the moment they are put on."""
    return datetime.combine(day, hour, zone).astimezone(UTC)


def quiet_ends(habits: Habits, zone: zoneinfo.ZoneInfo, now: datetime) -> datetime | None:
    """When the quiet hours that hold now end; None outside them. They may go over midnight."""
    start, end = habits.quiet_from, habits.quiet_until
    if start is None or end is None or start == end:
        return None
    local = now.astimezone(zone)
    wall = local.time().replace(tzinfo=None)
    quiet = start <= wall < end if start < end else wall >= start or wall < end
    if not quiet:
        return None
    day = local.date() if wall < end else local.date() + timedelta(days=1)
    ends = _at(day, end, zone)
    if ends <= now:  # the hour that comes twice when summer time ends
        ends = datetime.combine(day, end.replace(fold=1), zone).astimezone(UTC)
    return ends


def pause_ends(habits: Habits, zone: zoneinfo.ZoneInfo, now: datetime) -> datetime | None:
    """When the pause that holds now ends (the beginning of that day); None without one."""
    if habits.paused_until is None or now.astimezone(zone).date() >= habits.paused_until:
        return None
    return _at(habits.paused_until, time(0), zone)


def digest_moment(
    way: str, habits: Habits, zone: zoneinfo.ZoneInfo, now: datetime
) -> tuple[datetime, date]:
    """The last moment at which a digest was due, and that day at the person's place.

    What was told before that moment belongs into it. Daily ones are due at the person's hour,
    weekly ones on their weekday at that hour.
    """
    today = now.astimezone(zone).date()
    hour = time(habits.digest_hour)
    for back in range(8):
        day = today - timedelta(days=back)
        if way == Way.WEEKLY and day.weekday() != habits.digest_weekday:
            continue
        moment = _at(day, hour, zone)
        if moment <= now:
            return moment, day
    raise AssertionError("eight days hold every weekday and hour")
