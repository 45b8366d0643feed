"""What became of an organisation's membership, as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .acting import Actor
from .models import Act, Organisation


@dataclass(frozen=True)
class Moment:
    """One change of an organisation's standing in the network."""

    day: date
    what: str
    act: Act | None = None
    until: date | None = None
    reason: str = ""


def standing_moments(organisation: Organisation, actor: Actor) -> list[Moment]:
    """What became of an organisation's membership, the latest first.

    Suspensions and the documents behind everything are for members; everyone sees since when.
    """
    inside = actor.is_member
    found = []
    for member in organisation.admissions.all():
        act = member.admitted_by if inside else None
        found.append(Moment(member.starts_on, "admitted", act, member.ends_on))
        for held in member.suspensions.all() if inside else ():
            found.append(
                Moment(held.starts_on, "suspended", held.decided_by, held.ends_on, held.reason)
            )
            if held.ends_on and held.lifted_by:
                found.append(Moment(held.ends_on, "lifted", held.lifted_by))
        if member.ends_on:
            found.append(Moment(member.ends_on, "left", member.left_by if inside else None))
    return sorted(found, key=lambda moment: moment.day, reverse=True)
