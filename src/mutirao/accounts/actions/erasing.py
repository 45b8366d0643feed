"""A person asks to be forgotten."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models, transaction
from django.utils import timezone

from mutirao.core.models import NotAllowed
from mutirao.core.personal import FAREWELLS, HOLDINGS, OBSTACLES, Holding
from mutirao.letters import actions as letters

from ..models import User
from .accounts import end_sessions


def obstacles(person: User) -> list[str]:
    """Why this account cannot be erased now, in the reader's language; empty when it can."""
    return [why for ask in OBSTACLES if (why := ask(person))]


@transaction.atomic
def erase(*, person: User) -> User:
    """Close the account and forget whose it was.

    What the person did for organisations stays as done by "a person"; what was only theirs is
    deleted, here and in the histories, and so are its files. What they wrote into texts stays as
    it is. A last letter goes to the address. Raises NotAllowed while something stands against it.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at is not None:
        return person
    if against := obstacles(person):
        raise NotAllowed(" ".join(against))
    address, language = person.email, person.language
    for part in FAREWELLS:
        part(person)
    end_sessions(person=person)
    for holding in HOLDINGS:
        if holding.erasure == "delete":
            _delete(holding, person)
    _forget(person)
    # Without a person: the letter must not be erased with them.
    letters.post(to=address, template="account/email/erased", context={}, language=language)
    return person


def _forget(person: User) -> None:
    nobody = {"name": "", "email": f"erased-{person.pk}@nobody.invalid", "time_zone": ""}
    person.set_unusable_password()
    person.is_active, person.owes_consent, person.last_login = False, False, None
    person.erased_at = timezone.now()
    for name, value in nobody.items():
        setattr(person, name, value)
    person.save()
    for history in _histories(User):
        history._default_manager.filter(pgh_obj_id=person.pk).update(**nobody)


def _delete(holding: Holding, person: User) -> None:
    rows = list(holding.of(person))
    if not rows:
        return
    if isinstance(_field(holding), models.ManyToManyField):
        for row in rows:
            getattr(row, holding.field).remove(person)
        return
    files = [file for row in rows for file in _files(row)]
    keys = [row.pk for row in rows]
    holding.model._default_manager.filter(pk__in=keys).delete()
    for history in _histories(holding.model):
        history._default_manager.filter(pgh_obj_id__in=keys).delete()
    for storage, name in files:
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]


def _field(holding: Holding) -> Any:
    return (
        holding.model._meta.pk
        if holding.field == "pk"
        else holding.model._meta.get_field(holding.field)
    )


def _files(row: models.Model) -> list[tuple[Storage, str]]:
    fields = (field for field in row._meta.fields if isinstance(field, models.FileField))
    found = (getattr(row, field.name) for field in fields)
    return [(file.storage, file.name) for file in found if file]


def _histories(model: type[models.Model]) -> list[type[models.Model]]:
    """The tables in which the changes of a model's rows are kept (django-pghistory)."""
    return [
        found for found in apps.get_models() if getattr(found, "pgh_tracked_model", None) is model
    ]
