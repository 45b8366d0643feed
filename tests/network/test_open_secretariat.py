"""An empty installation gets its first account from the console."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mutirao.accounts.models import User
from mutirao.network.acting import actor_for
from mutirao.network.models import Membership

pytestmark = pytest.mark.django_db


def opened(email: str = "secretariat@network.example") -> str:
    out = StringIO()
    call_command("open_secretariat", email, "Secretaria técnica", stdout=out)
    return out.getvalue().strip().splitlines()[-1]


def test_open_secretariat_prints_an_address_that_sets_the_password_once(client: Client) -> None:
    address = re.sub(r"^https?://[^/]+", "", opened())
    form = client.get(address, follow=True)
    assert form.status_code == 200
    words = {"password1": "uma senha bem longa 7", "password2": "uma senha bem longa 7"}
    client.post(form.redirect_chain[-1][0], words)
    person = User.objects.get()
    assert person.check_password("uma senha bem longa 7")
    assert actor_for(person).is_secretariat
    again = Client().get(address, follow=True)
    assert "password1" not in again.content.decode()


def test_open_secretariat_twice_changes_nothing() -> None:
    opened()
    opened()
    assert Membership.objects.count() == User.objects.count() == 1


def test_open_secretariat_refuses_what_is_no_address() -> None:
    with pytest.raises(CommandError, match="not an e-mail"):
        opened("nobody")
    assert User.objects.count() == 0
