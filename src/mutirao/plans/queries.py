"""What is seen of plans. Every list starts from `visible_to(actor)`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from mutirao.commitments.models import Commitment
from mutirao.commitments.queries import in_brief, standing_of
from mutirao.commitments.queries import visible_to as visible_commitments
from mutirao.meetings.models import Event
from mutirao.meetings.queries import by_day
from mutirao.meetings.queries import visible_to as visible_events
from mutirao.network.acting import Actor
from mutirao.network.models import Unit
from mutirao.network.text import Folded, fold
from mutirao.topics.models import Goal

from .links import COORDINATION, GOAL_NUMBERS, OF_ACTIVITIES
from .models import Activity, Axis, Move, Plan
from .states import CANDIDATES, PUBLIC, Proposal, State


def visible_to(actor: Actor) -> QuerySet[Plan]:
    """The plans this reader may see; says in SQL what the rule `plans.see_plan` says.

    Those in force are for everyone. Before that: whoever serves the unit in the term, the
    secretariat, and the executive board once it is submitted. What is presented with a candidacy
    is its presenter's, and the members' while the election lasts.
    """
    if actor.is_secretariat:
        return Plan.objects.all()
    seen = Q(state__in=PUBLIC)
    if actor.is_member:
        seen |= Q(proposal=Proposal.SHOWN)
    if actor.may_write:
        seen |= Q(presented_by=actor.organisation_id) & ~Q(proposal="")
        for unit, term in {(mandate.unit_id, mandate.term_id) for mandate in actor.mandates}:
            seen |= Q(unit_id=unit, term_id=term) & ~Q(proposal__in=CANDIDATES)
        if actor.sits_on_the_board:
            seen |= Q(state=State.SUBMITTED)
    return Plan.objects.filter(seen)


def commitments_of(plan: Plan | OuterRef, actor: Actor) -> QuerySet[Commitment]:
    """The commitments of a plan's activities that the reader may see, earliest first."""
    seen = Commitment.objects.all() if reads_all_of(actor, plan) else visible_commitments(actor)
    return seen.filter(
        source_type=ContentType.objects.get_for_model(Activity),
        source_id__in=Activity.objects.filter(plan=plan).values("pk"),
    )


def reads_all_of(actor: Actor, plan: Plan | OuterRef) -> bool:
    """The board reads what it decides on: a submitted plan's promises and meetings too.

    Each by itself stays with those who prepare it until the plan is approved.
    """
    submitted = isinstance(plan, Plan) and plan.state == State.SUBMITTED
    return submitted and actor.may_write and actor.sits_on_the_board


def _standing(actor: Actor) -> ArraySubquery:
    """How a plan's commitments stand: a list of {standing, count}, empty when there are none.

    Grouped by one column, which is cheaper to compile than six filtered counts.
    """
    return ArraySubquery(
        commitments_of(OuterRef(OuterRef("pk")), actor)
        .order_by()
        .values(stand=standing_of())
        .annotate(number=Count("pk"))
        .values(json=JSONObject(standing="stand", count="number"))
    )


def for_list(actor: Actor) -> QuerySet[Plan]:
    """The plans the reader may see with unit, term, presenter, `standing` and `goal_numbers`.

    One query. `standing` is what `Plan.counts` is made from.
    """
    return (
        visible_to(actor)
        .select_related("unit", "term", "presented_by")
        .annotate(
            standing=_standing(actor),
            goal_numbers=GOAL_NUMBERS,
        )
        .order_by("-term__starts_on", "unit__slug", "-pk")
    )


def narrowed(plans: QuerySet[Plan], chosen: dict[str, Any]) -> QuerySet[Plan]:
    """Those that match the filters: term (code), unit, state, goal (number), theme, q (words)."""
    for name in ("term__code", "unit_id", "state"):
        if value := chosen.get(name.removesuffix("__code").removesuffix("_id")):
            plans = plans.filter(**{name: value})
    activities = Activity.objects.filter(plan=OuterRef("pk"))
    if goal := chosen.get("goal"):
        plans = plans.filter(Exists(activities.filter(targets__goal_id=goal)))
    if theme := chosen.get("theme"):
        about = Q(themes=theme) | Q(themes__parent=theme)
        plans = plans.filter(Exists(activities.filter(about)))
    return _with_words(plans, str(chosen.get("q") or ""))


def _with_words(plans: QuerySet[Plan], words: str) -> QuerySet[Plan]:
    """Every word stands in the title, the presenter's name or an activity, accents aside."""
    for word in fold(words).split()[:8]:
        inside = Activity.objects.filter(plan=OuterRef("pk")).alias(
            folded=Folded("text"), folded_title=Folded("title")
        )
        plans = plans.alias(
            folded=Folded("title"), folded_presenter=Folded("presented_by__name")
        ).filter(
            Q(folded__contains=word)
            | Q(folded_presenter__contains=word)
            | Exists(inside.filter(Q(folded__contains=word) | Q(folded_title__contains=word)))
        )
    return plans


@dataclass
class Present:
    """What occurs among the plans a reader may see: the choices of filters, and how many."""

    terms: dict[str, int] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)
    states: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


def present(actor: Actor) -> Present:
    """One query for the choices and figures of the list. `states` is by term, then by state."""
    found = Present()
    rows = (
        visible_to(actor)
        .order_by("-term__starts_on")
        .values_list("term__code", "unit_id", "unit__name", "unit__kind", "state")
        .annotate(plans=Count("pk"))
    )
    units = {}
    for term, unit, name, kind, state, plans in rows:
        found.terms[term] = found.terms.get(term, 0) + plans
        units[unit] = Unit(pk=unit, name=name, kind=kind)
        found.states[term][state] = found.states[term].get(state, 0) + plans
    found.units = list(units.values())
    return found


def for_page(actor: Actor) -> QuerySet[Plan]:
    """Plans with unit, term, presenter, and `coordination`: who leads the unit in the term.

    `coordination` is a list of {id, slug, name, office}, leaders first.
    """
    return (
        visible_to(actor)
        .select_related("unit", "term", "presented_by")
        .annotate(coordination=COORDINATION)
    )


def activities_of(plan: Plan, actor: Actor) -> list[Activity]:
    """A plan's activities in order with all a page shows, in two queries.

    Each has `served` (ids of axes), `themes_shown`, `targets_shown`, `organisations_shown`,
    `units_shown` (lists of dicts), `goals_shown` (unsaved `Goal`s) and `commitments_shown`.
    (Prefetching would take six queries more for a page everyone reads.)
    """
    rows = list(plan.activities.annotate(**OF_ACTIVITIES))
    promised = defaultdict(list)
    for commitment in in_brief(commitments_of(plan, actor)).order_by(
        F("due_on").asc(nulls_last=True), "position", "pk"
    ):
        promised[commitment.source_id].append(commitment)
    for row in rows:
        row.plan = plan
        row.commitments_shown = promised[row.pk]  # type: ignore[attr-defined]
        goals = {item["goal"]: item["title"] for item in row.targets_shown}  # type: ignore[attr-defined]
        row.goals_shown = [  # type: ignore[attr-defined]
            Goal(number=number, title=goals[number]) for number in sorted(goals)
        ]
    return rows


def axes_of(plan: Plan) -> QuerySet[Axis]:
    """A plan's axes: of action, of work, objectives, each kind in its order."""
    return plan.axes.order_by("kind", "position", "pk")


def events_of(plan: Plan, actor: Actor) -> QuerySet[Event]:
    """The calendar entries of a plan that the reader may see, by day."""
    everything = reads_all_of(actor, plan)
    seen = by_day(Event.objects.all()) if everything else visible_events(actor)
    return seen.filter(source_type=ContentType.objects.get_for_model(Plan), source_id=plan.pk)


def parts_visible_to(actor: Actor, model: type) -> QuerySet:
    """Axes or activities of plans the reader may see, with their plan, unit and term."""
    return model.objects.filter(  # type: ignore[attr-defined]
        plan__in=visible_to(actor)
    ).select_related("plan__unit", "plan__term", "plan__presented_by")


def moves_of(plan: Plan) -> QuerySet[Move]:
    """The steps of a plan's life with who made them, the latest first."""
    return plan.moves.select_related("person", "organisation").order_by("-at", "-pk")
