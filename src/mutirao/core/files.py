"""Where uploads are kept: in the data folder, or in an object store (`MUTIRAO_FILES_URL`).

A file that is deleted is put aside for a day or two under `discarded/`, whichever app deletes it.
A backup that began before still finds it there, so every file its database speaks of is in it,
however long it takes to write. Names are random and never used twice.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage

DISCARDED = "discarded"
# Not before the day after tomorrow: a backup that takes a whole day still finds everything.
KEPT_DAYS = 2


def _today() -> date:
    return datetime.now(UTC).date()


def _is_old(day: str) -> bool:
    try:
        return date.fromisoformat(day) <= _today() - timedelta(days=KEPT_DAYS)
    except ValueError:
        return False


def _places(name: str) -> Iterator[str]:
    """Where a file may be found: at its place or, if it was deleted lately, put aside."""
    yield name
    for days in range(KEPT_DAYS + 1):
        yield f"{DISCARDED}/{_today() - timedelta(days=days)}/{name}"


def open_kept(storage: Storage, name: str) -> File | None:
    """Open a stored file, also one that was deleted within the last day; None when it is gone."""
    for place in _places(name):
        with suppress(FileNotFoundError):
            return storage.open(place, "rb")
    return None


class LocalFiles(FileSystemStorage):
    """Files below `files/` of the data folder; see the module for what deleting means."""

    def delete(self, name: str) -> None:
        if not name:
            raise ValueError("The name must be given to delete().")
        aside = Path(self.path(f"{DISCARDED}/{_today()}/{name}"))
        aside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileNotFoundError):
            os.replace(self.path(name), aside)

    def remove(self, name: str) -> None:
        """Remove for good, at once: for what no record ever spoke of."""
        super().delete(name)

    def sweep(self) -> None:
        """Remove for good what was deleted long enough ago."""
        folder = Path(self.path(DISCARDED))
        for day in folder.iterdir() if folder.is_dir() else ():
            if _is_old(day.name):
                shutil.rmtree(day)

    def is_empty(self) -> bool:
        place = Path(self.location)
        return not place.is_dir() or not any(place.iterdir())


def object_store(url: str) -> dict[str, Any]:
    """Turn `s3://key:secret@host:port/bucket/folder?region=…&tls=0` into a storage of Django's.

    Without key and secret the machine's own role is used; without host (`s3:///bucket`) Amazon's.
    Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    bucket, _, folder = parts.path.strip("/").partition("/")
    if parts.scheme != "s3" or not bucket:
        raise ValueError("use s3://key:secret@host/bucket")
    host = parts.hostname or ""
    scheme = "http" if options.get("tls") == "0" else "https"
    endpoint = f"{scheme}://{host}" + (f":{parts.port}" if parts.port else "")
    return {
        "BACKEND": "mutirao.core.object_store.ObjectStore",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": folder,
            "access_key": unquote(parts.username or "") or None,
            "secret_key": unquote(parts.password or "") or None,
            "region_name": options.get("region") or None,
            "endpoint_url": endpoint if host else None,
            # Most stores that are not Amazon's know buckets by path only.
            "addressing_style": options.get("style") or ("path" if host else None),
        },
    }
