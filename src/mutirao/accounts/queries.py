"""What is known of an account."""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from .models import Consent, ConsentText, Device, User

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(person: str) -> Exists:
    """An expression: the account in field `person` of the row has an app's codes or a passkey.

    A part of a query that is made anyway: asking costs a request no query of its own.
    """
    return Exists(Authenticator.objects.filter(user=OuterRef(person), type__in=SECOND_FACTORS))


@dataclass
class Security:
    """How an account is kept safe. `codes_left` of the recovery codes, None without any."""

    has_password: bool
    app: Authenticator | None = None
    passkeys: list[Authenticator] = field(default_factory=list)
    codes_left: int | None = None
    sessions: int = 0

    @property
    def has_second_factor(self) -> bool:
        return bool(self.app or self.passkeys)

    @property
    def is_complete(self) -> bool:
        return self.has_second_factor and bool(self.codes_left)


def security(person: User) -> Security:
    """Two queries."""
    state = Security(has_password=person.has_usable_password())
    for found in Authenticator.objects.filter(user=person).order_by("created_at"):
        if found.type == Authenticator.Type.TOTP:
            state.app = found
        elif found.type == Authenticator.Type.WEBAUTHN:
            state.passkeys.append(found)
        else:
            state.codes_left = len(found.wrap().get_unused_codes())
    state.sessions = live_sessions(person).count()
    return state


def live_sessions(person: User) -> QuerySet[UserSession]:
    """The browsers in which the person is signed in now; the last seen first."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(user=person, session_key__in=live).order_by("-last_seen_at")


def knows_device(email: str, key: str) -> bool:
    """Somebody signed in to the account of that address in that browser before."""
    return Device.objects.filter(person__email__iexact=email, key=key).exists()


def current_texts() -> list[ConsentText]:
    """The version in force of each text; one query."""
    return list(ConsentText.objects.order_by("kind", "-version").distinct("kind"))


def owed_texts(person: User) -> list[ConsentText]:
    """The versions in force the person has to agree to: never agreed, or asked for again since."""
    agreed = dict(
        Consent.objects.filter(person=person)
        .values_list("text__kind")
        .annotate(version=Max("text__version"))
    )
    asking = ConsentText.objects.filter(asks=True).values_list("kind", "version")
    return [
        text
        for text in current_texts()
        if text.kind not in agreed
        or any(kind == text.kind and version > agreed[kind] for kind, version in asking)
    ]
