"""{% load home %}: plans, promises and meetings for the pages of apps that do not know them."""

from __future__ import annotations

from typing import Any

from django import template

from mutirao.network.models import Organisation, Unit
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
