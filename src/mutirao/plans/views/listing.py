"""The list of plans: the door "Follow"."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutirao.core.languages import local
from mutirao.core.lists import Column, exported, paginate
from mutirao.topics.queries import goals, themes

from .. import queries
from ..forms import PlanFilter
from ..models import Plan
from ..overview import overview
from .common import actor_of


@login_not_required
@require_safe
def plans(request: HttpRequest) -> HttpResponseBase:
    """Plans with how their commitments stand, filtered; or the whole list as a file."""
    actor = actor_of(request)
    present, by_number = queries.present(actor), {goal.pk: goal for goal in goals()}
    form = PlanFilter(
        request.GET,
        present=present,
        goals=[(goal.pk, f"{goal.pk} {local(goal.title)}") for goal in by_number.values()],
        themes=[(pk, _theme(label, parent)) for pk, label, parent in themes().values_list(*_THEME)],
    )
    rows = queries.narrowed(queries.for_list(actor), form.chosen)
    if (file := exported(request, rows, _columns(), "plans")) is not None:
        return file
    shown = paginate(request, rows)
    for plan in shown:
        plan.goals_shown = [by_number[number] for number in plan.goal_numbers]
    context = {
        "form": form,
        "page": shown,
        "overview": overview(present),
        "any": bool(present.terms),
    }
    return render(request, "plans/plans.html", context)


_THEME = ("pk", "label", "parent_id")


def _theme(label: dict[str, str], parent: int | None) -> str:
    return local(label) if parent is None else f"– {local(label)}"


def _count(key: str, plan: Plan) -> int:
    return plan.counts[key]


def _columns() -> list[Column]:
    """What is taken along of each plan; the counts are of commitments."""
    counts: list[Column] = [
        (str(label), partial(_count, key))
        for key, label in (
            ("total", _("commitments")),
            ("done", _("done")),
            ("in_progress", _("in progress")),
            ("late", _("late")),
            ("planned", _("planned")),
            ("cancelled", _("cancelled")),
            ("carried", _("carried over")),
        )
    ]
    texts: list[Column] = [
        (_("title"), lambda plan: plan.title),
        (_("unit"), lambda plan: str(plan.unit)),
        (_("term"), lambda plan: plan.term.code),
        (_("presented by"), lambda plan: plan.presented_by.name),
        (_("state"), Plan.get_state_display),
        (_("approved on"), lambda plan: plan.approved_on),
        (_("language"), lambda plan: plan.language),
        (_("SDGs"), lambda plan: plan.goal_numbers),
    ]
    return [*texts, *counts]
