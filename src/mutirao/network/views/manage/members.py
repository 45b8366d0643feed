"""Who belongs to the network: admitted, suspended, its rights given back, gone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ... import actions, queries
from ...forms.managing import ActForm, AdmitForm, LeaveForm, LiftForm, SuspendForm
from ...models import Member, Suspension
from .common import answered, for_the_secretariat
from .organisations import organisation_page


@for_the_secretariat
@require_POST
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.managed_organisation(), pk=pk)
    form = AdmitForm(request.POST, request.FILES, auto_id="admit_%s")
    return answered(
        request,
        form,
        act=partial(actions.admit, organisation=found),
        done=_("%(organisation)s is admitted.") % {"organisation": found},
        then=lambda _member: ("network:manage_organisation", pk),
        page=lambda: organisation_page(request, found, admit=form),
    )


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.select_related("organisation"), pk=pk)
    names = {"organisation": member.organisation}
    return _decide(
        request,
        member,
        SuspendForm(*_sent(request)),
        act=partial(actions.suspend, member=member),
        title=_("Suspend %(organisation)s") % names,
        button=_("Suspend"),
        done=_("%(organisation)s is suspended.") % names,
        lead=_(
            "Its people go on reading what members read. It can take no new mandate and does not"
            " vote in the assembly. What it promised stays."
        ),
    )


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    suspension = get_object_or_404(Suspension.objects.select_related("member__organisation"), pk=pk)
    names = {"organisation": suspension.member.organisation}
    return _decide(
        request,
        suspension.member,
        LiftForm(*_sent(request)),
        act=partial(actions.lift, suspension=suspension),
        title=_("Lift the suspension of %(organisation)s") % names,
        button=_("Lift the suspension"),
        done=_("The suspension is lifted."),
        lead=_("On the day after, it has all its rights as a member again."),
    )


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def end_member(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.select_related("organisation"), pk=pk)
    names = {"organisation": member.organisation}
    mandates = list(queries.mandates_after(member.organisation, timezone.localdate()))
    return _decide(
        request,
        member,
        LeaveForm(*_sent(request), asks_for_mandates=bool(mandates) or request.method == "POST"),
        act=partial(actions.end_member, member=member),
        title=_("%(organisation)s leaves the network") % names,
        button=_("Register the last day"),
        done=_("The last day is registered."),
        lead=_("The record and all that was done stay in the network's memory."),
        mandates=mandates,
    )


def _decide(
    request: HttpRequest,
    member: Member,
    form: ActForm,
    *,
    act: Callable[..., Any],
    done: str,
    **shown: Any,
) -> HttpResponse:
    """One page for one decision about a member, with the act behind it."""
    context = {"form": form, "member": member, **shown}
    return answered(
        request,
        form,
        act=act,
        done=done,
        then=lambda _done: ("network:manage_organisation", member.organisation_id),
        page=lambda: render(request, "network/manage/decide.html", context),
    )
