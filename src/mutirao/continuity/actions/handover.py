"""Handing over: what somebody held passes to a colleague, or to the organisation's desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.accounts.models import User
from mutirao.commitments.actions import pass_on as pass_on_commitment
from mutirao.commitments.models import Commitment
from mutirao.commitments.states import OPEN
from mutirao.core.addresses import address
from mutirao.core.happenings import tell
from mutirao.core.models import NotAllowed
from mutirao.intake.actions import pass_on as pass_on_draft
from mutirao.intake.models import Draft
from mutirao.intake.states import OPEN as DRAFTS_OPEN
from mutirao.network.acting import Actor
from mutirao.network.actions import end_membership
from mutirao.network.models import Invitation, Membership
from mutirao.network.queries import deciders, live_on, whom_to_ask
from mutirao.network.states import WRITING_ROLES, InvitationState
from mutirao.notices.actions import pass_on_follows, remind_once

from .. import queries
from ..models import HandOver
from ..queries import Held
from ..states import GIVEN, NAMED, HandOverKind, Kept

REMIND_DAYS = (30, 7)
DESK = None


@transaction.atomic
def hand_over(
    *,
    by: Actor,
    membership: Membership,
    last_day: date,
    successor: User | None = None,
    newcomer: Invitation | None = None,
    apart: Mapping[str, User | None] | None = None,
    word: str = "",
) -> HandOver:
    """End a membership on `last_day` and pass on, now, what its person held.

    Everything goes to `successor`, or lies on the organisation's desk (for whoever accepts
    `newcomer`, if given); `apart` names lines that go elsewhere: key of a `Held` → person, or None
    for the desk. What is taken on until the last day is passed on the night after it. Raises
    PermissionDenied, and NotAllowed for a person who does not write for the organisation.
    """
    current = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("person", "organisation")
        .get(pk=membership.pk)
    )
    if not rules.test_rule("network.end_membership", by, current):
        raise PermissionDenied
    apart = dict(apart or {})
    _check_takers(current, [successor, *apart.values()], newcomer)
    end_membership(by=by, membership=current, ends_on=last_day)
    done = _pass_on(
        current,
        HandOver(
            kind=HandOverKind.HANDED,
            last_day=last_day,
            successor=successor,
            newcomer=newcomer,
            word=word,
            done_by=by.person,
        ),
        apart,
    )
    _tell_those_who_go_on(done, by)
    return done


def _check_takers(
    membership: Membership, people: Iterable[User | None], newcomer: Invitation | None
) -> None:
    wanted = {person.pk for person in people if person is not None}
    may = set(
        Membership.objects.filter(
            live_on(timezone.localdate()),
            organisation=membership.organisation,
            role__in=WRITING_ROLES,
            person_id__in=wanted,
        )
        .exclude(person=membership.person)
        .values_list("person_id", flat=True)
    )
    fits = newcomer is None or (
        newcomer.organisation_id == membership.organisation_id
        and newcomer.is_open
        and newcomer.role in WRITING_ROLES
    )
    if wanted - may or not fits:
        raise NotAllowed(_("Choose somebody who writes for the organisation today."))


def _pass_on(membership: Membership, done: HandOver, apart: Mapping[str, User | None]) -> HandOver:
    """Pass every line to whom it goes, and keep the sheet of it."""
    person = membership.person
    lines = queries.held_by(membership)
    for line in lines:
        to = apart.get(line.key, done.successor) if line.kind in GIVEN else done.successor
        if line.kind == Kept.COMMITMENT:
            pass_on_commitment(commitment=line.record, person=person, to=to)
        elif line.kind == Kept.DRAFT:
            pass_on_draft(draft=line.record, to=to)
        done.sheet.append(_as_line(line, to))
    done.follows = queries.follows(membership)
    pass_on_follows(person=person, organisation=membership.organisation, successor=done.successor)
    done.membership, done.person, done.organisation = (membership, person, membership.organisation)
    done.save()
    return done


def _as_line(line: Held, to: User | None) -> dict[str, Any]:
    return {
        "kind": str(line.kind),
        "id": line.record.pk,
        "title": line.title,
        "language": line.language,
        "detail": line.detail,
        "to": to.pk if to else None,
        "to_name": to.name if to else "",
    }


def _tell_those_who_go_on(done: HandOver, by: Actor | None) -> None:
    takers = {line["to"] for line in done.sheet if line["to"]}
    if done.successor_id:
        takers.add(done.successor_id)
    where = done.get_absolute_url()
    tell(
        "continuity.handed_over",
        people=takers,
        record=done.organisation,
        by=by,
        url=where,
        leaving=done.person.name,
        day=done.last_day,
    )
    others = set(deciders(done.organisation).values_list("person_id", flat=True))
    tell(
        "continuity.left",
        people=others - takers - {done.person_id},
        record=done.organisation,
        by=by,
        url=where,
        leaving=done.person.name,
        day=done.last_day,
    )


@transaction.atomic
def hand_to_newcomer(*, invitation: Invitation) -> int:
    """Whoever accepted goes on with what was left for them and nobody took since.

    How many things they are named on now. May be called twice.
    """
    if invitation.state != InvitationState.ACCEPTED or invitation.membership is None:
        return 0
    person = invitation.membership.person
    given = 0
    for done in invitation.hand_overs.select_for_update():
        for line in done.sheet:
            if line["to"] is None and line["kind"] in NAMED and _take(line, person, done):
                given += 1
        done.successor, done.newcomer = person, None
        done.save(update_fields=["successor", "newcomer"])
        tell(
            "continuity.handed_over",
            people=[person.pk],
            record=done.organisation,
            url=done.get_absolute_url(),
            leaving=done.person.name,
            day=done.last_day,
        )
    return given


def _take(line: Mapping[str, Any], person: User, done: HandOver) -> bool:
    """Name the newcomer, if the thing is still open and lies on the desk."""
    if line["kind"] == Kept.COMMITMENT:
        found = Commitment.objects.filter(
            pk=line["id"], owner=done.organisation, state__in=OPEN, people=None
        ).first()
        if found:
            pass_on_commitment(commitment=found, person=done.person, to=person)
        return found is not None
    draft = Draft.objects.filter(
        pk=line["id"], organisation=done.organisation, state__in=DRAFTS_OPEN, keeper=None
    ).first()
    if draft:
        pass_on_draft(draft=draft, to=person)
    return draft is not None


def pass_on_what_is_left(*, today: date | None = None) -> int:
    """After a last day: what is still named to who left goes to the successor or to the desk.

    Those who decide for the organisation are told; where nobody does, the secretariat. How many
    memberships were dealt with. May run twice: what is passed on is not found again.
    """
    ended = queries.ended_without_handover(today or timezone.localdate())
    for membership in ended:
        _settle(membership)
    return len(ended)


@transaction.atomic
def _settle(membership: Membership) -> None:
    Membership.objects.select_for_update().get(pk=membership.pk)
    before = HandOver.objects.filter(membership=membership).order_by("-pk").first()
    if before is not None and not queries.holds_anything(membership):
        return
    assert membership.ends_on is not None
    done = _pass_on(
        membership,
        HandOver(
            kind=HandOverKind.EXPIRED,
            last_day=membership.ends_on,
            successor=_still_there(before, membership),
        ),
        {},
    )
    people = set(whom_to_ask(done.organisation))
    if done.successor_id:
        people.add(done.successor_id)
    tell(
        "continuity.left",
        people=people,
        record=done.organisation,
        url=done.get_absolute_url(),
        leaving=done.person.name,
        day=done.last_day,
    )


def _still_there(before: HandOver | None, membership: Membership) -> User | None:
    """The successor of an earlier hand-over, if they still write for the organisation."""
    if before is None or before.successor is None:
        return DESK
    try:
        _check_takers(membership, [before.successor], None)
    except NotAllowed:
        return DESK
    return before.successor


@transaction.atomic
def remind_of_ends(*, today: date | None = None) -> int:
    """Tell the person and those who decide that a role ends in 30 and in 7 days, once each."""
    today = today or timezone.localdate()
    ending = Membership.objects.filter(
        ends_on__range=(today, today + timedelta(days=max(REMIND_DAYS)))
    ).select_related("organisation", "person")
    due = {}
    for membership in ending:
        assert membership.ends_on is not None
        left = (membership.ends_on - today).days
        stage = min(days for days in REMIND_DAYS if left <= days)
        due[f"membership:{membership.pk}:{stage}:{membership.ends_on}"] = membership
    for key in sorted(remind_once(due)):
        _remind(due[key])
    return len(due)


def _remind(membership: Membership) -> None:
    tell(
        "continuity.role_ends",
        people=[membership.person_id],
        record=membership.organisation,
        url=address("network:mine"),
        day=membership.ends_on,
    )
    tell(
        "continuity.colleague_leaves",
        people=set(whom_to_ask(membership.organisation)) - {membership.person_id},
        record=membership.organisation,
        url=address("network:team", membership.organisation_id),
        leaving=membership.person.name,
        day=membership.ends_on,
    )
