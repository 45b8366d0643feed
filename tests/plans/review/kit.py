"""What the tests of the review share: a coordinator, a read document, and its page as a form."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from mutirao.intake import actions as intake
from mutirao.intake.models import Draft
from mutirao.network.acting import Actor
from mutirao.plans.review.read import read_draft
from tests.intake.factories import PLAN_TEXT

__all__ = ["PLAN_TEXT"]


def signed_in(by: Actor) -> Client:
    client = Client()
    client.force_login(by.person)
    return client


def brought_in(by: Actor, text: str = PLAN_TEXT, filename: str = "plano.txt") -> Draft:
    """A document received and really read."""
    draft = intake.receive(file=ContentFile(text.encode()), filename=filename, by=by)
    read_draft(draft.pk)
    draft.refresh_from_db()
    return draft


def page_url(draft: Draft) -> str:
    return reverse("plans:draft", args=[draft.key])


class Form(HTMLParser):
    """The fields of the review's form as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._inside = False
        self._select: str | None = None
        self._text: tuple[str, list[str]] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        at = dict(attrs)
        name = at.get("name")
        if tag == "form":
            self._inside = at.get("id") == "review"
        if not self._inside:
            return
        if tag == "input" and name and self._is_sent(at):
            self.values.setdefault(name, []).append(at.get("value") or "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in at:
            self.values.setdefault(self._select, []).append(at.get("value") or "")
        elif tag == "textarea" and name:
            self._text = (name, [])

    @staticmethod
    def _is_sent(at: dict) -> bool:
        return at.get("type") not in ("checkbox", "radio") or "checked" in at

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._text:
            name, parts = self._text
            # HTML drops the first line break of a text box.
            self.values.setdefault(name, []).append("".join(parts).removeprefix("\n"))
            self._text = None


def form_of(client: Client, draft: Draft) -> dict[str, Any]:
    """The page of the review, opened now, as the fields a browser would post."""
    response = client.get(page_url(draft))
    assert response.status_code == 200
    return Form(response.content.decode()).values


def press(client: Client, draft: Draft, fields: dict[str, Any], do: str, **typed: Any) -> Any:
    """Post the page with a button, after typing `typed` (dashes as double underscores)."""
    typed = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(page_url(draft), {**fields, **typed, "do": do})


def hold(path: Any) -> None:
    if not path.exists():
        pytest.skip("the network's own document is not part of the repository")
