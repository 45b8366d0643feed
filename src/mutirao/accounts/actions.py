"""What happens to accounts."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction

from .models import User


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
    person = User.objects.create_user(email, name=name, language=language)
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
    return person, True


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
