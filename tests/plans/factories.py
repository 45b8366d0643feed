"""Plans and their parts for tests."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from mutirao.network.acting import Actor
from mutirao.network.states import Office, Role, UnitKind
from mutirao.plans.models import Activity, Axis, Plan
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    actor,
)


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    unit = factory.SubFactory(UnitFactory)
    term = factory.SubFactory(TermFactory)
    presented_by = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Plano de trabalho {n}")
    introduction = "Cidades que trabalham juntas."
    approved_on = factory.LazyAttribute(
        lambda plan: (
            plan.term.starts_on
            if plan.state in ("approved", "in_progress", "closed", "replaced")
            else None
        )
    )
    state = "draft"
    # A replaced plan names the one that took its place.
    replaced_by = factory.Maybe(
        factory.LazyAttribute(lambda plan: plan.state == "replaced"),
        factory.SubFactory(
            "tests.plans.factories.PlanFactory",
            unit=factory.SelfAttribute("..unit"),
            term=factory.SelfAttribute("..term"),
        ),
    )


class AxisFactory(DjangoModelFactory):
    class Meta:
        model = Axis

    plan = factory.SubFactory(PlanFactory)
    number = "I"
    text = factory.Sequence(lambda n: f"Eixo {n}: aproximar as cidades.")
    position = factory.Sequence(lambda n: n)


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    plan = factory.SubFactory(PlanFactory)
    number = "1"
    title = factory.Sequence(lambda n: f"Atividade {n}")
    text = factory.Sequence(lambda n: f"Atividade {n}: reunir as agências.")
    position = factory.Sequence(lambda n: n)


def board_actor(role: str = Role.COORDINATOR) -> Actor:
    """A person of a city that sits on the executive board."""
    board = UnitFactory(kind=UnitKind.BOARD)
    seat = MandateFactory(unit=board, office=Office.MEMBER)
    return actor(seat.organisation, role)
