"""Who belongs to the network, and whose rights rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.happenings import tell
from mutirao.core.models import NotAllowed
from mutirao.core.templatetags.mutirao import day

from .. import queries
from ..acting import Actor
from ..models import Act, Mandate, Member, Membership, Organisation, Suspension
from .common import ended, only_the_secretariat, overlapping, period, refusals

Fields = Mapping[str, Any]


@transaction.atomic
def admit(
    *, by: Actor, organisation: Organisation, starts_on: date, act: Fields | None = None
) -> Member:
    """Admit an organisation to the network, again or for the first time, from that day on.

    `act` are the fields of the `Act` behind it, if there is one.
    """
    only_the_secretariat(by)
    there = overlapping(organisation.admissions.all(), starts_on, None)
    facts = {"organisation": organisation, "period": period(there) if there else ""}
    taken = _("%(organisation)s is a member %(period)s already.") % facts
    with refusals(member_once_at_a_time=taken):
        member = Member.objects.create(
            organisation=organisation, starts_on=starts_on, admitted_by=_kept(act)
        )
    _say("network.admitted", organisation, by, day=starts_on)
    return member


@transaction.atomic
def suspend(
    *,
    by: Actor,
    member: Member,
    starts_on: date,
    ends_on: date | None = None,
    reason: str = "",
    act: Fields | None = None,
) -> Suspension:
    """The rights of a member rest from that day on, until `ends_on` (included) or until lifted.

    Raises NotAllowed for days outside the admission or within another suspension.
    """
    only_the_secretariat(by)
    member = _held(member)
    if ends_on and ends_on < starts_on:
        raise NotAllowed(_("The last day cannot come before the first."))
    ends_on = ends_on or member.ends_on
    there = overlapping(member.suspensions.all(), starts_on, ends_on)
    facts = {"organisation": member.organisation, "period": period(there) if there else ""}
    with refusals(
        suspension_once_at_a_time=_("%(organisation)s is suspended %(period)s already.") % facts,
        suspension_inside_admission=_("These days lie outside the admission, %(period)s.")
        % {"period": period(member)},
    ):
        suspension = Suspension.objects.create(
            member=member,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason,
            decided_by=_kept(act),
        )
    _say("network.suspended", member.organisation, by, day=starts_on)
    return suspension


@transaction.atomic
def lift(
    *, by: Actor, suspension: Suspension, ends_on: date, act: Fields | None = None
) -> Suspension:
    """A suspension ends; `ends_on` is its last day."""
    only_the_secretariat(by)
    member = _held(suspension.member)
    suspension = ended(suspension, ends_on)
    suspension.lifted_by = _kept(act)
    suspension.save(update_fields=["lifted_by"])
    _say("network.lifted", member.organisation, by, day=ends_on + timedelta(days=1))
    return suspension


@transaction.atomic
def end_member(
    *,
    by: Actor,
    member: Member,
    ends_on: date,
    act: Fields | None = None,
    with_mandates: bool = False,
) -> Member:
    """An organisation leaves the network; `ends_on` is its last day as a member.

    Its mandates that go on later end with it, if `with_mandates` says that this is meant; a
    suspension ends too. What it promised stays. Raises NotAllowed naming the mandates otherwise.
    """
    only_the_secretariat(by)
    member = _held(member)
    if ends_on < member.starts_on:
        first = day(member.starts_on, "medium")
        raise NotAllowed(_("The last day cannot come before the first, %(day)s.") % {"day": first})
    _end_mandates(queries.mandates_after(member.organisation, ends_on), ends_on, with_mandates)
    _end_suspensions(member, ends_on)
    member.left_by = _kept(act)
    member.save(update_fields=["left_by"])
    member = ended(member, ends_on)
    _say("network.left", member.organisation, by, day=ends_on)
    return member


def _held(member: Member) -> Member:
    """The admission under lock: what happens within it is decided one act at a time."""
    return (
        Member.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=member.pk)
    )


def _end_mandates(held: QuerySet[Mandate], ends_on: date, meant: bool) -> None:
    """Mandates end on that day; one that has not begun by then is given back."""
    mandates = list(held)
    if mandates and not meant:
        names = "; ".join(f"{m.get_office_display()}, {m.unit} ({m.term})" for m in mandates)
        raise NotAllowed(
            _("It holds mandates after that day: %(mandates)s. Say that they end too.")
            % {"mandates": names}
        )
    for mandate in mandates:
        if mandate.starts_on <= ends_on:
            ended(mandate, ends_on)
            continue
        try:
            mandate.delete()
        except ProtectedError as error:
            raise NotAllowed(
                _("The mandate %(mandate)s has not begun, but other records rest on it.")
                % {"mandate": mandate}
            ) from error


def _end_suspensions(member: Member, ends_on: date) -> None:
    for suspension in member.suspensions.all():
        if suspension.starts_on > ends_on:
            suspension.delete()
        elif suspension.ends_on is None or suspension.ends_on > ends_on:
            ended(suspension, ends_on)


def _kept(fields: Fields | None) -> Act | None:
    """The act, made; its file under a name that tells nothing."""
    if not fields:
        return None
    act = Act(**{name: value for name, value in fields.items() if name != "file"})
    if file := fields.get("file"):
        act.file.save(f"{uuid4()}{PurePath(file.name).suffix.lower()}", file, save=False)
    act.save()
    return act


def _say(kind: str, organisation: Organisation, by: Actor, **facts: Any) -> None:
    """Tell those who act for the organisation, and who follows it."""
    live = queries.live_on(timezone.localdate())
    people = Membership.objects.filter(live, organisation=organisation)
    tell(
        kind,
        people=people.values_list("person_id", flat=True),
        record=organisation,
        by=by,
        followers=True,
        **facts,
    )
