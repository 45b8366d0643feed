"""Who belongs to the network, whose rights rest, and the documents that say so."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.utils.translation import gettext_lazy as _

from mutirao.core.states import label_of

from ..states import ActKind
from .common import ENDS_AFTER_START, days, same
from .organisations import Organisation


@pghistory.track()
class Act(models.Model):
    """The document behind an admission, a suspension or a leaving; for members to read."""

    kind = models.CharField(_("document"), max_length=12, choices=ActKind.choices)
    number = models.CharField(_("number or name"), max_length=80, blank=True)
    signed_on = models.DateField(_("date of the document"), null=True, blank=True)
    link = models.URLField(_("link to the document"), blank=True, max_length=500)
    file = models.FileField(upload_to="acts/%Y/%m", max_length=200, blank=True)

    def __str__(self) -> str:
        return " ".join(part for part in (self.get_kind_display(), self.number) if part)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label_of(ActKind, self.kind)


def _unless(holds: str, name: str) -> str:
    """PL/pgSQL of a trigger that refuses a row, under a constraint's name, unless `holds`."""
    return f"""
        IF NOT ({holds}) THEN
            RAISE EXCEPTION 'violates {name}'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
        END IF;
        RETURN NULL;"""


@pghistory.track()
class Member(models.Model):
    """An organisation admitted to the network, from one day to another (included)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="admissions"
    )
    starts_on = models.DateField(_("admitted on"))
    ends_on = models.DateField(_("left on"), null=True, blank=True)
    admitted_by = models.ForeignKey(
        Act, null=True, blank=True, on_delete=models.PROTECT, related_name="admissions"
    )
    left_by = models.ForeignKey(
        Act, null=True, blank=True, on_delete=models.PROTECT, related_name="leavings"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="member_ends_after_start"),
            ExclusionConstraint(
                name="member_once_at_a_time", expressions=[same("organisation_id"), days()]
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_its_suspensions",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("starts_on", "ends_on"),
                func=_unless(
                    """NOT EXISTS (
                        SELECT 1 FROM network_suspension AS held WHERE held.member_id = NEW.id
                        AND NOT daterange(held.starts_on, held.ends_on, '[]')
                            <@ daterange(NEW.starts_on, NEW.ends_on, '[]'))""",
                    "suspension_inside_admission",
                ),
            )
        ]


@pghistory.track()
class Suspension(models.Model):
    """A member whose rights rest, from one day to another (included) or until it is lifted.

    Its people go on reading; it takes no new mandate and has no vote.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="suspensions")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    decided_by = models.ForeignKey(
        Act, null=True, blank=True, on_delete=models.PROTECT, related_name="suspensions"
    )
    lifted_by = models.ForeignKey(
        Act, null=True, blank=True, on_delete=models.PROTECT, related_name="liftings"
    )

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="suspension_ends_after_start"),
            ExclusionConstraint(
                name="suspension_once_at_a_time", expressions=[same("member_id"), days()]
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="inside_admission",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_unless(
                    """EXISTS (
                        SELECT 1 FROM network_member AS held WHERE held.id = NEW.member_id
                        AND daterange(NEW.starts_on, NEW.ends_on, '[]')
                            <@ daterange(held.starts_on, held.ends_on, '[]'))""",
                    "suspension_inside_admission",
                ),
            )
        ]
