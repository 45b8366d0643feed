"""What happens to accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import rules
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from mutirao.core.happenings import tell
from mutirao.letters import actions as letters

from .. import queries
from ..browsers import browser_of
from ..models import Consent, ConsentText, Device, User


@transaction.atomic
def open_account(*, email: str, name: str, language: str) -> tuple[User, bool]:
    """The account of that e-mail address, opened now if there is none; and whether it was.

    A new account has no password: its person chooses one through "forgot your password", which
    also proves the address. Whoever calls has checked that the actor may open accounts.
    """
    email = email.strip().lower()
    known = User.objects.filter(email__iexact=email).first()
    if known:
        return known, False
    # Whoever was registered by others agrees at the first visit.
    person = User.objects.create_user(email, name=name, language=language, owes_consent=True)
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
    return person, True


@transaction.atomic
def open_from_service(*, person: User, name: str, language: str) -> User:
    """An account opened by a first sign-in with another service; it agrees at the first visit."""
    person.name, person.language, person.owes_consent = name, language, True
    person.save(update_fields=["name", "language", "owes_consent"])
    return person


@transaction.atomic
def complete_sign_up(*, person: User, name: str, language: str, texts: list[int]) -> User:
    """A person opened an account of their own and agreed to `texts` (ids) by doing so."""
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    agree(person=person, texts=texts)
    return person


@transaction.atomic
def save_settings(*, person: User, name: str, language: str, time_zone: str) -> User:
    """Keep a person's own settings."""
    person = User.objects.select_for_update().get(pk=person.pk)
    person.name, person.language, person.time_zone = name, language, time_zone
    person.save(update_fields=["name", "language", "time_zone"])
    return person


@transaction.atomic
def confirm_address(*, person: User) -> None:
    """The person opened a link that was sent to their address, so the address is theirs.

    Without this, a first password chosen through such a link would be followed by a second
    mail. Nothing changes when any address of the account is confirmed already: the link may
    then have gone to another one.
    """
    addresses = EmailAddress.objects.filter(user=person)
    if not addresses.filter(verified=True).exists():
        addresses.filter(email__iexact=person.email).update(verified=True)


@transaction.atomic
def end_sessions(*, person: User, but: str | None = None) -> int:
    """Sign the person out of every browser, `but` (a session key) excepted; how many there were."""
    ended = list(UserSession.objects.filter(user=person).exclude(session_key=but or ""))
    for session in ended:
        session.end()
    return len(ended)


@transaction.atomic
def note_device(*, person: User, key: str, user_agent: str) -> bool:
    """Remember that the person signed in in that browser; and whether it was new to them.

    They are told of a new one, though not of the first they ever use.
    """
    first = not person.devices.exists()
    browser = browser_of(user_agent)[:60]
    device, new = Device.objects.get_or_create(
        person=person, key=key, defaults={"browser": browser}
    )
    if not new:
        device.browser = browser
        device.save(update_fields=["browser", "last_seen_at"])
    elif not first:
        tell(
            "accounts.new_device",
            people=[person.pk],
            url=reverse("usersessions_list"),
            browser=browser or "?",
            when=timezone.now(),
        )
    return new


@transaction.atomic
def agree(*, person: User, texts: list[int]) -> list[Consent]:
    """The person agrees to these versions (ids of `ConsentText`); twice changes nothing."""
    person = User.objects.select_for_update().get(pk=person.pk)
    given = [
        Consent.objects.get_or_create(person=person, text=text)[0]
        for text in ConsentText.objects.filter(pk__in=texts)
    ]
    if person.owes_consent and not queries.owed_texts(person):
        person.owes_consent = False
        person.save(update_fields=["owes_consent"])
    return given


@transaction.atomic
def publish_text(*, by: Any, kind: str, text: Mapping[str, str], asks: bool) -> ConsentText:
    """A new version of a text comes into force now; with `asks`, everybody is asked to agree.

    Former versions stay readable. Raises PermissionDenied for anybody but the secretariat.
    """
    if not rules.test_rule("accounts.publish_text", by):
        raise PermissionDenied
    last = ConsentText.objects.filter(kind=kind).aggregate(last=Max("version"))["last"] or 0
    made = ConsentText.objects.create(kind=kind, version=last + 1, text=dict(text), asks=asks)
    if asks:
        User.objects.filter(is_active=True, is_sample=False).update(owes_consent=True)
    return made


@transaction.atomic
def forget_second_factor(*, person: User) -> int:
    """Remove passkeys, app and recovery codes, and end every session; how many were removed.

    For the operator, who has made sure who asks. The person is written to.
    """
    removed = Authenticator.objects.filter(user=person).delete()[0]
    end_sessions(person=person)
    if removed:
        letters.post(
            to=person.email,
            template="account/email/second_factor_reset",
            context={},
            language=person.language,
        )
    return removed
