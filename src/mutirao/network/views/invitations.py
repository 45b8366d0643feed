"""Invitations: written by a team, answered by whoever holds the letter.

Looking at the link changes nothing: programmes that guard a mailbox follow every link in it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.languages import current
from mutirao.core.models import NotAllowed

from .. import actions, queries
from ..forms.people import InviteForm, NewAccountForm
from ..middleware import SESSION_KEY
from ..models import Invitation
from ..rules import roles_given_by
from ..states import Role
from .manage.common import answered
from .people import team_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


# The team's side


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    found = team_of(request, pk)
    form = InviteForm(
        request.POST or None,
        roles=roles_given_by(request.actor, found),  # type: ignore[attr-defined]
        initial={"role": Role.OFFICER, "language": (found.languages or [current()])[0]},
    )
    return answered(
        request,
        form,
        act=partial(actions.invite, organisation=found),
        done=_("The invitation is on its way."),
        then=lambda _invited: ("network:team", pk),
        page=lambda: render(
            request, "network/team/invite.html", {"form": form, "organisation": found}
        ),
    )


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _of_team(request, pk)
    try:
        actions.send_again(by=request.actor, invitation=invitation)  # type: ignore[attr-defined]
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A new letter is on its way; the former link is dead."))
    return redirect("network:team", invitation.organisation_id)


@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _of_team(request, pk)
    try:
        actions.withdraw_invitation(by=request.actor, invitation=invitation)  # type: ignore[attr-defined]
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn; its link is dead."))
    return redirect("network:team", invitation.organisation_id)


def _of_team(request: HttpRequest, pk: int) -> Invitation:
    invitation = get_object_or_404(Invitation.objects.select_related("organisation"), pk=pk)
    team_of(request, invitation.organisation_id)
    return invitation


# The letter's side


def by_letter(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page reached by the link in a letter: kept by nobody, and its address goes nowhere."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        invitation = (
            Invitation.objects.select_related("organisation", "invited_by", "invited_for")
            .filter(token_hash=actions.hash_of(token))
            .first()
        )
        if invitation is None:
            response = render(request, "network/invitation/unknown.html", status=404)
        else:
            response = view(request, token, invitation)
        # "same-origin" would write the token into the next request's Referer; "no-referrer"
        # would take the Origin away by which forms are known as ours.
        response["Referrer-Policy"] = "strict-origin"
        return response

    return login_not_required(never_cache(guarded))


def _page(
    request: HttpRequest, token: str, invitation: Invitation, status: int = 200, **more: Any
) -> HttpResponse:
    """The page that fits: who holds the letter, and how the invitation stands."""
    person = request.actor.person  # type: ignore[attr-defined]
    context = {"invitation": invitation, "organisation": invitation.organisation, "token": token}
    if not invitation.is_open:
        mine = person is not None and invitation.membership is not None
        accepted_by_me = mine and invitation.membership.person_id == person.pk  # type: ignore[union-attr]
        page = "network/invitation/closed.html"
        return render(
            request, page, {**context, "accepted_by_me": accepted_by_me, **more}, status=status
        )
    if person is not None:
        page = "accept" if queries.owns_address(person, invitation.email) else "other_person"
    elif queries.address_is_in_use(invitation.email):
        page = "sign_in"
    else:
        page = "new_account"
        more.setdefault(
            "form", NewAccountForm(email=invitation.email, initial={"name": invitation.name})
        )
    return render(request, f"network/invitation/{page}.html", {**context, **more}, status=status)


@require_safe
@by_letter
def invitation(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    return _page(request, token, invitation)


@sensitive_post_parameters("password", "password_again")
@require_POST
@by_letter
def accept(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Accept: as whoever is signed in, or with an account opened here."""
    person = request.actor.person  # type: ignore[attr-defined]
    try:
        if person is not None:
            actions.accept(invitation=invitation, person=person)
        else:
            form = NewAccountForm(request.POST, email=invitation.email)
            if not invitation.is_open or not form.is_valid():
                return _page(request, token, invitation, form=form)
            person, _membership = actions.accept_as_new(
                invitation=invitation,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                language=current(),
            )
            login(request, person, backend=BACKEND)
    except (NotAllowed, PermissionDenied) as refusal:
        invitation.refresh_from_db()
        why = str(refusal) if isinstance(refusal, NotAllowed) else ""
        return _page(request, token, invitation, status=409, refusal=why)
    request.session[SESSION_KEY] = invitation.organisation_id
    messages.success(
        request,
        _("Welcome. You act for %(organisation)s now.") % {"organisation": invitation.organisation},
    )
    return redirect("home:desk")


@require_POST
@by_letter
def decline(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    if invitation.is_open:
        actions.decline_invitation(invitation=invitation)
        invitation.refresh_from_db()
    return _page(request, token, invitation)


@require_POST
@by_letter
def ask_anew(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """The link is of no use any more: the organisation is asked for another."""
    actions.ask_anew(invitation=invitation)
    return _page(request, token, invitation, asked=True)


@require_POST
@by_letter
def switch(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Signed in as somebody else: sign out and come back to the letter."""
    logout(request)
    return redirect("network:invitation", token)
