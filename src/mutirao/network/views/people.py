"""Who acts for an organisation: its team page, one's own roles, requests and their answers."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.lists import Column, exported

from .. import actions, queries
from ..forms.people import AskForm, ChangeForm, ConfirmForm, DeclineForm
from ..models import Membership, MembershipRequest, Organisation
from ..rules import roles_given_by
from ..states import DECIDING_ROLES, RequestState, Role
from .manage.common import answered


def team_of(request: HttpRequest, pk: int) -> Organisation:
    """The organisation whose team page this is; 403 for who does not decide there."""
    found = get_object_or_404(Organisation, pk=pk)
    if not rules.test_rule("network.see_team", request.actor, found):  # type: ignore[attr-defined]
        raise PermissionDenied
    return found


@require_safe
def team(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who acts for the organisation, who was invited, who asks to, and who did."""
    found = team_of(request, pk)
    rows = queries.team(found)
    taken = exported(request, rows, _columns(), "team")
    if taken:
        return taken
    today = timezone.localdate()
    everybody = list(rows)
    now = [item for item in everybody if item.ends_on is None or item.ends_on >= today]
    actor = request.actor  # type: ignore[attr-defined]
    for item in now:
        item.may_end = rules.test_rule("network.end_membership", actor, item)  # type: ignore[attr-defined]
        item.may_change = rules.test_rule("network.change_membership", actor, item)  # type: ignore[attr-defined]
    deciding = [item for item in now if item.role in DECIDING_ROLES and item.starts_on <= today]
    context = {
        "organisation": found,
        "now": now,
        "past": [item for item in everybody if item not in now],
        "deciding": deciding,
        "last_decider": deciding[0] if len(deciding) == 1 else None,
        "invitations": queries.unanswered(found),
        "requests": found.membership_requests.filter(state=RequestState.OPEN).select_related(
            "person"
        ),
        "today": today,
    }
    return render(request, "network/team/team.html", context)


def _columns() -> list[Column]:
    return [
        (_("Name"), lambda row: row.person.name),
        (_("Role in the organisation"), lambda row: row.get_role_display()),
        (_("From"), lambda row: row.starts_on),
        (_("Last day"), lambda row: row.ends_on),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def change_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role, or another last day."""
    held = get_object_or_404(Membership.objects.select_related("organisation", "person"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    if not rules.test_rule("network.change_membership", actor, held):
        raise PermissionDenied
    given = roles_given_by(actor, held.organisation)
    form = ChangeForm(
        request.POST or None,
        roles=[role for role in Role.values if role in given or role == held.role],
        initial={"role": held.role, "ends_on": held.ends_on},
    )
    return answered(
        request,
        form,
        act=partial(actions.change_membership, membership=held),
        done=_("The change is registered, and %(person)s is told.") % {"person": held.person},
        then=lambda _changed: ("network:team", held.organisation_id),
        page=lambda: render(request, "network/team/change.html", {"form": form, "held": held}),
    )


# One's own


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """For whom one acts and acted, and what one asked for."""
    person = request.actor.person  # type: ignore[attr-defined]
    held = list(person.memberships.select_related("organisation").order_by("-starts_on", "pk"))
    today = timezone.localdate()
    context = {
        "now": [item for item in held if item.ends_on is None or item.ends_on >= today],
        "past": [item for item in held if item.ends_on is not None and item.ends_on < today],
        "requests": person.membership_requests.select_related("organisation"),
        "today": today,
    }
    return render(request, "network/team/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_act(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I work here": ask to act for an organisation."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]
    form = AskForm(
        request.POST or None,
        roles=[role for role in Role.values if role != Role.SECRETARIAT],
        initial={"role": Role.OFFICER},
    )
    return answered(
        request,
        form,
        act=partial(actions.ask_to_act, organisation=found),
        done=_("Your request is with %(organisation)s. You are told when it is answered.")
        % {"organisation": found},
        then=lambda _asked: "network:mine",
        page=lambda: render(
            request,
            "network/team/ask.html",
            {
                "form": form,
                "organisation": found,
                "somebody_decides": queries.deciders(found).exists(),
            },
        ),
    )


@require_POST
def withdraw_request(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(request.user.membership_requests, pk=pk)  # type: ignore[union-attr]
    actions.withdraw_request(by=request.actor, request=asked)  # type: ignore[attr-defined]
    messages.success(request, _("Your request is withdrawn."))
    return redirect("network:mine")


# Requests of others


@require_http_methods(["GET", "HEAD", "POST"])
def answer_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: confirm it with role and days, or decline it and say why."""
    rows = MembershipRequest.objects.select_related("person", "organisation", "decided_by")
    asked = get_object_or_404(rows, pk=pk)
    team_of(request, asked.organisation_id)
    given = roles_given_by(request.actor, asked.organisation)  # type: ignore[attr-defined]
    declining = request.method == "POST" and "decline" in request.POST
    confirm = ConfirmForm(
        None if declining else request.POST or None,
        roles=given,
        initial={"role": asked.role if asked.role in given else Role.OFFICER},
        auto_id="confirm_%s",
    )
    decline = DeclineForm(request.POST if declining else None, auto_id="decline_%s")
    context: dict[str, Any] = {
        "asked": asked,
        "confirm": confirm,
        "decline": decline,
        "role_is_theirs": asked.role in given,
        "is_open": asked.state == RequestState.OPEN,
    }
    if declining:
        act, done = actions.decline_request, _("The request is declined, and the person is told.")
    else:
        act = actions.confirm_request  # type: ignore[assignment]
        done = _("%(person)s acts for %(organisation)s now.") % {
            "person": asked.person,
            "organisation": asked.organisation,
        }
    return answered(
        request,
        decline if declining else confirm,
        act=partial(act, request=asked),
        done=done,
        then=lambda _answered: ("network:team", asked.organisation_id),
        page=lambda: render(request, "network/team/request.html", context),
    )
