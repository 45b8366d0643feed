"""What happens to letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from mutirao.core.languages import DJANGO_CODES


def post(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Write a letter to an address, in `language` (pt, es, en), once the transaction is kept.

    `template` names three files without their ending: `….subject.txt`, `….txt` and `….html`,
    which are given `context`, `network_name` and `base_url` (no slash at the end).
    """
    house = {"network_name": settings.NETWORK_NAME, "base_url": settings.BASE_URL}
    with override(DJANGO_CODES[language]):
        subject, text, html = (
            render_to_string(f"{template}.{part}", {**house, **context})
            for part in ("subject.txt", "txt", "html")
        )
    letter = EmailMultiAlternatives(
        subject=" ".join(subject.split()), body=text, to=[to], headers=dict(headers or {})
    )
    letter.attach_alternative(html, "text/html")
    transaction.on_commit(letter.send)
