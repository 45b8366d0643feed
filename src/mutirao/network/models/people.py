"""Who acts for whom."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutirao.core.languages import LanguageChoices
from mutirao.core.states import label_of

from ..states import InvitationState, RequestState, Role
from .common import ENDS_AFTER_START, days, same
from .organisations import Organisation


@pghistory.track()
class Membership(models.Model):
    """A person acts for an organisation, in a role, from one day to another (included)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="membership_ends_after_start"),
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[same("person_id"), same("organisation_id"), days()],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Role, self.role)


# Whom nobody knows yet is in the invitation only, and deleted with it.
@pghistory.track(exclude=["token_hash", "email", "name", "message"])
class Invitation(models.Model):
    """A person is asked, at an address, to act for an organisation; good once, for some days.

    The token in the letter is kept as its SHA-256 only. `starts_on` empty: from the day it is
    accepted.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, choices=LanguageChoices)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    message = models.TextField(_("message"), blank=True, max_length=1000)
    state = models.CharField(
        max_length=10, choices=InvitationState.choices, default=InvitationState.OPEN
    )
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    sent_times = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    asked_again_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    membership = models.OneToOneField(
        Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=Q(state="open"),
                name="invitation_open_once_per_address",
            ),
            models.CheckConstraint(
                condition=Q(state__in=InvitationState.values), name="invitation_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.organisation}"

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Role, self.role)

    @property
    def is_expired(self) -> bool:
        """Too late to be accepted, though nobody answered it or took it back."""
        return self.state == InvitationState.OPEN and self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        return self.state == InvitationState.OPEN and not self.is_expired

    @property
    def standing(self) -> str:
        """The word shown: the state, or "expired"."""
        return "expired" if self.is_expired else self.state

    @property
    def standing_label(self) -> str:
        return label_of(InvitationState, self.standing)


@pghistory.track()
class MembershipRequest(models.Model):
    """A person asks to act for an organisation, which confirms or declines."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership_requests"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="membership_requests"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    message = models.TextField(_("message"), blank=True, max_length=1000)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    membership = models.OneToOneField(
        Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="request"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(state="open"),
                name="membership_request_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="membership_request_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Role, self.role)

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return label_of(RequestState, self.state)
