"""Who may see, add and change what is on the calendar.

Predicates take the `Actor` and an event; `meetings.add_event` also takes an event not yet saved,
or None to ask whether the actor may add one at all.
"""

from __future__ import annotations

import rules
from django.db.models import Model

from mutirao.core.states import Visibility
from mutirao.network.acting import Actor

from .models import Event


def served_units(actor: Actor) -> set[int]:
    """The units in which the actor's organisation holds an office today."""
    return {mandate.unit_id for mandate in actor.mandates}


def prepares_for(actor: Actor) -> tuple[int | None, set[int]]:
    """For whom the actor prepares events: its organisation, and the units it serves.

    Nobody for an observer, who reads only what members read.
    """
    return (actor.organisation_id, served_units(actor)) if actor.may_write else (None, set())


@rules.predicate
def is_public(actor: Actor, event: Event) -> bool:
    return event.visibility == Visibility.PUBLIC


@rules.predicate
def for_members(actor: Actor, event: Event) -> bool:
    return event.visibility == Visibility.MEMBERS and actor.is_member


@rules.predicate
def of_own_organisation(actor: Actor, event: Event) -> bool:
    """Its host. What comes from a plan is the unit's, also when its presenter has left office."""
    own, _units = prepares_for(actor)
    return own is not None and event.organisation_id == own and event.source_id is None


@rules.predicate
def of_a_served_unit(actor: Actor, event: Event) -> bool:
    _own, units = prepares_for(actor)
    return event.unit_id is not None and event.unit_id in units


@rules.predicate
def is_secretariat(actor: Actor, event: Event | None = None) -> bool:
    return actor.is_secretariat


@rules.predicate
def writes(actor: Actor, event: Event | None = None) -> bool:
    return actor.may_write


@rules.predicate
def belongs_to_no_other_unit(actor: Actor, event: Event | None) -> bool:
    """A unit's calendar is filled by those who serve it; without a unit the host is oneself."""
    if event is None:
        return True
    if event.unit_id is not None:
        return of_a_served_unit(actor, event)
    return of_own_organisation(actor, event)


rules.add_rule(
    "meetings.see_event",
    is_public | for_members | of_own_organisation | of_a_served_unit | is_secretariat,
)
rules.add_rule("meetings.add_event", writes & (belongs_to_no_other_unit | is_secretariat))
rules.add_rule(
    "meetings.edit_event", writes & (of_own_organisation | of_a_served_unit | is_secretariat)
)


def visible_source(event: Event, actor: Actor) -> Model | None:
    """What the event comes from, if the actor may see it.

    The source lives in a layer above, which cannot be imported here: its rule is asked by the
    name every app gives it ("plans.see_plan"). Without such a rule it is for members.
    """
    source = event.source
    if source is None or not hasattr(source, "get_absolute_url"):
        return None
    name = f"{source._meta.app_label}.see_{source._meta.model_name}"
    sees = rules.test_rule(name, actor, source) if rules.rule_exists(name) else actor.is_member
    return source if sees else None
