"""No table points at a person without its app saying what it keeps and what an erasure does."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from mutirao.core.personal import HOLDINGS


def _pointers() -> set[tuple[str, str]]:
    """Every field that points at a person, histories and their machinery aside."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if hasattr(model, "pgh_tracked_model") or model._meta.proxy:
            continue  # a copy of what is declared, scrubbed with it; or the same table again
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if field.is_relation and field.related_model is get_user_model():
                found.add((model, field.name))
    return found


def _declared() -> set[tuple[str, str]]:
    said = {(holding.model, holding.field) for holding in HOLDINGS}
    for model, name in set(said):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        if isinstance(field, models.ManyToManyField):
            through = field.remote_field.through
            said |= {
                (through, one.name)
                for one in through._meta.fields
                if one.related_model is get_user_model()
            }
    return said


def test_every_pointer_to_a_person_is_declared() -> None:
    missing = sorted(f"{model._meta.label}.{name}" for model, name in _pointers() - _declared())
    assert missing == [], "declare a Holding in the app's personal.py"


def test_declared_fields_exist_and_say_what_happens() -> None:
    for holding in HOLDINGS:
        assert str(holding.label)
        assert holding.erasure in ("keep", "delete")
        for name in holding.fields:
            assert hasattr(holding.model, name) or holding.model._meta.get_field(name), name
