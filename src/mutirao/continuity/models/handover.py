"""What passed to whom when somebody left an organisation."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.states import label_of

from ..states import HandOverKind


@pghistory.track()
class HandOver(models.Model):
    """A hand-over, as it was done: its `sheet` is kept as it stood, whatever happens after.

    `sheet` is a list of lines: kind (a key of `states.Kept`), id, title, language, detail (facts
    as text, number or {pt, es, en}), to (id of a person, or None: the organisation's desk),
    to_name. `newcomer` is an invitation not yet accepted: whoever accepts takes over what still
    lies on the desk from this hand-over.
    """

    membership = models.ForeignKey(
        "network.Membership", on_delete=models.PROTECT, related_name="hand_overs"
    )
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="hand_overs"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    newcomer = models.ForeignKey(
        "network.Invitation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hand_overs",
    )
    kind = models.CharField(max_length=10, choices=HandOverKind.choices)
    last_day = models.DateField(_("last day"))
    word = models.TextField(_("a word to whoever goes on"), blank=True, max_length=4000)
    sheet = models.JSONField(default=list)
    follows = models.PositiveIntegerField(default=0)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

    def get_absolute_url(self) -> str:
        return address("continuity:handover", self.pk)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(HandOverKind, self.kind)
