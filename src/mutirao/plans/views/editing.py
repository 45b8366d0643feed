"""The workbench: a plan written in place, part by part. Every form is also a page of its own."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutirao.core.languages import current
from mutirao.core.models import NotAllowed

from .. import actions
from ..forms import (
    ActivityForm,
    AxisForm,
    CommitmentForm,
    EntryForm,
    NewPlanForm,
    PlanForm,
    TagsForm,
)
from ..models import Activity, Axis, Plan
from ..reading_page import PlanPage
from ..rules import verbs_of
from ..states import VERBS, AxisKind
from .common import actor_of, edit_url, part_or_404, plan_or_404, require, sent
from .saving import Editing, show


@require_safe
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan with a button beside every part that this reader may change."""
    actor = actor_of(request)
    plan = plan_or_404(request, pk)
    require("plans.follow_plan", request, plan)
    context = {
        "plan": plan,
        "page": PlanPage.of(plan, actor),
        "may_write": rules.test_rule("plans.edit_plan", actor, plan),
        "verbs": [(verb, VERBS[verb]) for verb in verbs_of(actor, plan)],
    }
    return render(request, "plans/edit.html", context)


def write(request: HttpRequest) -> HttpResponse:
    """Begin a plan from nothing."""
    actor = actor_of(request)
    if not rules.test_rule("plans.write_plans", actor):
        raise PermissionDenied
    form = NewPlanForm(sent(request), actor=actor, initial={"language": current()})
    if request.method == "POST" and form.is_valid():
        plan = actions.create_plan(by=actor, **form.cleaned_data)
        messages.success(request, _("The draft is saved. Now its axes and activities."))
        return redirect("plans:edit", plan.pk)
    return render(request, "plans/write.html", {"form": form})


def edit_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, language and introduction."""
    plan = plan_or_404(request, pk)
    return show(
        request,
        Editing(
            plan=plan,
            part=plan,
            rule="plans.edit_plan",
            title=_("Title and introduction"),
            anchor="words",
            form=lambda data, instance: PlanForm(data, instance=instance),
            save=lambda values, version: actions.edit_plan(
                plan=plan, version=version, by=actor_of(request), **values
            ),
        ),
    )


def add_axis(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    kind = request.GET.get("kind")
    initial = {"kind": kind} if kind in AxisKind.values else {}
    return show(
        request,
        Editing(
            plan=plan,
            rule="plans.edit_plan",
            title=_("New axis"),
            anchor="new-axis",
            form=lambda data, instance: AxisForm(data, initial=initial),
            save=lambda values, version: actions.add_axis(
                plan=plan, by=actor_of(request), **values
            ),
        ),
    )


def edit_axis(request: HttpRequest, pk: int) -> HttpResponse:
    axis: Axis = part_or_404(request, Axis, pk)
    return show(
        request,
        Editing(
            plan=axis.plan,
            part=axis,
            rule="plans.edit_plan",
            title=_("Axis %(number)s") % {"number": axis.number},
            anchor=axis.anchor,
            form=lambda data, instance: AxisForm(data, instance=instance),
            save=lambda values, version: actions.edit_axis(
                axis=axis, version=version, by=actor_of(request), **values
            ),
        ),
    )


def add_activity(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    return show(
        request,
        Editing(
            plan=plan,
            rule="plans.edit_plan",
            title=_("New activity"),
            anchor="new-activity",
            form=lambda data, instance: ActivityForm(data, plan=plan),
            save=lambda values, version: actions.add_activity(
                plan=plan, by=actor_of(request), **values
            ),
        ),
    )


def edit_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """An activity's words and the axes it serves."""
    activity: Activity = part_or_404(request, Activity, pk)
    return show(
        request,
        Editing(
            plan=activity.plan,
            part=activity,
            rule="plans.edit_plan",
            title=_("Activity %(number)s") % {"number": activity.number},
            anchor=activity.anchor,
            form=lambda data, instance: ActivityForm(data, instance=instance, plan=activity.plan),
            save=lambda values, version: actions.edit_activity(
                activity=activity, version=version, by=actor_of(request), **values
            ),
        ),
    )


def tag_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Themes, SDG targets and who is responsible."""
    activity: Activity = part_or_404(request, Activity, pk)
    return show(
        request,
        Editing(
            plan=activity.plan,
            part=activity,
            rule="plans.follow_plan",
            title=_("Themes, SDGs and who is responsible"),
            lead=activity.heading,
            anchor=activity.anchor,
            form=lambda data, instance: TagsForm(data, instance=instance),
            save=lambda values, version: actions.tag_activity(
                activity=activity, version=version, by=actor_of(request), **values
            ),
        ),
    )


def add_commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise something for an activity."""
    activity: Activity = part_or_404(request, Activity, pk)
    actor = actor_of(request)

    def save(values: dict[str, Any], version: int) -> Activity:
        actions.add_commitment(activity=activity, by=actor, **values)
        return activity

    return show(
        request,
        Editing(
            plan=activity.plan,
            rule="plans.follow_plan",
            title=_("New commitment"),
            lead=activity.heading,
            anchor=activity.anchor,
            form=lambda data, instance: CommitmentForm(
                data, initial={"owner": activity.plan.presented_by_id}
            ),
            save=save,
        ),
    )


def add_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an entry on the plan's calendar."""
    plan = plan_or_404(request, pk)

    def save(values: dict[str, Any], version: int) -> None:
        actions.add_event(plan=plan, by=actor_of(request), **values)

    return show(
        request,
        Editing(
            plan=plan,
            rule="plans.follow_plan",
            title=_("New calendar entry"),
            anchor="new-event",
            form=lambda data, instance: EntryForm(data),
            save=save,
        ),
    )


@require_POST
def shift_axis(request: HttpRequest, pk: int) -> HttpResponse:
    axis: Axis = part_or_404(request, Axis, pk)
    actions.move_axis(axis=axis, step=_step(request), by=actor_of(request))
    return redirect(edit_url(axis.plan, axis))


@require_POST
def shift_activity(request: HttpRequest, pk: int) -> HttpResponse:
    activity: Activity = part_or_404(request, Activity, pk)
    actions.move_activity(activity=activity, step=_step(request), by=actor_of(request))
    return redirect(edit_url(activity.plan, activity))


def _step(request: HttpRequest) -> int:
    return actions.UP if request.POST.get("step") == "up" else actions.DOWN


def delete_axis(request: HttpRequest, pk: int) -> HttpResponse:
    axis: Axis = part_or_404(request, Axis, pk)
    require("plans.edit_plan", request, axis.plan)
    if request.method != "POST":
        sentence = _("The activities that serve it stay in the plan.")
        return _ask(request, axis.plan, _("Delete this axis?"), str(axis), sentence, axis)
    actions.delete_axis(axis=axis, by=actor_of(request))
    messages.success(request, _("The axis is deleted."))
    return redirect(edit_url(axis.plan))


def delete_activity(request: HttpRequest, pk: int) -> HttpResponse:
    activity: Activity = part_or_404(request, Activity, pk)
    require("plans.edit_plan", request, activity.plan)
    if request.method != "POST":
        text = activity.text
        return _ask(request, activity.plan, _("Delete this activity?"), text, "", activity)
    try:
        actions.delete_activity(activity=activity, by=actor_of(request))
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect(edit_url(activity.plan, activity))
    messages.success(request, _("The activity is deleted."))
    return redirect(edit_url(activity.plan))


def delete_plan(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    require("plans.edit_plan", request, plan)
    if request.method != "POST":
        sentence = _("Its axes, activities and calendar entries are deleted with it.")
        return _ask(request, plan, _("Delete this draft?"), plan.title, sentence, None)
    try:
        actions.delete_plan(plan=plan, by=actor_of(request))
    except (NotAllowed, ValidationError) as error:
        messages.error(request, str(error))
        return redirect(edit_url(plan))
    messages.success(request, _("The draft is deleted."))
    return redirect("plans:plans")


def _ask(
    request: HttpRequest,
    plan: Plan,
    question: str,
    text: str,
    sentence: str,
    part: Axis | Activity | None,
) -> HttpResponse:
    context = {
        "plan": plan,
        "question": question,
        "text": text,
        "sentence": sentence,
        "back": edit_url(plan, part),
    }
    return render(request, "plans/delete.html", context)
