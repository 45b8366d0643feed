"""A person's data as they see it and take it along, read from what each app declared."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePath
from typing import IO, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from mutirao.core.lists import plain
from mutirao.core.personal import HOLDINGS, Holding
from mutirao.core.templatetags.mutirao import day, moment

# What would be of use to a thief and of none to its person.
_NEVER = {"password", "key", "token", "data", "session_key"}


def key_of(holding: Holding) -> str:
    """The name of a kind in addresses and in the archive, `discussions-comment-person`."""
    return f"{holding.model._meta.label_lower}-{holding.field}".replace(".", "-") + _which(holding)


def _which(holding: Holding) -> str:
    """Two kinds of one table (accepted documents, others) are told apart by their place."""
    same = [one for one in HOLDINGS if one.model is holding.model and one.field == holding.field]
    return f"-{same.index(holding)}" if same.index(holding) else ""


def holding(key: str) -> Holding | None:
    return next((one for one in HOLDINGS if key_of(one) == key), None)


def held(person: Any) -> list[tuple[Holding, int]]:
    """Every kind with how many rows are about the person; one query each."""
    return [(one, one.of(person).count()) for one in HOLDINGS]


def fields_of(holding: Holding) -> list[str]:
    """The fields shown: those declared or, where none are, all but keys to other tables."""
    if holding.fields:
        return list(holding.fields)
    return [
        field.name
        for field in holding.model._meta.fields
        if not field.is_relation and not field.primary_key and field.name not in _NEVER
    ]


def label_of(model: type[models.Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name.replace("_", " ")


def value_of(row: Any, name: str) -> Any:
    """A field's value; a choice by its word, a key to another table by what it is called."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, models.Manager):
        return [str(one) for one in value.all()]
    return value() if callable(value) else value


def shown(value: Any) -> str:
    """A value as the page shows it, in the reader's language and zone."""
    if isinstance(value, datetime):
        return moment(value, "short")
    if isinstance(value, date):
        return day(value, "medium")
    return "" if value is None else str(value)


def archive(person: Any) -> IO[bytes]:
    """A zip: `KIND.json` with a list of objects for each kind, and the files under `files/`.

    Written to a temporary file, which is gone when it is closed: documents may be large.
    """
    out = tempfile.TemporaryFile()  # noqa: SIM115  the caller hands it out and closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for one, count in held(person):
            if not count:
                continue
            key = key_of(one)
            records = [dict(_record(row, one)) for row in one.of(person).iterator(chunk_size=500)]
            text = json.dumps(records, ensure_ascii=False, indent=1)
            pack.writestr(f"{key}.json", text)
            for row in one.of(person).iterator(chunk_size=100):
                _put_files(pack, row, key)
    out.seek(0)
    return out


def _record(row: Any, holding: Holding) -> Iterator[tuple[str, Any]]:
    for name in fields_of(holding):
        value = value_of(row, name)
        is_data = isinstance(value, dict | list | int | float | bool)
        yield name, value if is_data or value is None else plain(value)


def _put_files(pack: zipfile.ZipFile, row: models.Model, key: str) -> None:
    for field in row._meta.fields:
        file = getattr(row, field.name) if isinstance(field, models.FileField) else None
        if file and file.storage.exists(file.name):
            # What it was called when it was brought in; the stored name tells nobody anything.
            name = getattr(row, "filename", "") or PurePath(file.name).name
            name = re.sub(r"[^\w.\- ]", "_", PurePath(name).name)[-120:]
            with (
                file.storage.open(file.name) as stored,
                pack.open(f"files/{key}/{row.pk}-{name}", "w") as target,
            ):
                for chunk in iter(lambda: stored.read(1 << 20), b""):
                    target.write(chunk)
