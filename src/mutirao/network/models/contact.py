"""What visitors write to organisations and units, who are not named on public pages."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mutirao.core.languages import LanguageChoices
from mutirao.core.states import label_of

from ..states import MessageState
from .organisations import Organisation
from .units import Unit


# Texts and addresses of strangers stay out of the history: they are deleted when their time is up.
@pghistory.track(exclude=["name", "email", "subject", "text", "sender"])
class ContactMessage(models.Model):
    """A message of the contact form, to an organisation or to a unit.

    `sender` is a keyed hash of the network address it came from; `key` the form it was sent with,
    so that sending twice is one message. Deleted after `MUTIRAO_CONTACT_DAYS`.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), max_length=254)
    subject = models.CharField(_("subject"), max_length=160)
    text = models.TextField(_("message"), max_length=4000)
    language = models.CharField(max_length=2, choices=LanguageChoices, default="pt")
    sender = models.CharField(max_length=64, db_index=True)
    # Those it was sent to on that day, so that a unit's former coordination keeps nothing new.
    recipients = models.ManyToManyField(Organisation, blank=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.NEW, db_index=True
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, unit__isnull=True)
                | Q(organisation__isnull=True, unit__isnull=False),
                name="contact_message_to_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values), name="contact_message_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return label_of(MessageState, self.state)

    @property
    def target(self) -> Organisation | Unit:
        """To whom it was written."""
        target = self.organisation or self.unit
        assert target is not None  # the database guarantees it
        return target
