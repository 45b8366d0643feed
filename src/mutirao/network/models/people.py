"""Who acts for whom."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.utils.translation import gettext_lazy as _

from mutirao.core.states import label_of

from ..states import Role
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
