"""A notice of one member, a letter to them, and the address that stops it."""

from __future__ import annotations

from typing import Any

from mutirao.letters.actions import keep
from mutirao.letters.models import Letter
from mutirao.notices.actions.letters import unsubscribe_token
from mutirao.notices.models import Notice


def fill(made: Any) -> None:
    person = made.people["member"].person
    made.put(
        notice_of_member=Notice.objects.create(person=person, kind="commitments.due", way="page"),
        letter=keep(Letter(to=person.email, subject="s", text="t", html="<p>t</p>", language="pt")),
        stop_token=unsubscribe_token(person, "daily"),
    )
