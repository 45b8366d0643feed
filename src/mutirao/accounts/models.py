"""A person who can sign in. What they may do comes from memberships (`network`)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices
from mutirao.core.models import blank_label
from mutirao.core.states import label_of

from .states import TextKind


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a person; without a password they can only enter by a reset or the demonstration."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


@pghistory.track(exclude=["password", "last_login", "owes_consent"])
class User(AbstractBaseUser):
    """A person. `time_zone` is an IANA name, empty for the network's; `language` pt, es or en.

    An erased account has no name: its acts stand as those of "a person", in the reader's language.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, choices=LanguageChoices, default="pt")
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # The demonstration's one-click sign-in admits these accounts only.
    is_sample = models.BooleanField(default=False)
    # A text the person has not agreed to waits for them; kept here so that asking costs no query.
    owes_consent = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.name or gettext("a person")

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> User:
        """What shows `person.name` shows "a person" for an erased account."""
        person = super().from_db(db, field_names, values, **more)
        if person.__dict__.get("name") == "":
            person.name = gettext("a person")
        return person

    def get_full_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        from django.contrib.auth import models as auth

        return self.is_active and auth._user_has_perm(self, perm, obj)  # type: ignore[attr-defined]


class Device(models.Model):
    """A browser in which a person signed in: what it carries is known here by its hash only."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    key = models.CharField(max_length=64)
    browser = models.CharField(_("browser"), max_length=60, blank=True)
    first_seen_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    last_seen_at = models.DateTimeField(_("last seen"), auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="device_once")]

    def __str__(self) -> str:
        return self.browser


@pgtrigger.register(
    pgtrigger.Protect(name="consent_text_stays", operation=pgtrigger.Update | pgtrigger.Delete)
)
@pghistory.track()
class ConsentText(models.Model):
    """One version of what people agree to. It is never changed: a new one follows it.

    `text` holds {pt, es, en}; `asks`: everybody is asked to agree again at their next visit.
    """

    kind = models.CharField(_("text"), max_length=8, choices=TextKind.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.JSONField(default=blank_label)
    asks = models.BooleanField(_("everybody is asked to agree again"), default=False)
    published_at = models.DateTimeField(_("published"), auto_now_add=True)

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="consent_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    def get_absolute_url(self) -> str:
        return address("consent_version", self.kind, self.version)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(TextKind, self.kind)


class Consent(models.Model):
    """A person agreed to a version of a text."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(_("agreed on"), auto_now_add=True)

    class Meta:
        ordering = ["-given_at"]
        constraints = [models.UniqueConstraint(fields=["person", "text"], name="consent_once")]

    def __str__(self) -> str:
        return str(self.text)
