"""Who belongs to the network."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ..acting import Actor
from ..models import (
    Member,
    Organisation,
)
from .common import ended, only_the_secretariat, overlapping, period, refusals


@transaction.atomic
def admit(*, by: Actor, organisation: Organisation, starts_on: date) -> Member:
    """Admit an organisation to the network from that day on."""
    only_the_secretariat(by)
    there = overlapping(organisation.admissions.all(), starts_on, None)
    facts = {"organisation": organisation, "period": period(there) if there else ""}
    taken = _("%(organisation)s is a member %(period)s already.") % facts
    with refusals(member_once_at_a_time=taken):
        return Member.objects.create(organisation=organisation, starts_on=starts_on)


@transaction.atomic
def end_member(*, by: Actor, member: Member, ends_on: date) -> Member:
    """An organisation leaves the network; `ends_on` is its last day as a member."""
    only_the_secretariat(by)
    return ended(member, ends_on)
