"""Asking a person, at their address, to act for an organisation."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

import pghistory
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mutirao.accounts.actions import confirm_address, open_account
from mutirao.accounts.models import User
from mutirao.core.addresses import address
from mutirao.core.happenings import tell
from mutirao.core.languages import DJANGO_CODES
from mutirao.core.models import NotAllowed
from mutirao.core.templatetags.mutirao import day
from mutirao.letters.actions import post

from .. import queries
from ..acting import Actor
from ..models import Invitation, Membership, Organisation
from ..rules import roles_given_by
from ..states import InvitationState
from .common import overlapping, period, refusals

MOST_A_DAY = 30  # letters an organisation may have sent; a forgotten session must not write spam
MOST_A_DAY_OF_THE_SECRETARIAT = 500
MOST_SENDINGS = 6  # of one invitation
BETWEEN_SENDINGS = timedelta(minutes=5)
BETWEEN_ASKING = timedelta(days=1)


def hash_of(token: str) -> str:
    """What is kept of a token: whoever reads the database cannot use the letters' links."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    by: Actor,
    organisation: Organisation,
    email: str,
    name: str,
    language: str,
    role: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    message: str = "",
) -> Invitation:
    """Write to a person that they may act for `organisation`, with a link good once.

    `starts_on` None: from the day they accept. Raises PermissionDenied for a role `by` may not
    give, NotAllowed when the person acts for it already, was invited, or too many letters went.
    """
    if by.person is None or by.organisation is None or role not in roles_given_by(by, organisation):
        raise PermissionDenied
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # one at a time
    email = email.strip().lower()
    _refuse_useless(organisation, email, starts_on, ends_on)
    _refuse_too_many(by, organisation)
    _close_expired(organisation, email)
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    with refusals(
        invitation_open_once=_("This person was invited already. Send that invitation again.")
    ):
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=email,
            name=name,
            language=language,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
            message=message,
            token_hash=hash_of(token),
            sent_at=now,
            expires_at=_last_moment(now),
            invited_by=by.person,
            invited_for=by.organisation,
        )
    _write(invitation, token)
    return invitation


def _last_moment(now: datetime) -> datetime:
    return now + timedelta(days=settings.INVITATION_DAYS)


def _refuse_useless(
    organisation: Organisation, email: str, starts_on: date | None, ends_on: date | None
) -> None:
    today = timezone.localdate()
    if ends_on and ends_on < max(starts_on or today, today):
        raise NotAllowed(_("The last day cannot come before the first."))
    held = Membership.objects.filter(organisation=organisation, person__email__iexact=email)
    there = overlapping(held, starts_on or today, ends_on)
    if there:
        facts = {
            "person": there.person,
            "role": there.get_role_display(),
            "period": period(there),
        }
        raise NotAllowed(
            _("%(person)s already acts for it as %(role)s, %(period)s. End that first.") % facts
        )


def _refuse_too_many(by: Actor, organisation: Organisation) -> None:
    since = timezone.now() - timedelta(days=1)
    sent = Invitation.objects.filter(invited_for_id=by.organisation_id, sent_at__gte=since).count()
    most = MOST_A_DAY_OF_THE_SECRETARIAT if by.is_secretariat else MOST_A_DAY
    if sent >= most:
        raise NotAllowed(
            _("%(number)d invitations were sent within a day. Go on tomorrow.") % {"number": sent}
        )


def _close_expired(organisation: Organisation, email: str) -> None:
    """An invitation nobody answered in time gives way to the new one."""
    Invitation.objects.filter(
        organisation=organisation,
        email__iexact=email,
        state=InvitationState.OPEN,
        expires_at__lte=timezone.now(),
    ).update(state=InvitationState.WITHDRAWN)


def _write(invitation: Invitation, token: str) -> None:
    """The letter with the link, in the person's language, when the transaction is kept."""
    with translation.override(DJANGO_CODES[invitation.language]):
        # Whoever reads the letter is not signed in: a plain address, of this installation only.
        # Not `address`: it keeps what it made, and a token is nobody's to keep.
        link = settings.BASE_URL + reverse("network:invitation", args=[token])
        context = {
            "invitation": invitation,
            "organisation": invitation.organisation,
            "inviter": invitation.invited_by,
            "inviting": invitation.invited_for,
            "link": link,
            "last_day": day(timezone.localtime(invitation.expires_at).date(), "long"),
        }
        post(
            to=invitation.email,
            template="network/letters/invitation",
            context=context,
            language=invitation.language,
            key=f"invitation-{invitation.pk}-{invitation.sent_times}",
            secret=True,
        )


def _locked(invitation: Invitation) -> Invitation:
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation", "invited_by", "invited_for")
        .get(pk=invitation.pk)
    )


def _of_ours(by: Actor, invitation: Invitation) -> Invitation:
    """The invitation under lock, if `by` may give what it gives. Raises PermissionDenied."""
    current = _locked(invitation)
    if current.role not in roles_given_by(by, current.organisation):
        raise PermissionDenied
    return current


@transaction.atomic
def send_again(*, by: Actor, invitation: Invitation) -> Invitation:
    """A new letter with a new link; the old link is dead. Raises NotAllowed when it is answered."""
    current = _of_ours(by, invitation)
    now = timezone.now()
    if current.state != InvitationState.OPEN:
        raise NotAllowed(_("This invitation was answered or withdrawn. Invite the person anew."))
    if current.sent_times >= MOST_SENDINGS:
        raise NotAllowed(
            _("It was sent %(number)d times. Check the address, or call the person.")
            % {"number": current.sent_times}
        )
    if now - current.sent_at < BETWEEN_SENDINGS:
        raise NotAllowed(_("It was sent just now. Give the letter some minutes."))
    _refuse_too_many(by, current.organisation)
    token = secrets.token_urlsafe(32)
    current.token_hash = hash_of(token)
    current.sent_at = now
    current.sent_times += 1
    current.expires_at = _last_moment(now)
    current.asked_again_at = None
    current.save()
    _write(current, token)
    return current


@transaction.atomic
def withdraw_invitation(*, by: Actor, invitation: Invitation) -> Invitation:
    """Take an invitation back: its link is dead. One already withdrawn stays so."""
    current = _of_ours(by, invitation)
    if current.state == InvitationState.ACCEPTED:
        raise NotAllowed(_("The person has accepted it already. End what they hold instead."))
    if current.state == InvitationState.OPEN:
        current.state = InvitationState.WITHDRAWN
        current.save(update_fields=["state"])
    return current


@transaction.atomic
def accept(*, invitation: Invitation, person: User) -> Membership:
    """The invited person, proven by their address, acts for the organisation from now on.

    Raises PermissionDenied when the address is not theirs, NotAllowed when it is too late.
    """
    current = _locked(invitation)
    if not queries.owns_address(person, current.email):
        raise PermissionDenied
    return _accepted(current, person)


def _accepted(current: Invitation, person: User) -> Membership:
    if not current.is_open:
        raise NotAllowed(_("This invitation is no longer open. Ask for a new one."))
    today = timezone.localdate()
    if current.ends_on and current.ends_on < today:
        raise NotAllowed(_("What you were invited to has ended. Ask for a new invitation."))
    starts_on = max(current.starts_on or today, today)
    there = overlapping(
        Membership.objects.filter(person=person, organisation=current.organisation),
        starts_on,
        current.ends_on,
    )
    if there:
        facts = {"organisation": current.organisation, "role": there.get_role_display()}
        raise NotAllowed(_("You already act for %(organisation)s, as %(role)s.") % facts)
    # The link is opened before anybody is signed in: the history is told whose act this is.
    with pghistory.context(user=person.pk, organisation=current.organisation_id):
        membership = Membership.objects.create(
            person=person,
            organisation=current.organisation,
            role=current.role,
            starts_on=starts_on,
            ends_on=current.ends_on,
        )
        current.state = InvitationState.ACCEPTED
        current.membership = membership
        current.save(update_fields=["state", "membership"])
    _tell_team("network.invitation_accepted", current)
    return membership


@transaction.atomic
def accept_as_new(
    *, invitation: Invitation, name: str, password: str, language: str
) -> tuple[User, Membership]:
    """Accept with an account opened now; the link in the letter has proven the address.

    An account the secretariat opened earlier and nobody used yet is that person's too. Raises
    NotAllowed when the account is in use: its person signs in first.
    """
    current = _locked(invitation)
    if not current.is_open:
        raise NotAllowed(_("This invitation is no longer open. Ask for a new one."))
    if queries.address_is_in_use(current.email):
        raise NotAllowed(_("There is an account with this address. Sign in first, then accept."))
    person, _new = open_account(email=current.email, name=name, language=language)
    person.name, person.language = name, language
    person.set_password(password)
    person.save(update_fields=["name", "language", "password"])
    confirm_address(person=person)
    if not EmailAddress.objects.filter(user=person, verified=True).exists():
        raise PermissionDenied
    return person, _accepted(current, person)


@transaction.atomic
def decline_invitation(*, invitation: Invitation) -> Invitation:
    """Whoever holds the letter says no; the organisation is told."""
    current = _locked(invitation)
    if not current.is_open:
        raise NotAllowed(_("This invitation is no longer open. Ask for a new one."))
    current.state = InvitationState.DECLINED
    current.save(update_fields=["state"])
    _tell_team("network.invitation_declined", current)
    return current


@transaction.atomic
def ask_anew(*, invitation: Invitation) -> bool:
    """Tell the organisation that its dead invitation is wanted again; once a day.

    Whether it was told now.
    """
    current = _locked(invitation)
    now = timezone.now()
    if current.is_open or (
        current.asked_again_at is not None and now - current.asked_again_at < BETWEEN_ASKING
    ):
        return False
    current.asked_again_at = now
    current.save(update_fields=["asked_again_at"])
    _tell_team("network.invitation_wanted", current)
    return True


def _tell_team(kind: str, invitation: Invitation) -> None:
    """Tell those who decide for the organisation; where nobody does, the secretariat."""
    tell(
        kind,
        people=queries.whom_to_ask(invitation.organisation),
        record=invitation.organisation,
        url=address("network:team", invitation.organisation_id),
        invited=invitation.name,
    )
