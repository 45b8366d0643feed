"""Saying something, saying it better, taking it away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import rules
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.accounts.models import User
from mutirao.core.happenings import tell
from mutirao.core.models import Conflict, NotAllowed
from mutirao.core.records import sees
from mutirao.network.acting import NOBODY, Actor
from mutirao.notices.actions import follow_quietly

from ..mentions import Target, people_meant, read, readers, spelled_out
from ..models import Comment, Mention
from ..rules import admits, unit_of
from ..states import CITIZENS_AN_HOUR, CITIZENS_LINKS, Admits, Audience, State
from ..wording import URL, plain
from .moderators import moderators_of

_LONGEST = 4000


@transaction.atomic
def comment(
    *,
    record: models.Model,
    text: str,
    key: UUID,
    by: Actor,
    parent: Comment | None = None,
    audience: str = Audience.MEMBERS,
    language: str = "pt",
) -> Comment:
    """Add a comment to `record`, once per `key`: sent again, the first one is returned.

    An answer has the readers of what it answers. A citizen's is for everyone, and waits where the
    unit moderates. Raises PermissionDenied for who may not comment there, who answers what they
    may not read, or who sends another's key; ValidationError for what a citizen sends too often.
    """
    if not rules.test_rule("discussions.comment", by, record) or by.person is None:
        raise PermissionDenied
    person: User = by.person
    kind = ContentType.objects.get_for_model(record)
    _hold(key)
    sent = Comment.objects.filter(key=key).first()
    if sent is not None:
        if (sent.record_type_id, sent.record_id, sent.person_id) != (
            kind.pk,
            record.pk,
            person.pk,
        ):
            raise PermissionDenied
        return sent
    if parent is not None:
        audience = _answering(parent, kind, record, by)
    audience = _readers(record, audience, by)
    unit = unit_of(record)
    if not by.is_member:
        User.objects.select_for_update(no_key=True).get(pk=person.pk)  # counted one by one
        _not_too_much(text, person)
    text, meant = read(text, record) if by.is_member else (_plain(text), {})
    made = Comment.objects.create(
        key=key,
        record_type=kind,
        record_id=record.pk,
        parent=parent,
        root=parent and (parent.root or parent),
        text=_fitting(text),
        language=language,
        audience=audience,
        state=_first_state(record, by),
        person=person,
        organisation=by.organisation,
        unit=unit,
    )
    _mention(made, meant)
    _tell(made, by, set(meant.values()))
    return made


def _hold(key: UUID) -> None:
    """Let one form through at a time, until commit: the second click finds the first's comment.

    Not the person's row: the job that writes their letters passes by a person who is held.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])


def _plain(text: str) -> str:
    """A citizen's "@" is text: who works for whom is not theirs to know."""
    return text.replace("@{", "@ {")


def _fitting(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValidationError({"text": _("At most 4000 characters.")})
    return text


def _answering(parent: Comment, kind: ContentType, record: models.Model, by: Actor) -> str:
    """The readers of what is answered: it must be here, stand, and be theirs to read."""
    here = (parent.record_type_id, parent.record_id) == (kind.pk, record.pk)
    readable = by.is_member or parent.audience == Audience.EVERYONE
    if not (here and readable and parent.state == State.PUBLISHED):
        raise PermissionDenied
    return parent.audience


def _readers(record: models.Model, audience: str, by: Actor) -> str:
    """Everyone only where citizens are admitted to what is public."""
    if not by.is_member:
        return Audience.EVERYONE
    if audience == Audience.EVERYONE and not talks_to_everyone(record):
        return Audience.MEMBERS
    return audience


def talks_to_everyone(record: models.Model) -> bool:
    """There is a public discussion here: a public record of a unit that admits citizens."""
    return admits(record) != Admits.NOBODY and sees(NOBODY, record)


def _first_state(record: models.Model, by: Actor) -> str:
    waits = not by.is_member and admits(record) == Admits.MODERATED
    return State.WAITING if waits else State.PUBLISHED


def _not_too_much(text: str, person: User, besides: int | None = None) -> None:
    """What a citizen may send: so many an hour, few links, nothing twice in a day."""
    if len(URL.findall(text)) > CITIZENS_LINKS:
        raise ValidationError(
            {"text": _("At most %(number)d links, please.") % {"number": CITIZENS_LINKS}}
        )
    said = Comment.objects.filter(person=person, organisation__isnull=True)
    said = said.exclude(pk=besides or 0)
    now = timezone.now()
    if said.filter(text=_plain(text), created_at__gte=now - timedelta(days=1)).exists():
        raise ValidationError({"text": _("You said the same a moment ago. Once is enough.")})
    if (
        besides is None
        and said.filter(created_at__gte=now - timedelta(hours=1)).count() >= CITIZENS_AN_HOUR
    ):
        raise ValidationError(
            {"text": _("That is a lot for an hour. Your text is kept: send it a little later.")}
        )


def _mention(comment: Comment, meant: dict[int, Target]) -> list[Target]:
    """Write the mentions that are new; those are returned."""
    known = set(comment.mentions.values_list("number", flat=True))
    fresh = {number: target for number, target in meant.items() if number not in known}
    Mention.objects.bulk_create(
        Mention(
            comment=comment, number=number, person_id=person, organisation_id=city, unit_id=unit
        )
        for number, (person, city, unit) in fresh.items()
    )
    return list(fresh.values())


def author_of(comment: Comment, *, to_members: bool = True) -> str:
    """Who said it: to members the person for the organisation, to others the organisation."""
    person = str(comment.person) or str(_("a person"))
    if comment.organisation is None:
        return f"{person} ({_('citizen')})"
    city = comment.organisation.display
    return f"{person} · {city}" if to_members else city


def _tell(comment: Comment, by: Actor, meant: set[Target]) -> None:
    """Those mentioned, whom it answers, and who follows the record; each of it once.

    It is told as of the comment, not of its record: a follower may read one and not the other.
    """
    if comment.state == State.WAITING:
        tell("discussions.waiting", people=moderators_of(comment), record=comment, by=by,
             title=title_of(comment))  # fmt: skip
        return
    record: Any = comment.record
    facts = _facts(comment)
    mentioned = people_meant(meant, record)
    tell("discussions.mentioned", people=mentioned, record=comment, by=by, **facts)
    answered = readers({comment.parent.person_id}, record) if comment.parent else set()
    if answered - mentioned:
        tell("discussions.answered", people=answered, record=comment, by=by, **facts)
    tell("discussions.commented", record=comment, by=by, followers=True, **facts)
    # Whoever takes part goes on hearing of it.
    follow_quietly(people=[comment.person_id], record=record, organisation=comment.organisation)


def tell_of(comment: Comment, by: Actor) -> None:
    """A comment that waited is published: now it is told like any other."""
    if comment.record is not None:
        _tell(comment, by, set())


def title_of(comment: Comment) -> Any:
    """The record's name, as a label where it has one in several languages."""
    name = getattr(comment.record, "name", None)
    return name if isinstance(name, dict) else str(comment.record)


def _facts(comment: Comment) -> dict[str, Any]:
    words = plain(comment, to_members=comment.audience == Audience.MEMBERS)
    return {
        "title": title_of(comment),
        "author": author_of(comment, to_members=comment.audience == Audience.MEMBERS),
        "words": words if len(words) <= 200 else words[:199] + "…",
    }


@transaction.atomic
def edit_comment(*, comment: Comment, text: str, version: int, by: Actor) -> Comment:
    """Say it better; the former words stay in its history.

    A citizen's words wait again where the unit moderates. Raises PermissionDenied for anybody but
    the author, Conflict when it was saved since `version`, ValidationError.
    """
    current = _locked(comment)
    if not rules.test_rule("discussions.edit_comment", by, current):
        raise PermissionDenied
    if current.version != version:
        raise Conflict(current)
    record = current.record
    if record is None or not sees(by, record):
        raise PermissionDenied
    meant: dict[int, Target] = {}
    if current.is_citizens:
        if text.strip() != current.text:
            _not_too_much(text, current.person, besides=current.pk)
        text = _plain(text)
    else:
        text, meant = read(text, record, list(current.mentions.select_related()))
    if text == current.text:
        return current
    current.text, current.edited_at = _fitting(text), timezone.now()
    if current.is_citizens and admits(record) == Admits.MODERATED:
        current.state = State.WAITING
        tell("discussions.waiting", people=moderators_of(current), record=current, by=by,
             title=title_of(current))  # fmt: skip
    current.version += 1
    current.save(update_fields=["text", "edited_at", "state", "version"])
    fresh = _mention(current, meant)
    if fresh and current.state == State.PUBLISHED:
        tell("discussions.mentioned", people=people_meant(fresh, record), record=current, by=by,
             **_facts(current))  # fmt: skip
    return current


def rewrite(*, comment: Comment, text: str, by: Actor) -> Comment:
    """Take a former text back: an edit by its author like any other."""
    words = spelled_out(comment, text)
    return edit_comment(comment=comment, text=words, version=comment.version, by=by)


@transaction.atomic
def delete_comment(*, comment: Comment, by: Actor) -> None:
    """Take a comment away (history keeps it). Gone already, it does no harm.

    Where others answered, its place stays. What was reported or moderated stays on record too.
    """
    current = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if current is None or current.state == State.DELETED:
        return
    if not rules.test_rule("discussions.delete_comment", by, current):
        raise PermissionDenied
    if current.state in (State.HIDDEN, State.REFUSED) and not by.is_secretariat:
        raise NotAllowed(_("A moderator decided about this comment; it stays on record."))
    kept = current.answers.exists() or current.reports.exists() or current.decisions.exists()
    if not kept and not current.replies.exists():
        current.delete()
        return
    current.state, current.text = State.DELETED, ""
    current.version += 1
    current.save(update_fields=["state", "text", "version"])


def _locked(comment: Comment) -> Comment:
    return Comment.objects.select_for_update().get(pk=comment.pk)
