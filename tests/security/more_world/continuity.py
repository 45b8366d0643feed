"""The next term on its way, and a reminder to the city that leads the unit."""

from __future__ import annotations

from typing import Any

from mutirao.continuity.actions import begin
from tests.assembly.factories import next_term
from tests.continuity.factories import NudgeFactory


def fill(made: Any) -> None:
    here = made.records
    term = next_term()
    opening = begin(
        code=term.code,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        closes_on=None,
        by=made.people["secretariat"],
    )
    for seat in opening.seats.all():
        seat.choice, seat.organisation = "vacant", None  # one may be elected in this world
        seat.save()
    made.put(
        opening=opening,
        next_code=term.code,
        nudge=NudgeFactory(
            unit=here.unit,
            term=here.term,
            to=here.city,
            person=made.people["secretariat"].person,
            organisation=made.people["secretariat"].organisation,
        ),
    )
