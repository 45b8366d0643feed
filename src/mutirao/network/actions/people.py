"""Who acts for whom."""

from __future__ import annotations

from datetime import date, timedelta

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mutirao.accounts.actions import open_account
from mutirao.accounts.models import User
from mutirao.core.addresses import address
from mutirao.core.happenings import tell
from mutirao.core.languages import DJANGO_CODES, LANGUAGES
from mutirao.core.models import NotAllowed
from mutirao.core.templatetags.mutirao import day

from ..acting import Actor
from ..models import (
    Membership,
    Organisation,
    unique_slug,
)
from ..queries import deciders, secretariat_people
from ..rules import roles_given_by
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
    """A person stops acting for an organisation; what they did stays the organisation's.

    The person is told, and the secretariat when nobody is left who decides. What the person held
    is passed on by `continuity`: at once by a hand-over, else the day after the last one.
    """
    current = _held(membership)
    if by.membership == current and current.role == Role.SECRETARIAT:
        raise NotAllowed(_("Nobody takes the key from themselves: ask a colleague to do this."))
    if not rules.test_rule("network.end_membership", by, current):
        raise PermissionDenied
    _refuse_past(current)
    current = ended(current, ends_on)
    _tell_of_change(current, by)
    return current


@transaction.atomic
def part_with(person: User) -> None:
    """A person who erases their account acts for nobody from today on."""
    today = timezone.localdate()
    Membership.objects.filter(person=person, starts_on__gte=today).delete()
    live = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    Membership.objects.filter(live, person=person).update(ends_on=today - timedelta(days=1))


@transaction.atomic
def change_membership(
    *, by: Actor, membership: Membership, role: str, ends_on: date | None
) -> Membership:
    """A person has another role from today on, or another last day.

    The former role ends yesterday, so that what was done in it stays done in it. Returns the
    membership that holds from today. Raises PermissionDenied for a role `by` may not give.
    """
    current = _held(membership)
    may_give = role == current.role or role in roles_given_by(by, current.organisation)
    if not may_give or not rules.test_rule("network.change_membership", by, current):
        raise PermissionDenied
    _refuse_past(current)
    today = timezone.localdate()
    if ends_on and ends_on < today:
        raise NotAllowed(_("That day has passed. Give today or a later day."))
    if role != current.role and current.starts_on < today:
        ended(current, today - timedelta(days=1))
        current = Membership(
            person=current.person, organisation=current.organisation, starts_on=today
        )
    current.role, current.ends_on = role, ends_on
    with refusals(
        membership_once=_("These days overlap with another of the person's roles there."),
        membership_ends=_("The last day cannot come before the first."),
    ):
        current.save()
    _tell_of_change(current, by)
    return current


def _held(membership: Membership) -> Membership:
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organisation", "person")
        .get(pk=membership.pk)
    )


def _refuse_past(membership: Membership) -> None:
    if membership.ends_on and membership.ends_on < timezone.localdate():
        last = day(membership.ends_on, "medium")
        raise NotAllowed(_("This ended on %(day)s and stays as it was.") % {"day": last})


def _tell_of_change(membership: Membership, by: Actor) -> None:
    organisation = membership.organisation
    tell(
        "network.membership_changed",
        people=[membership.person_id],
        record=organisation,
        by=by,
        url=address("network:mine"),
        role={code: _role_in(membership, code) for code in LANGUAGES},
        period={code: _period_in(membership, code) for code in LANGUAGES},
    )
    last = membership.ends_on
    if last and not deciders(organisation, last + timedelta(days=1)).exists():
        tell(
            "network.nobody_decides",
            people=secretariat_people(),
            record=organisation,
            by=by,
            url=address("network:team", organisation.pk),
        )


def _role_in(membership: Membership, language: str) -> str:
    with translation.override(DJANGO_CODES[language]):
        return membership.get_role_display()


def _period_in(membership: Membership, language: str) -> str:
    with translation.override(DJANGO_CODES[language]):
        return period(membership)


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
