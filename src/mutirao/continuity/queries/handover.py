"""What a person holds for an organisation, and who may go on with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mutirao.accounts.models import User
from mutirao.commitments.models import NO_DUE_LAST, Commitment
from mutirao.commitments.states import OPEN
from mutirao.intake.models import Draft
from mutirao.intake.states import OPEN as DRAFTS_OPEN
from mutirao.meetings.models import Event
from mutirao.meetings.queries import coming
from mutirao.network.acting import Actor
from mutirao.network.models import Invitation, Membership, Organisation
from mutirao.network.queries import live_on, unanswered
from mutirao.network.states import DECIDING_ROLES, WRITING_ROLES, RequestState
from mutirao.notices.models import Follow
from mutirao.plans.models import Plan
from mutirao.plans.states import BEING_WRITTEN

from ..models import HandOver
from ..states import Kept

# Those who left longer ago and hold nothing are of no news to anybody.
NEWS_DAYS = 30


@dataclass
class Held:
    """One thing somebody holds: as a line of the sheet, before it passes."""

    kind: str
    record: Any
    title: str
    language: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.record.pk}"

    @property
    def url(self) -> str:
        return getattr(self.record, "get_absolute_url", lambda: "")()


def visible_to(actor: Actor) -> QuerySet[HandOver]:
    """Hand-overs of the organisation acted for, for those who write; the secretariat sees all."""
    rows = HandOver.objects.select_related("organisation", "person", "successor", "done_by")
    if actor.is_secretariat:
        return rows
    return (
        rows.filter(organisation_id=actor.organisation_id or 0) if actor.may_write else rows.none()
    )


def handovers_of(organisation: Organisation) -> QuerySet[HandOver]:
    return HandOver.objects.filter(organisation=organisation).select_related("person", "successor")


def held_by(membership: Membership) -> list[Held]:
    """All that a person holds for the organisation of `membership`, in the order of the sheet."""
    person, organisation = membership.person, membership.organisation
    lines = [_commitment(row) for row in _commitments(person, organisation)]
    lines += [Held(Kept.DRAFT, row, row.filename) for row in _drafts(person, organisation)]
    lines += [
        Held(Kept.PLAN, row, row.title, row.language, {"unit": row.unit.name})
        for row in _plans(person, organisation)
    ]
    lines += [_event(row) for row in coming(_events(organisation))]
    if membership.role in DECIDING_ROLES:
        lines += [
            Held(Kept.INVITATION, row, row.name)
            for row in unanswered(organisation).filter(invited_by=person)
        ]
        asking = organisation.membership_requests.filter(state=RequestState.OPEN)
        lines += [
            Held(Kept.REQUEST, row, row.person.name) for row in asking.select_related("person")
        ]
    return lines


def _commitments(person: User, organisation: Organisation) -> QuerySet[Commitment]:
    return (
        Commitment.objects.filter(people=person, owner=organisation, state__in=OPEN)
        .select_related("unit")
        .prefetch_related("steps")
        .order_by(NO_DUE_LAST, "pk")
    )


def _drafts(person: User, organisation: Organisation) -> QuerySet[Draft]:
    rows = Draft.objects.filter(keeper=person, organisation=organisation, state__in=DRAFTS_OPEN)
    return rows.defer("lines", "reading", "edited").order_by("pk")


def _plans(person: User, organisation: Organisation) -> QuerySet[Plan]:
    """Plans its organisation is writing in which the person wrote, says their history."""
    wrote = Plan.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id=OuterRef("pk"), pgh_context__metadata__user=person.pk
    )
    rows = Plan.objects.filter(presented_by=organisation, state__in=BEING_WRITTEN)
    return rows.filter(Exists(wrote)).select_related("unit").order_by("pk")


def _events(organisation: Organisation) -> QuerySet[Event]:
    return Event.objects.filter(organisation=organisation, cancelled=False).order_by(
        "starts_on", "pk"
    )


def _commitment(row: Commitment) -> Held:
    steps = [step.text for step in row.steps.all() if step.done_on is None]
    detail: dict[str, Any] = {"steps": steps, "progress": row.progress}
    if row.due_on:
        detail |= {"due_on": row.due_on.isoformat(), "late": row.is_late}
    if row.unit:
        detail["unit"] = row.unit.name
    return Held(Kept.COMMITMENT, row, row.title, row.language, detail)


def _event(row: Event) -> Held:
    when = row.starts_on.isoformat() if row.starts_on else ""
    return Held(Kept.EVENT, row, row.title, row.language, {"on": when} if when else {})


def follows(membership: Membership) -> int:
    """How many records the person follows for the organisation."""
    return Follow.objects.filter(
        person=membership.person, organisation=membership.organisation
    ).count()


def holds_anything(membership: Membership) -> bool:
    """Whether the person is named on anything of the organisation."""
    person, organisation = membership.person, membership.organisation
    return _commitments(person, organisation).exists() or _drafts(person, organisation).exists()


def successors(membership: Membership) -> tuple[list[Membership], list[Invitation]]:
    """Who may go on: colleagues who write for the organisation, and those invited to."""
    colleagues = (
        Membership.objects.filter(
            live_on(timezone.localdate()),
            organisation=membership.organisation,
            role__in=WRITING_ROLES,
            person__is_active=True,
        )
        .exclude(person=membership.person)
        .select_related("person")
        .order_by("person__name")
    )
    invited = unanswered(membership.organisation).filter(
        role__in=WRITING_ROLES, expires_at__gt=timezone.now()
    )
    return list(colleagues), list(invited)


def ended_without_handover(today: date) -> list[Membership]:
    """Memberships that ended and left something behind, or nobody was told of.

    Whoever acts for the same organisation in another role holds on to what they hold.
    """
    again = Membership.objects.filter(
        live_on(today), person=OuterRef("person"), organisation=OuterRef("organisation")
    )
    done = HandOver.objects.filter(membership=OuterRef("pk"))
    named = Commitment.people.through.objects.filter(
        user=OuterRef("person"),
        commitment__owner=OuterRef("organisation"),
        commitment__state__in=OPEN,
    )
    drafts = Draft.objects.filter(
        keeper=OuterRef("person"), organisation=OuterRef("organisation"), state__in=DRAFTS_OPEN
    )
    recent = Q(ends_on__gte=today - timedelta(days=NEWS_DAYS)) & ~Exists(done)
    rows = (
        Membership.objects.filter(ends_on__lt=today)
        .filter(~Exists(again))
        .filter(recent | Exists(named) | Exists(drafts))
        .select_related("person", "organisation")
        .order_by("person_id", "organisation_id", "-ends_on")
        .distinct("person_id", "organisation_id")  # the last role a person had there
    )
    return list(rows)
