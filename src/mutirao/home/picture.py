"""The network as a picture: who works with whom, and where they meet next. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mutirao.core.maps import View, around
from mutirao.meetings.models import Event
from mutirao.network.maps import Link, MapPoint
from mutirao.network.models import Mandate, Organisation, Unit
from mutirao.network.states import LEADING_OFFICES


@dataclass
class Team:
    """The cities that work together in a unit: one leads it, the others share the work."""

    unit: Unit
    leader: Organisation | None = None
    others: list[Organisation] = field(default_factory=list)


@dataclass(frozen=True)
class Trip:
    """A coming meeting: from the city that leads its unit to the city that hosts it."""

    event: Event
    start: Organisation
    end: Organisation


def teams_of(mandates: Iterable[Mandate]) -> list[Team]:
    """One team for each unit, in the order given; the first leading office is the leader's."""
    by_unit: dict[int, Team] = {}
    for mandate in mandates:
        team = by_unit.setdefault(mandate.unit_id, Team(mandate.unit))
        if team.leader is None and mandate.office in LEADING_OFFICES:
            team.leader = mandate.organisation
        elif mandate.organisation not in team.others:
            team.others.append(mandate.organisation)
    return list(by_unit.values())


def trips_of(events: Iterable[Event], teams: Sequence[Team]) -> list[Trip]:
    """The meetings that take a unit's leader to another city."""
    leaders = {team.unit.pk: team.leader for team in teams}
    return [
        Trip(event, start, event.organisation)
        for event in events
        if event.organisation is not None
        and (start := leaders.get(event.unit_id or 0)) is not None
        and start != event.organisation
    ]


def links_of(
    teams: Iterable[Team], trips: Iterable[Trip], shown: Iterable[Organisation]
) -> list[Link]:
    """The curves of the map between places it shows; a pair of cities is joined once a colour."""
    places = {city.pk: city for city in shown if city.latitude is not None}
    pairs: dict[bool, set[tuple[int, int]]] = defaultdict(set)
    for team in teams:
        if team.leader:
            pairs[False] |= {_pair(team.leader, other) for other in team.others}
    pairs[True] = {_pair(trip.start, trip.end) for trip in trips}
    return [
        _link(places[a], places[b], warm)
        for warm, found in pairs.items()
        for a, b in sorted(found)
        if a in places and b in places
    ]


def view_of(points: Iterable[MapPoint]) -> View:
    """The frame of the picture: as near as the members allow, since they often lie close."""
    return around([(point.lon, point.lat) for point in points], width=460, height=490, padding=32)


def _pair(a: Organisation, b: Organisation) -> tuple[int, int]:
    return min(a.pk, b.pk), max(a.pk, b.pk)


def _link(a: Organisation, b: Organisation, warm: bool) -> Link:
    return Link(
        a.longitude or 0,
        a.latitude or 0,
        b.longitude or 0,
        b.latitude or 0,
        warm,
    )
