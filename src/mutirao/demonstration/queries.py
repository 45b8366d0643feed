"""What there is of the demonstration."""

from __future__ import annotations

from typing import Any

from mutirao.accounts.models import User
from mutirao.core.languages import local
from mutirao.network.models import Organisation, Unit
from mutirao.network.states import Role

from .data import read

MARKER = "secretariat@demo.mutirao.example"


def is_loaded() -> bool:
    """Whether the demonstration is here; it is loaded whole or not at all."""
    return User.objects.filter(email=MARKER, is_sample=True).exists()


def account(key: str) -> User | None:
    """The sample person of an account of accounts.json; None for any other key."""
    record = next((item for item in read("accounts") if item["key"] == key), None)
    if record is None:
        return None
    return User.objects.filter(email=record["email"], is_sample=True, is_active=True).first()


def accounts() -> list[dict[str, Any]]:
    """Every account one can enter as: key, name, role and organisation in the reader's language.

    Two queries. An account whose person is gone is left out.
    """
    there = set(User.objects.filter(is_sample=True, is_active=True).values_list("email", flat=True))
    records = [record for record in read("accounts") if record["email"] in there]
    organisations = Organisation.objects.in_bulk(
        [record["organisation"] for record in records if record["organisation"]],
        field_name="slug",
    )
    units = {unit.slug: unit for unit in Unit.objects.all()}
    return [
        {
            "key": record["key"],
            "name": local(record["name"]),
            "role": Role(record["role"]).label if record["role"] else "",
            "organisation": organisations.get(record["organisation"]),
            "unit": units.get(record["unit"]),
            "language": record["language"],
            "featured": record["featured"],
        }
        for record in records
    ]
