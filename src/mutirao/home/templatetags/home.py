"""{% load home %}: plans, promises and meetings for the pages of apps that do not know them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from mutirao.continuity import queries as continuity
from mutirao.continuity.queries import TermOn
from mutirao.network.models import Organisation, Term, Unit
from mutirao.plans.models import Plan
from mutirao.reports.models import Report
from mutirao.topics.models import Goal

from .. import around

register = template.Library()


@register.simple_tag(takes_context=True)
def around_unit(context: dict[str, Any], unit: Unit) -> around.OfUnit:
    return around.of_unit(context["request"].actor, unit)


@register.simple_tag(takes_context=True)
def around_organisation(
    context: dict[str, Any], organisation: Organisation
) -> around.OfOrganisation:
    return around.of_organisation(context["request"].actor, organisation)


@register.simple_tag(takes_context=True)
def around_goal(context: dict[str, Any], goal: Goal) -> around.OfGoal:
    return around.of_goal(context["request"].actor, goal)


@register.simple_tag(takes_context=True)
def term_on(context: dict[str, Any], term: Term, day: date) -> TermOn:
    return continuity.term_on(context["request"].actor, term, day)


@register.simple_tag(takes_context=True)
def reports_of_term(context: dict[str, Any], term: Term) -> list[Report]:
    return around.reports_of_term(context["request"].actor, term)


@register.simple_tag(takes_context=True)
def reports_of_plan(context: dict[str, Any], plan: Plan) -> list[Report]:
    return around.reports_of_plan(context["request"].actor, plan)


@register.simple_tag(takes_context=True)
def reports_on_desk(context: dict[str, Any]) -> around.OnTheDesk:
    return around.reports_on_desk(context["request"].actor)
