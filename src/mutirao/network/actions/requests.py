"""Asking to act for an organisation, and its answer."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.addresses import address
from mutirao.core.happenings import tell
from mutirao.core.models import NotAllowed

from .. import queries
from ..acting import Actor
from ..models import Membership, MembershipRequest, Organisation
from ..rules import roles_given_by
from ..states import RequestState, Role
from .common import overlapping, period, refusals

MOST_A_DAY = 5  # of one person


@transaction.atomic
def ask_to_act(
    *, by: Actor, organisation: Organisation, role: str, message: str = ""
) -> MembershipRequest:
    """A person says that they work for an organisation, and asks to act for it.

    Those who decide there are told; where nobody does, the secretariat. Raises NotAllowed when
    they act for it already, asked already, or asked too often.
    """
    person = by.person
    if person is None or role == Role.SECRETARIAT:
        raise PermissionDenied
    today = timezone.localdate()
    there = overlapping(
        Membership.objects.filter(person=person, organisation=organisation), today, None
    )
    if there:
        facts = {"organisation": organisation, "role": there.get_role_display()}
        raise NotAllowed(_("You already act for %(organisation)s, as %(role)s.") % facts)
    since = timezone.now() - timedelta(days=1)
    if person.membership_requests.filter(created_at__gte=since).count() >= MOST_A_DAY:
        raise NotAllowed(_("You asked several organisations within a day. Go on tomorrow."))
    with refusals(
        membership_request_open=_("You have asked already. Its answer is still to come.")
    ):
        request = MembershipRequest.objects.create(
            person=person, organisation=organisation, role=role, message=message
        )
    tell(
        "network.membership_asked",
        people=queries.whom_to_ask(organisation),
        record=organisation,
        by=by,
        url=address("network:request", request.pk),
    )
    return request


def _locked(request: MembershipRequest) -> MembershipRequest:
    return (
        MembershipRequest.objects.select_for_update(of=("self",))
        .select_related("organisation", "person")
        .get(pk=request.pk)
    )


def _open(request: MembershipRequest) -> MembershipRequest:
    if request.state != RequestState.OPEN:
        raise NotAllowed(
            _("This request was %(state)s meanwhile.") % {"state": request.get_state_display()}
        )
    return request


@transaction.atomic
def withdraw_request(*, by: Actor, request: MembershipRequest) -> MembershipRequest:
    """The person takes their request back."""
    current = _locked(request)
    if by.person is None or current.person_id != by.person.pk:
        raise PermissionDenied
    if current.state == RequestState.WITHDRAWN:
        return current
    _open(current)
    current.state = RequestState.WITHDRAWN
    current.save(update_fields=["state"])
    return current


@transaction.atomic
def confirm_request(
    *,
    by: Actor,
    request: MembershipRequest,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
) -> Membership:
    """The organisation says that the person acts for it, in a role and from a day it chooses.

    Raises PermissionDenied for a role `by` may not give, NotAllowed when answered meanwhile.
    """
    current = _locked(request)
    if role not in roles_given_by(by, current.organisation) or _is_ones_own(by, current):
        raise PermissionDenied
    _open(current)
    if ends_on and ends_on < starts_on:
        raise NotAllowed(_("The last day cannot come before the first."))
    there = overlapping(
        Membership.objects.filter(person=current.person, organisation=current.organisation),
        starts_on,
        ends_on,
    )
    facts = {
        "person": current.person,
        "role": there.get_role_display() if there else "",
        "period": period(there) if there else "",
    }
    taken = _("%(person)s already acts for it as %(role)s, %(period)s. End that first.") % facts
    with refusals(membership_once_at_a_time=taken):
        membership = Membership.objects.create(
            person=current.person,
            organisation=current.organisation,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    _decided(current, by, RequestState.CONFIRMED)
    current.membership = membership
    current.save()
    _tell_the_person("network.membership_confirmed", current, by)
    return membership


@transaction.atomic
def decline_request(*, by: Actor, request: MembershipRequest, reason: str) -> MembershipRequest:
    """The organisation says no, and why; the person reads it."""
    current = _locked(request)
    if not roles_given_by(by, current.organisation) or _is_ones_own(by, current):
        raise PermissionDenied
    _open(current)
    _decided(current, by, RequestState.DECLINED)
    current.reason = reason
    current.save()
    _tell_the_person("network.membership_declined", current, by)
    return current


def _is_ones_own(by: Actor, request: MembershipRequest) -> bool:
    """Nobody confirms themselves, whatever else they hold."""
    return by.person is not None and by.person.pk == request.person_id


def _decided(request: MembershipRequest, by: Actor, state: RequestState) -> None:
    request.state = state
    request.decided_by = by.person
    request.decided_at = timezone.now()


def _tell_the_person(kind: str, request: MembershipRequest, by: Actor) -> None:
    tell(
        kind,
        people=[request.person_id],
        record=request.organisation,
        by=by,
        url=address("network:mine"),
    )
