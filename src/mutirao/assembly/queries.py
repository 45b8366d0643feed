"""What is seen of assemblies. Every list starts from `visible_to(actor)`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from mutirao.network.acting import Actor
from mutirao.network.models import Mandate, Organisation, Term, Unit
from mutirao.network.queries import in_readers_order, mandates_in, members_on, units
from mutirao.network.states import LEADING_OFFICES, SINGLE_OFFICES, Office, UnitKind
from mutirao.plans.models import Plan
from mutirao.plans.queries import visible_to as visible_plans
from mutirao.plans.states import State as PlanState

from .models import Assembly, Ballot, Candidacy, Election, OpenVote, Turnout
from .states import HELD_HERE, STANDING, Candidate, Shown, State


def visible_to(actor: Actor) -> QuerySet[Assembly]:
    """Assemblies the reader may see: members once announced, everyone once concluded."""
    found = Assembly.objects.select_related("term", "event")
    if actor.is_secretariat:
        return found
    seen = [State.CONCLUDED, State.ANNOUNCED] if actor.is_member else [State.CONCLUDED]
    return found.filter(state__in=seen)


def for_list(actor: Actor) -> QuerySet[Assembly]:
    """Assemblies with `offices` to fill and `standing` candidacies that members may see."""
    shown = Q(elections__candidacies__state__in=STANDING)
    return (
        visible_to(actor)
        .annotate(
            offices=Count("elections", distinct=True),
            standing=Count("elections__candidacies", filter=shown, distinct=True),
        )
        .order_by("-held_on", "-pk")
    )


def elections_visible_to(actor: Actor) -> QuerySet[Election]:
    return Election.objects.filter(assembly__in=visible_to(actor).values("pk")).select_related(
        "assembly__term", "unit"
    )


def candidacies_visible_to(actor: Actor, today: date | None = None) -> QuerySet[Candidacy]:
    """Its own always; the secretariat all; members what stands, from when the assembly says."""
    found = Candidacy.objects.select_related(
        "organisation", "election__unit", "election__assembly__term", "plan"
    )
    if actor.is_secretariat:
        return found
    if not actor.is_member:
        return found.none()
    over = Q(election__assembly__candidacies_until__lt=today or timezone.localdate())
    shown = Q(election__assembly__shown=Shown.AT_ONCE) | over
    shown |= Q(election__assembly__state=State.CONCLUDED)
    announced = ~Q(election__assembly__state=State.PREPARING)
    return found.filter(
        Q(organisation=actor.organisation_id) | (Q(state__in=STANDING) & shown & announced)
    )


def elections_of(assembly: Assembly, actor: Actor) -> list[Election]:
    """Its offices in the reader's order with `seen`, the candidacies the reader may see.

    Of a concluded assembly everyone sees who was elected and the figures: `results`.
    """
    seen = candidacies_visible_to(actor).order_by("organisation__name")
    rows = assembly.elections.select_related("unit").prefetch_related(
        Prefetch("candidacies", seen, to_attr="seen")
    )
    if assembly.state == State.CONCLUDED:
        final = Candidacy.objects.filter(state__in=STANDING).select_related("organisation")
        rows = rows.prefetch_related(
            Prefetch("candidacies", final.order_by("-votes", "pk"), to_attr="results")
        )
    return ordered(rows)


def ordered(elections: Iterable[Election]) -> list[Election]:
    """By unit as units are listed, then by office."""
    found = list(elections)
    place = {unit.pk: n for n, unit in enumerate(in_readers_order([e.unit for e in found]))}  # type: ignore[arg-type]
    offices = Office.values
    return sorted(found, key=lambda one: (place[one.unit_id], offices.index(one.office)))


def standing_in(election: Election) -> QuerySet[Candidacy]:
    """Those one may vote for, by name: no order favours anybody but the alphabet."""
    return (
        election.candidacies.filter(state__in=STANDING)
        .select_related("organisation", "plan")
        .order_by("organisation__name")
    )


def roll(assembly: Assembly) -> QuerySet[Organisation]:
    """The members entitled to vote: those of the day the vote opens."""
    return members_on(assembly.roll_day, voting=True)


def has_voted(election: Election, actor: Actor) -> bool:
    return Turnout.objects.filter(
        election=election, organisation=actor.organisation_id or 0
    ).exists()


def voted_by(actor: Actor, assembly: Assembly) -> set[int]:
    """The offices (ids) of the assembly for which the actor's organisation has voted."""
    mine = Turnout.objects.filter(
        election__assembly=assembly, organisation=actor.organisation_id or 0
    )
    return set(mine.values_list("election", flat=True)) if assembly.is_held_here else set()


def own_open_vote(election: Election, actor: Actor) -> OpenVote | None:
    return OpenVote.objects.filter(
        election=election, organisation=actor.organisation_id or 0
    ).first()


@dataclass
class Tally:
    """A count of votes: per candidacy (id → votes), blank, and who took part of how many."""

    votes: dict[int, int]
    blank: int
    turnout: int
    entitled: int
    quorum: int
    seats: int = 1
    leaders: list[int] = field(default_factory=list)
    tied: list[int] = field(default_factory=list)

    @property
    def has_quorum(self) -> bool:
        return self.turnout * 100 >= self.quorum * self.entitled

    @property
    def is_clear(self) -> bool:
        """Votes alone decide: there is a quorum, no tie at the last seat, somebody with a vote."""
        return self.has_quorum and not self.tied and bool(self.leaders)


def counted(election: Election) -> Tally:
    """What was voted here. Only asked once the vote is over: until then nobody counts."""
    rows: Any = Ballot if election.assembly.is_secret else OpenVote
    found = rows.objects.filter(election=election).order_by().values_list("candidacy")
    votes = dict(found.annotate(Count("pk")))
    blank = votes.pop(None, 0)
    result = Tally(
        votes={pk: votes.get(pk, 0) for pk in standing_in(election).values_list("pk", flat=True)},
        blank=blank,
        turnout=Turnout.objects.filter(election=election).count(),
        entitled=roll(election.assembly).count(),
        quorum=election.assembly.quorum,
        seats=election.seats,
    )
    result.leaders, result.tied = placed(result.votes, election.seats)
    return result


def placed(votes: dict[int, int], seats: int) -> tuple[list[int], list[int]]:
    """Who has a seat beyond doubt, and who ties for the last seats.

    >>> placed({1: 5, 2: 3, 3: 3}, 2)
    ([1], [2, 3])
    """
    ranking = sorted(((n, pk) for pk, n in votes.items() if n), reverse=True)
    if len(ranking) <= seats:
        return sorted(pk for _n, pk in ranking), []
    last_in, first_out = ranking[seats - 1][0], ranking[seats][0]
    leaders = sorted(pk for n, pk in ranking[:seats] if n > first_out)
    tied = sorted(pk for n, pk in ranking if n == last_in) if last_in == first_out else []
    return leaders, tied


def proposals_for(election: Election, organisation: Organisation) -> QuerySet[Plan]:
    """The plans a city may present with its candidacy: its drafts for that unit and term."""
    return Plan.objects.filter(
        unit=election.unit_id,
        term=election.assembly.term_id,
        presented_by=organisation,
        state=PlanState.DRAFT,
    ).order_by("-pk")


def stands_for(actor: Actor) -> list[tuple[Unit, Term]]:
    """For `plans`: what a member city may write a plan for, while candidacies come in.

    Only leading offices come with a plan of the unit.
    """
    organisation = actor.organisation
    if organisation is None or not organisation.is_city:
        return []
    today = timezone.localdate()
    window = Election.objects.filter(
        assembly__state=State.ANNOUNCED,
        assembly__candidacies_from__lte=today,
        assembly__candidacies_until__gte=today,
        office__in=LEADING_OFFICES,
    ).select_related("unit", "assembly__term")
    if not window or not members_on(today, voting=True).filter(pk=organisation.pk or 0).exists():
        return []
    return [(one.unit, one.assembly.term) for one in window]


def offices_of(unit: Unit) -> tuple[str, ...]:
    """The offices a unit of this kind usually has."""
    return {
        UnitKind.BOARD: (Office.PRESIDENT, Office.EXECUTIVE_SECRETARY),
        UnitKind.VICE_PRESIDENCY: (Office.VICE_PRESIDENT,),
    }.get(UnitKind(unit.kind), (Office.COORDINATOR, Office.SUB_COORDINATOR))


def proposed_offices(last: Term | None) -> list[tuple[Unit, str, int]]:
    """(unit, office, seats) to be filled: what was held in the last term and, where nothing was,
    what units of the kind usually have.
    """
    held: dict[int, Counter[str]] = {}
    for mandate in mandates_in(last) if last else ():
        held.setdefault(mandate.unit_id, Counter())[mandate.office] += 1
    rows = []
    for unit in in_readers_order(units()):
        offices = held.get(unit.pk) or Counter(offices_of(unit))
        rows += [
            (unit, office, 1 if office in SINGLE_OFFICES else offices[office])
            for office in Office.values
            if offices[office]
        ]
    return rows


@dataclass
class Made:
    """A mandate the result gives: `there` when it was given before; `clash` is who holds it."""

    candidacy: Candidacy
    there: bool = False
    clash: Mandate | None = None


def mandates_from(assembly: Assembly) -> list[Made]:
    """What the assembly's result gives, office by office, against what is given already."""
    elected = (
        Candidacy.objects.filter(election__assembly=assembly, state=Candidate.ELECTED)
        .select_related("organisation", "election__unit", "plan")
        .order_by("election__unit__slug", "election__office", "organisation__name")
    )
    given: dict[tuple[int, str], list[Mandate]] = {}
    for mandate in mandates_in(assembly.term).filter(ends_on__isnull=True):
        given.setdefault((mandate.unit_id, mandate.office), []).append(mandate)
    return [_made(candidacy, given) for candidacy in elected]


def _made(candidacy: Candidacy, given: dict[tuple[int, str], list[Mandate]]) -> Made:
    election = candidacy.election
    holders = given.get((election.unit_id, election.office), [])
    if any(held.organisation_id == candidacy.organisation_id for held in holders):
        return Made(candidacy, there=True)
    single = election.office in SINGLE_OFFICES
    return Made(candidacy, clash=holders[0] if single and holders else None)


@dataclass
class Waiting:
    """What assemblies ask of a person: votes to cast, and windows open for a candidacy."""

    votes: list[Election]
    windows: list[Assembly]
    drafts: list[Candidacy]

    def __bool__(self) -> bool:
        return bool(self.votes or self.windows or self.drafts)


def waiting_for(actor: Actor) -> Waiting:
    """For the desk: three queries at most, one when nothing is announced.

    None for the secretariat, which neither stands nor votes.
    """
    if actor.organisation is None or actor.is_secretariat:
        return Waiting([], [], [])
    announced = list(visible_to(actor).filter(state=State.ANNOUNCED))
    if not announced:
        return Waiting([], [], [])
    voting = [one.pk for one in announced if one.is_voting()]
    votes = []
    if voting and actor.may_decide:
        done = Turnout.objects.filter(organisation=actor.organisation_id).values("election")
        votes = list(
            Election.objects.filter(assembly__in=voting, assembly__way__in=HELD_HERE)
            .exclude(pk__in=done)
            .select_related("unit", "assembly__term")
        )
        votes = [one for one in votes if roll(one.assembly).filter(pk=actor.organisation_id or 0)]
    standing = actor.organisation.is_city and actor.may_write
    windows = [one for one in announced if standing and one.takes_candidacies()]
    drafts = candidacies_visible_to(actor).filter(
        organisation=actor.organisation_id,
        state=Candidate.DRAFT,
        election__assembly__in=[one.pk for one in windows],
    )
    return Waiting(votes, windows, list(drafts) if windows else [])


def plan_seen(actor: Actor, candidacy: Candidacy) -> Plan | None:
    """Its plan, if the reader may see it."""
    if candidacy.plan_id is None:
        return None
    return visible_plans(actor).filter(pk=candidacy.plan_id).first()


def elected_in(term_id: int) -> dict[tuple[int, str], list[Candidacy]]:
    """(unit, office) → who was elected for a term, for the guide that opens it."""
    found: dict[tuple[int, str], list[Candidacy]] = {}
    rows = Candidacy.objects.filter(
        state=Candidate.ELECTED, election__assembly__term=term_id
    ).select_related("organisation", "election")
    for candidacy in rows:
        key = (candidacy.election.unit_id, candidacy.election.office)
        found.setdefault(key, []).append(candidacy)
    return found


def plans_beside(actor: Actor, candidacies: Iterable[Candidacy]) -> dict[int, Plan]:
    """Candidacy's id → its plan as far as the reader may see it, with `axes_shown` and
    `activities_shown` for a comparison. Three queries.
    """
    wanted = {one.plan_id: one.pk for one in candidacies if one.plan_id}
    rows = (
        visible_plans(actor)
        .filter(pk__in=wanted)
        .prefetch_related(
            Prefetch("axes", to_attr="axes_shown"),
            Prefetch("activities", to_attr="activities_shown"),
        )
    )
    return {wanted[plan.pk]: plan for plan in rows}


def results_of(election: Election) -> list[Candidacy]:
    """Who stood and with how many votes, once it is decided."""
    if not election.is_decided:
        return []
    rows = standing_in(election).order_by("-votes", "organisation__name")
    return sorted(rows, key=lambda one: one.state != Candidate.ELECTED)


def open_votes(election: Election) -> QuerySet[OpenVote]:
    """Who voted what; asked only once the office is decided."""
    return (
        OpenVote.objects.filter(election=election)
        .select_related("organisation", "candidacy__organisation")
        .order_by("organisation__name")
    )


def ballots_of(election: Election) -> QuerySet[Ballot]:
    """The ballots by code, which is random: the order says nothing."""
    return (
        Ballot.objects.filter(election=election)
        .select_related("candidacy__organisation")
        .order_by("code")
    )


def tally(election: Election, result: Tally | None) -> list[tuple[Candidacy, int]]:
    """The candidacies with their votes, most first; empty while nothing is counted."""
    if result is None:
        return []
    rows = [(one, result.votes[one.pk]) for one in standing_in(election)]
    return sorted(rows, key=lambda row: -row[1])
