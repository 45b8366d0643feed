"""Who acts for whom."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.accounts.actions import open_account
from mutirao.accounts.models import User
from mutirao.core.models import NotAllowed

from ..acting import Actor
from ..models import (
    Membership,
    Organisation,
    unique_slug,
)
from ..states import Kind, Role
from .common import ended, only_the_secretariat, overlapping, period, refusals


@transaction.atomic
def give_membership(
    *,
    by: Actor,
    organisation: Organisation,
    email: str,
    name: str,
    language: str,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
) -> tuple[Membership, bool]:
    """A person acts for an organisation; and whether an account was opened for that.

    Nobody is written to: a new person chooses a password through "forgot your password".
    """
    only_the_secretariat(by)
    if ends_on and ends_on < starts_on:
        raise NotAllowed(_("The last day cannot come before the first."))
    person, new = open_account(email=email, name=name, language=language)
    there = overlapping(
        Membership.objects.filter(person=person, organisation=organisation), starts_on, ends_on
    )
    facts = {
        "person": person,
        "role": there.get_role_display() if there else "",
        "period": period(there) if there else "",
    }
    taken = _("%(person)s already acts for it as %(role)s, %(period)s. End that first.") % facts
    with refusals(membership_once_at_a_time=taken):
        membership = Membership.objects.create(
            person=person,
            organisation=organisation,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    return membership, new


@transaction.atomic
def end_membership(*, by: Actor, membership: Membership, ends_on: date) -> Membership:
    """A person stops acting for an organisation; what they did stays the organisation's."""
    only_the_secretariat(by)
    if membership == by.membership:
        raise NotAllowed(_("Nobody takes the key from themselves: ask a colleague to do this."))
    return ended(membership, ends_on)


@transaction.atomic
def open_secretariat(*, email: str, name: str, language: str) -> User:
    """The operator, at the console, lets a person act for the technical secretariat from today.

    The network's own body is made when there is none. Calling it again changes nothing.
    """
    body = Organisation.objects.filter(kind=Kind.NETWORK).order_by("pk").first()
    if body is None:
        slug = unique_slug(Organisation, name)
        body = Organisation.objects.create(kind=Kind.NETWORK, name=name, slug=slug)
    person, _new = open_account(email=email, name=name, language=language)
    live = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    if not Membership.objects.filter(live, person=person, organisation=body).exists():
        Membership.objects.create(
            person=person,
            organisation=body,
            role=Role.SECRETARIAT,
            starts_on=timezone.localdate(),
        )
    return person
