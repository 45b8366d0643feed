"""`manage plan_import FILE --by EMAIL`: bring a plan's document in and say where to check it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pghistory
import rules
from django.conf import settings
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import translation

from mutirao.accounts.models import User
from mutirao.core.languages import DJANGO_CODES
from mutirao.intake import actions as intake
from mutirao.intake import queries
from mutirao.intake.models import Draft
from mutirao.intake.readers import UnreadableDocument
from mutirao.intake.states import DraftKind, DraftState
from mutirao.network.acting import Actor, actor_for

from ...models import Plan
from ...review.read import read_draft
from ...review.upload import already_a_plan, failure_message

# The queued job is the net under the reading below, should this process be ended.
DELAY = 120


class Command(BaseCommand):
    help = "Read a work plan's document and print the address where a person checks the reading."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=".txt .md .docx .odt or text .pdf")
        parser.add_argument("--by", metavar="EMAIL", help="the person who will check the reading")
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        person = _person(options["by"])
        with translation.override(DJANGO_CODES[person.language]):
            actor = actor_for(person)
            if not rules.test_rule("plans.write_plans", actor):
                raise CommandError(f"{person.email} may not write plans.")
            with pghistory.context(user=person.pk, organisation=actor.organisation_id):
                answer = _bring_in(options["file"], actor)
            self.stdout.write(json.dumps(answer) if options["json"] else _sentence(answer))


def _person(email: str | None) -> User:
    if not email:
        raise CommandError("Say who will check the reading: --by EMAIL. (Or use --dry-run.)")
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody with the address {email} can sign in here.")
    return person


def _bring_in(path: Path, actor: Actor) -> dict[str, str | None]:
    """Keep and read the document, unless it is known already."""
    try:
        with path.open("rb") as source:
            file = File(source, name=path.name)
            sha256 = intake.fingerprint(file)
            if plan := already_a_plan(actor, sha256):
                return _answer("already_a_plan", plan=plan)
            if known := queries.same_open(actor, sha256, DraftKind.PLAN):
                return _answer("already_here", draft=known)
            draft = intake.receive(file=file, filename=path.name, by=actor, delay=DELAY)
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
    except UnreadableDocument as error:
        raise CommandError(str(error)) from error
    read_draft(draft.pk)
    draft.refresh_from_db()
    if draft.state == DraftState.FAILED:
        raise CommandError(failure_message(draft))
    return _answer("read", draft=draft)


def _answer(
    outcome: str, *, draft: Draft | None = None, plan: Plan | None = None
) -> dict[str, str | None]:
    path = plan.get_absolute_url() if plan else reverse("plans:draft", args=[draft.key])  # type: ignore[union-attr]
    return {
        "outcome": outcome,
        "draft": str(draft.key) if draft else None,
        "address": settings.BASE_URL + path,
    }


def _sentence(answer: dict[str, str | None]) -> str:
    words = {
        "read": "The document is read. Check it here:",
        "already_here": "This document was already here. Go on checking it:",
        "already_a_plan": "This document is already a plan:",
    }
    return f"{words[str(answer['outcome'])]}\n{answer['address']}"
