"""No public page shows how to reach a person: neither an account's address nor any other."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from mutirao.accounts.models import User
from mutirao.demonstration.actions import load

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'href="(/en/[^"#]*)')
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:tel:|\+\d{1,3}[\s()-]*\d{2,4}[\s()-]+\d{3,5}[\s-]?\d{3,5})")
# One page of each kind is looked at, and a few more; the others are made by the same template.
OF_ONE_KIND = 3


def _kind(path: str) -> str:
    return re.sub(r"\d+(-[\w-]+)?", "#", path.partition("?")[0])


def test_public_pages_show_no_address_of_a_person() -> None:
    load()
    known = {email.lower() for email in User.objects.values_list("email", flat=True)}
    visitor, waiting, seen, looked = Client(), [reverse("home:home")], set(), {}
    waiting = ["/en/"]
    found = []
    while waiting:
        path = waiting.pop()
        kind = _kind(path)
        if path in seen or looked.get(kind, 0) >= OF_ONE_KIND or "/demonstration/" in path:
            continue
        seen.add(path)
        looked[kind] = looked.get(kind, 0) + 1
        response = visitor.get(path)
        if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
            continue
        text = response.content.decode()
        waiting += [link.replace("&amp;", "&") for link in _LINK.findall(text)]
        shown = {address.lower() for address in _ADDRESS.findall(text)}
        shown = {address for address in shown if not address.endswith((".js", ".css"))}
        if shown & known or shown or _PHONE.search(text):
            found.append((path, shown, _PHONE.findall(text)))
    assert found == []
    assert len(looked) > 20


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_lists_taken_along_show_no_address(kind: str) -> None:
    load()
    known = {email.lower() for email in User.objects.values_list("email", flat=True)}
    for path in ("/en/network/", "/en/network/units/", "/en/plans/", "/en/commitments/"):
        body = b"".join(Client().get(f"{path}?format={kind}")).decode().lower()
        assert not {email for email in known if email in body}
