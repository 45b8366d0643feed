"""The secretariat prepares an assembly, announces it, and concludes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from mutirao.core.happenings import tell
from mutirao.core.models import Conflict, NotAllowed
from mutirao.network.acting import Actor
from mutirao.network.models import Unit

from .. import queries
from ..models import Assembly, Election
from ..states import STANDING, TRANSITIONS, State
from .common import checked, deciders, locked_assembly

Office = tuple[Unit, str, int]


@transaction.atomic
def save_assembly(
    *, by: Actor, assembly: Assembly | None = None, version: int | None = None, **fields: Any
) -> Assembly:
    """Open an assembly, or change one; `fields` are the model's.

    A new one proposes the offices to fill. Raises PermissionDenied; Conflict when it was saved
    since `version`; NotAllowed once the vote has begun, or for a term with candidacies.
    """
    checked("assembly.manage", by, assembly)
    if assembly is None:
        made = Assembly.objects.create(**fields)
        _propose(made)
        return made
    current = locked_assembly(assembly)
    if current.version != version:
        raise Conflict(current)
    _changeable(current)
    if fields.get("term", current.term) != current.term and _stood_in(current):
        raise NotAllowed(_("Cities already stand for that term; it stays."))
    for name, value in fields.items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    return current


def _propose(assembly: Assembly) -> None:
    last = (
        type(assembly.term)
        .objects.filter(starts_on__lt=assembly.term.starts_on)
        .order_by("-starts_on")
        .first()
    )
    Election.objects.bulk_create(
        Election(assembly=assembly, unit=unit, office=office, seats=seats)
        for unit, office, seats in queries.proposed_offices(last)
    )


def _changeable(assembly: Assembly) -> None:
    if assembly.state == State.CONCLUDED:
        raise NotAllowed(_("The assembly is concluded; it stays as it was."))
    if assembly.vote_has_begun():
        raise NotAllowed(_("The vote has begun; nothing about it can be changed any more."))


def _stood_in(assembly: Assembly) -> bool:
    return assembly.elections.filter(candidacies__isnull=False).exists()


@transaction.atomic
def set_offices(*, assembly: Assembly, offices: Iterable[Office], by: Actor) -> Assembly:
    """Say which offices are to be filled. One with a candidacy cannot be taken out."""
    checked("assembly.manage", by, assembly)
    current = locked_assembly(assembly)
    _changeable(current)
    there = {(one.unit_id, one.office): one for one in current.elections.all()}
    wanted = {(unit.pk, office): (unit, seats) for unit, office, seats in offices}
    for key, election in there.items():
        if key in wanted:
            continue
        if election.candidacies.exists():
            raise NotAllowed(_("Cities stand for “%s”; it stays.") % election)
        election.delete()
    for (_unit, office), (unit, seats) in wanted.items():
        known = there.get((unit.pk, office))
        if known is None:
            Election.objects.create(assembly=current, unit=unit, office=office, seats=seats)
        elif known.seats != seats:
            known.seats = seats
            known.save(update_fields=["seats"])
    return current


@transaction.atomic
def announce(*, assembly: Assembly, by: Actor) -> Assembly:
    """Members see it from now on, and those who may bind them are told."""
    checked("assembly.manage", by, assembly)
    current = _moved(locked_assembly(assembly), State.ANNOUNCED)
    if not current.elections.exists():
        raise NotAllowed(_("Say first which offices are to be filled."))
    current.save(update_fields=["state"])
    tell(
        "assembly.announced",
        people=deciders(queries.roll(current).values("pk")),
        record=current,
        by=by,
        first=current.candidacies_from,
        last=current.candidacies_until,
    )
    if current.is_held_here and current.opens_at and current.opens_at > timezone.now():
        # By its name: tasks call actions, never the other way round.
        app.configure_task("assembly.tell_vote", schedule_at=current.opens_at).defer(
            assembly=current.pk
        )
    return current


def tell_vote(*, assembly: Assembly) -> None:
    """The vote is open: say so to whoever may cast a member's vote. Silent at any other time."""
    if assembly.is_voting():
        tell(
            "assembly.vote",
            people=deciders(queries.roll(assembly).values("pk")),
            record=assembly,
            closes=assembly.closes_there,
        )


@transaction.atomic
def prepare_again(*, assembly: Assembly, by: Actor) -> Assembly:
    """Take an announced assembly back, while nobody stands."""
    checked("assembly.manage", by, assembly)
    current = locked_assembly(assembly)
    _changeable(current)
    _moved(current, State.PREPARING)
    if _stood_in(current):
        raise NotAllowed(_("Cities already stand; the assembly stays announced."))
    current.save(update_fields=["state"])
    return current


@transaction.atomic
def conclude(*, assembly: Assembly, by: Actor) -> Assembly:
    """The result is complete: from now on everyone reads it. An office nobody stood for is vacant.

    Raises NotAllowed while an office somebody stands for is not decided.
    """
    checked("assembly.manage", by, assembly)
    current = _moved(locked_assembly(assembly), State.CONCLUDED)
    open_ones = current.elections.filter(how="", candidacies__state__in=STANDING).distinct()
    if first := open_ones.select_related("unit").first():
        raise NotAllowed(_("“%s” is not decided yet.") % first)
    current.save(update_fields=["state"])
    tell("assembly.concluded", record=current, by=by, followers=True)
    return current


def _moved(assembly: Assembly, to: str) -> Assembly:
    if to not in TRANSITIONS[assembly.state]:
        raise NotAllowed(
            _("The assembly is %(state)s now; this step is not possible any more.")
            % {"state": assembly.get_state_display()}
        )
    assembly.state = to
    return assembly


@transaction.atomic
def add_minutes(*, assembly: Assembly, file: File, filename: str, kind: str, by: Actor) -> Assembly:
    """Keep the assembly's minutes, of the recognised `kind`; a later file takes their place."""
    checked("assembly.manage", by, assembly)
    current = locked_assembly(assembly)
    current.minutes.save(f"{uuid4().hex}.{kind}", file, save=False)
    current.minutes_name = filename[-160:]
    current.save(update_fields=["minutes", "minutes_name"])
    return current
