"""The guide that opens the next term: what was chosen, step by step, until it is done."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.states import label_of
from mutirao.network.states import Office

from ..states import FILLED, Carry, OpeningState, Seat


@pghistory.track()
class Opening(models.Model):
    """One term is opened after another one. Work is carried over when the former has ended."""

    closing = models.ForeignKey("network.Term", on_delete=models.PROTECT, related_name="+")
    term = models.OneToOneField("network.Term", on_delete=models.PROTECT, related_name="opening")
    state = models.CharField(
        max_length=10, choices=OpeningState.choices, default=OpeningState.PREPARING
    )
    done_at = models.DateTimeField(null=True, blank=True)
    carried_at = models.DateTimeField(null=True, blank=True)
    # Who did it, for the words that are left where something is given up.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "network.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-term__starts_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(closing=F("term")), name="opening_of_another_term"),
            models.CheckConstraint(
                condition=Q(state=OpeningState.PREPARING)
                | Q(done_at__isnull=False, person__isnull=False, organisation__isnull=False),
                name="opening_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closing} → {self.term}"

    def get_absolute_url(self) -> str:
        return address("continuity:opening", self.pk)


@pghistory.track()
class SeatChoice(models.Model):
    """An office in the next term: `holder` has it now, `organisation` will."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="seats")
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=24, choices=Office.choices)
    holder = models.ForeignKey(
        "network.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    choice = models.CharField(
        _("in the next term"), max_length=10, choices=Seat.choices, default=Seat.UNDECIDED
    )
    organisation = models.ForeignKey(
        "network.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    elected = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=FILLED, organisation__isnull=False)
                | (~Q(choice__in=FILLED) & Q(organisation__isnull=True)),
                name="seat_filled_has_holder",
            )
        ]

    def get_office_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Office, self.office)


@pghistory.track()
class CarryChoice(models.Model):
    """What becomes of one unfinished commitment, or of an activity nobody promised anything for."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="carries")
    commitment = models.ForeignKey(
        "commitments.Commitment", null=True, on_delete=models.CASCADE, related_name="+"
    )
    activity = models.ForeignKey(
        "plans.Activity", null=True, on_delete=models.CASCADE, related_name="+"
    )
    choice = models.CharField(max_length=6, choices=Carry.choices, default=Carry.CARRY)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(commitment__isnull=False, activity__isnull=True)
                | Q(commitment__isnull=True, activity__isnull=False),
                name="carry_one_of_the_two",
            ),
            models.UniqueConstraint(
                fields=["opening", "commitment"], name="carry_once_per_commitment"
            ),
            models.UniqueConstraint(fields=["opening", "activity"], name="carry_once_per_activity"),
            models.CheckConstraint(
                condition=~Q(choice=Carry.DROP) | ~Q(reason=""), name="carry_drop_has_reason"
            ),
        ]
