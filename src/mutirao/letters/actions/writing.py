"""Writing letters. The row is the queue: what is kept here is sent, whatever happens."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from mutirao.core.languages import DJANGO_CODES

from ..models import Letter, Refusal
from ..states import State


def post(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    headers: Mapping[str, str] | None = None,
    key: str | None = None,
    person: Any = None,
    secret: bool = False,
) -> Letter | None:
    """Write a letter to an address, in `language` (pt, es, en); it is sent after the commit.

    `template` names three files without their ending: `….subject.txt`, `….txt` and `….html`,
    which are given `context`, `network_name` and `base_url` (no slash at the end). The HTML one
    extends `letters/base.html`. With a `key`, the second letter of that key is not written and
    None is returned. `person` is the account it is for; the words of a `secret` one (a link that
    opens an account) are not kept once it is sent. Letters posted here were asked for or
    are about security, so an address that refused mail before is tried all the same.
    """
    subject, text, html = written(template, context, language)
    return keep(
        Letter(
            to=to,
            subject=subject,
            text=text,
            html=html,
            language=language,
            headers=dict(headers or {}),
            key=key,
            person=person,
            secret=secret,
        )
    )


def written(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str, str]:
    """Subject, plain text and HTML of a letter, in the letter's language."""
    with override(DJANGO_CODES[language]):
        subject, text, html = (
            render_to_string(f"{template}.{part}", {**_house(language), **context})
            for part in ("subject.txt", "txt", "html")
        )
    return " ".join(subject.split())[:300], text.strip() + "\n", html


def _house(language: str) -> dict[str, object]:
    return {
        "network_name": settings.NETWORK_NAME,
        "base_url": settings.BASE_URL,
        "language": language,
        "html_lang": "pt-BR" if language == "pt" else language,
    }


@transaction.atomic
def keep(letter: Letter) -> Letter | None:
    """Keep one letter to be sent; None when one of that key is there already."""
    if letter.key and Letter.objects.filter(key=letter.key).exists():
        return None
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError as error:  # somebody wrote the same key meanwhile: theirs stands
        if "key" not in str(error):
            raise
        return None
    wake()
    return letter


@transaction.atomic
def keep_many(letters: Sequence[Letter]) -> None:
    """Keep letters to be sent, in a constant number of statements.

    Those to addresses that refuse mail are kept as not sent.
    """
    _hold(letters)
    Letter.objects.bulk_create(letters, batch_size=500)
    if any(letter.state == State.WAITING for letter in letters):
        wake()


def _hold(letters: Sequence[Letter]) -> None:
    addresses = {letter.to.lower() for letter in letters}
    refused = set(Refusal.objects.filter(address__in=addresses).values_list("address", flat=True))
    for letter in letters:
        if letter.to.lower() in refused:
            letter.state = State.HELD


def wake() -> None:
    """Have the waiting letters sent once this transaction is kept.

    Only a hint: the periodic job finds every letter by itself, so a crash in between loses none.
    """
    transaction.on_commit(_ask_for_sending, robust=True)


def _ask_for_sending() -> None:
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("letters.send", queueing_lock="letters.send").defer()


def post_text(
    *, to: str, subject: str, text: str, language: str, person: Any = None, secret: bool = False
) -> Letter | None:
    """Write a letter whose plain text is there already; its HTML says the same.

    The words of a `secret` one (a link that opens an account) are not kept once it is sent.
    A last part that begins with "--" is a signature and stands in the HTML's own footer instead.
    """
    body, _cut, _signature = text.strip().partition("\n--\n")
    parts = [part.strip() for part in body.split("\n\n") if part.strip()]
    subject = " ".join(subject.split())[:300]
    context = {"subject": subject, "parts": parts, "first": parts[0] if parts else ""}
    with override(DJANGO_CODES[language]):
        html = render_to_string("letters/plain.html", {**_house(language), **context})
    return keep(
        Letter(
            to=to,
            subject=subject,
            text=text.strip() + "\n",
            html=html,
            language=language,
            person=person,
            secret=secret,
        )
    )
