"""What the guide that opens a term shows, and what doing it would bring about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from mutirao.assembly.queries import elected_in, offices_of
from mutirao.commitments.models import NO_DUE_LAST, Commitment
from mutirao.commitments.states import OPEN
from mutirao.network.models import Mandate, Organisation, Term, Unit
from mutirao.network.queries import in_readers_order, mandates_in, units
from mutirao.network.states import LEADING_OFFICES, SINGLE_OFFICES, Office
from mutirao.plans.models import Activity, Plan
from mutirao.plans.states import CANDIDATES, IN_FORCE
from mutirao.plans.states import State as PlanState

from ..models import Opening, SeatChoice
from ..states import FILLED, Carry, Seat


def openings() -> QuerySet[Opening]:
    return Opening.objects.select_related("closing", "term")


def held_to_the_end(term: Term) -> QuerySet[Mandate]:
    """Mandates of the term that nobody ended before it."""
    return mandates_in(term).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=term.ends_on))


def proposed_seats(opening: Opening) -> list[SeatChoice]:
    """Every office as it is now, with what is known of the next term: whom the assembly elected,
    and what is given already. Unsaved rows.
    """
    now: dict[tuple[int, str], list[Organisation]] = {}
    for mandate in held_to_the_end(opening.closing):
        now.setdefault((mandate.unit_id, mandate.office), []).append(mandate.organisation)
    next_ = {
        key: [one.organisation for one in rows] for key, rows in elected_in(opening.term_id).items()
    }
    for mandate in mandates_in(opening.term).filter(ends_on__isnull=True):
        holders = next_.setdefault((mandate.unit_id, mandate.office), [])
        if mandate.organisation not in holders:
            holders.append(mandate.organisation)
    rows = []
    for unit in in_readers_order(units()):
        offices = {office for pk, office in (*now, *next_) if pk == unit.pk} or {
            offices_of(unit)[0]
        }
        for office in (office for office in Office.values if office in offices):
            key = (unit.pk, office)
            rows += _seats(opening, unit, office, now.get(key, []), next_.get(key, []))
    return rows


def _seats(
    opening: Opening, unit: Unit, office: str, now: list[Organisation], after: list[Organisation]
) -> list[SeatChoice]:
    single = office in SINGLE_OFFICES
    made = []
    coming = list(after)
    holders: list[Organisation | None] = [*now] or ([None] if single else [])
    for holder in holders:
        seat = SeatChoice(opening=opening, unit=unit, office=office, holder=holder)
        if holder in coming:
            coming.remove(holder)
            _fill(seat, holder)
        elif coming and single:
            _fill(seat, coming.pop(0))
        elif after:
            seat.choice = Seat.VACANT
        made.append(seat)
    for organisation in coming if not single else []:
        seat = SeatChoice(opening=opening, unit=unit, office=office)
        _fill(seat, organisation)
        made.append(seat)
    return made


def _fill(seat: SeatChoice, organisation: Organisation) -> None:
    seat.organisation = organisation
    seat.choice = Seat.CONTINUES if organisation == seat.holder else Seat.NEW
    seat.elected = True


def seats_of(opening: Opening) -> list[tuple[Unit, list[SeatChoice]]]:
    """Unit by unit, in the reader's order, its seats by office."""
    rows = list(opening.seats.select_related("unit", "holder", "organisation"))
    groups: dict[int, list[SeatChoice]] = {}
    for row in rows:
        groups.setdefault(row.unit_id, []).append(row)
    offices = Office.values
    return [
        (unit, sorted(groups[unit.pk], key=lambda seat: (offices.index(seat.office), seat.pk)))
        for unit in in_readers_order({row.unit for row in rows})  # type: ignore[arg-type]
    ]


@dataclass
class Left:
    """What a unit leaves unfinished, with what was chosen for each."""

    unit: Unit
    commitments: list[Commitment] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.commitments) + len(self.activities)

    @property
    def rows(self) -> list[Commitment | Activity]:
        return [*self.commitments, *self.activities]

    def chosen(self, choice: str) -> list[Commitment | Activity]:
        return [row for row in self.rows if chosen_for(row)[0] == choice]

    @property
    def carried(self) -> int:
        return len(self.chosen(Carry.CARRY))

    @property
    def left(self) -> int:
        return len(self.chosen(Carry.LEAVE))

    @property
    def dropped(self) -> int:
        return len(self.chosen(Carry.DROP))


def unfinished(opening: Opening, unit: Unit | None = None) -> list[Left]:
    """Open commitments of the closing term, and activities of its plans nobody promised anything
    for, unit by unit; each has `choice` and `reason` (default: it is carried). Five queries.
    """
    of_unit = {"unit": unit} if unit else {}
    commitments = (
        Commitment.objects.filter(
            term=opening.closing_id, unit__isnull=False, state__in=OPEN, **of_unit
        )
        .select_related("owner", "unit")
        .order_by(NO_DUE_LAST, "pk")
    )
    promised = Commitment.objects.filter(
        source_type=ContentType.objects.get_for_model(Activity), source_id=OuterRef("pk")
    )
    activities = (
        Activity.objects.filter(
            ~Exists(promised),
            plan__term=opening.closing_id,
            plan__state__in=(PlanState.APPROVED, PlanState.IN_PROGRESS),
            continued_by__isnull=True,
            **({"plan__unit": unit} if unit else {}),
        )
        .select_related("plan__unit")
        .order_by("plan_id", "position", "pk")
    )
    chosen = {(row.commitment_id, row.activity_id): row for row in opening.carries.all()}
    found: dict[int, Left] = {}
    for commitment in commitments:
        _choose(commitment, chosen.get((commitment.pk, None)))
        found.setdefault(commitment.unit_id, Left(commitment.unit)).commitments.append(commitment)  # type: ignore[arg-type]
    for activity in activities:
        _choose(activity, chosen.get((None, activity.pk)))
        held = activity.plan.unit
        found.setdefault(held.pk, Left(held)).activities.append(activity)
    order = in_readers_order([left.unit for left in found.values()])  # type: ignore[arg-type]
    return [found[one.pk] for one in order]


def chosen_for(row: Commitment | Activity) -> tuple[str, str]:
    """(choice, reason) of one that `unfinished` found."""
    return row.choice, row.reason  # type: ignore[union-attr]


def _choose(row: Commitment | Activity, choice: object) -> None:
    row.choice = getattr(choice, "choice", Carry.CARRY)  # type: ignore[union-attr]
    row.reason = getattr(choice, "reason", "")  # type: ignore[union-attr]


@dataclass
class Preview:
    """Everything that doing it would bring about."""

    new: list[SeatChoice]
    there: list[SeatChoice]
    vacant: list[SeatChoice]
    undecided: list[SeatChoice]
    clashes: list[tuple[SeatChoice, Mandate]]
    ending: list[Mandate]
    work: list[Left]
    open_plans: QuerySet[Plan]
    inherited: Counter[str] = field(default_factory=Counter)

    @property
    def filled(self) -> int:
        return len(self.new) + len(self.there)

    @property
    def is_possible(self) -> bool:
        return not self.clashes and not self.undecided

    @property
    def carried(self) -> int:
        return sum(left.carried for left in self.work)

    @property
    def left(self) -> int:
        return sum(left.left for left in self.work)

    @property
    def dropped(self) -> int:
        return sum(left.dropped for left in self.work)


def preview(opening: Opening) -> Preview:
    """Seven queries however large the network."""
    seats = [seat for _unit, rows in seats_of(opening) for seat in rows]
    given: dict[tuple[int, str], list[Mandate]] = {}
    for mandate in mandates_in(opening.term).filter(ends_on__isnull=True):
        given.setdefault((mandate.unit_id, mandate.office), []).append(mandate)
    found = Preview([], [], [], [], [], [], unfinished(opening), open_plans(opening.closing))
    for seat in seats:
        _sort(seat, given.get((seat.unit_id, seat.office), []), found)
    found.ending = list(held_to_the_end(opening.closing))
    return found


def _sort(seat: SeatChoice, holders: list[Mandate], found: Preview) -> None:
    if seat.choice not in FILLED:
        (found.vacant if seat.choice == Seat.VACANT else found.undecided).append(seat)
    elif any(held.organisation_id == seat.organisation_id for held in holders):
        found.there.append(seat)
    elif holders and seat.office in SINGLE_OFFICES:
        found.clashes.append((seat, holders[0]))
    else:
        found.new.append(seat)


def open_plans(term: Term) -> QuerySet[Plan]:
    """Plans of the term that are neither closed nor replaced: the outgoing ones close them."""
    return (
        Plan.objects.filter(term=term, state__in=(PlanState.APPROVED, PlanState.IN_PROGRESS))
        .select_related("unit", "presented_by")
        .order_by("unit__slug")
    )


_RANK = {state: n for n, state in enumerate((*IN_FORCE, PlanState.SUBMITTED))}


def plan_for(unit: Unit, term: Term) -> Plan | None:
    """The unit's own plan for a term: the one in force, else the furthest; no candidate's."""
    rows = (
        Plan.objects.filter(unit=unit, term=term)
        .exclude(state=PlanState.REPLACED)
        .exclude(proposal__in=CANDIDATES)
        .order_by("-pk")
    )
    return min(rows, key=lambda plan: _RANK.get(PlanState(plan.state), 9), default=None)


def leaders_of(seats: Iterable[SeatChoice]) -> dict[int, Organisation]:
    """Unit's id → who will lead it."""
    return {
        seat.unit_id: seat.organisation
        for seat in seats
        if seat.office in LEADING_OFFICES and seat.organisation is not None
    }
