"""Uploads: a deleted file is put aside for a while, here and in an object store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import time_machine
from django.core.files.base import ContentFile
from moto import mock_aws

from mutirao.core.files import LocalFiles, object_store, open_kept
from mutirao.core.object_store import ObjectStore


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="mutirao")
        yield


@pytest.fixture(params=["local", "store"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param == "local":
        return LocalFiles(location=tmp_path)
    request.getfixturevalue("bucket")
    return ObjectStore(**object_store("s3:///mutirao/network?region=us-east-1")["OPTIONS"])


def test_deleted_file_is_found_for_two_days_and_then_gone(storage: Any) -> None:
    with time_machine.travel("2026-11-23 23:50Z", tick=False) as clock:
        name = storage.save("evidence/2026/11/a.txt", ContentFile(b"kept"))
        storage.delete(name)
        assert not storage.exists(name)
        for moment in ("2026-11-24 12:00Z", "2026-11-24 23:55Z"):
            clock.move_to(moment)
            storage.sweep()
            with open_kept(storage, name) as file:
                assert file.read() == b"kept"
        clock.move_to("2026-11-25 04:20Z")
        storage.sweep()
        assert open_kept(storage, name) is None


def test_deleting_twice_or_what_is_not_there_is_no_error(storage: Any) -> None:
    name = storage.save("a.txt", ContentFile(b"x"))
    storage.delete(name)
    storage.delete(name)
    storage.delete("never.txt")
    assert open_kept(storage, "never.txt") is None


def test_stored_file_is_never_overwritten(storage: Any) -> None:
    assert storage.is_empty()
    one = storage.save("a.txt", ContentFile(b"one"))
    two = storage.save("a.txt", ContentFile(b"two"))
    assert one != two
    with storage.open(one) as file:
        assert file.read() == b"one"
    assert not storage.is_empty()


def test_local_files_are_closed_to_others(tmp_path: Path, settings: Any) -> None:
    storage = LocalFiles(location=tmp_path / "files")
    storage.save("evidence/a.txt", ContentFile(b"x"))
    assert (tmp_path / "files/evidence/a.txt").stat().st_mode & 0o077 == 0
    assert (tmp_path / "files/evidence").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "s3://k:s%2F1@objects.example.org:9000/net/a/b?region=sa-east-1&tls=0",
            ("net", "a/b", "k", "s/1", "sa-east-1", "http://objects.example.org:9000", "path"),
        ),
        ("s3:///net?region=sa-east-1", ("net", "", None, None, "sa-east-1", None, None)),
    ],
)
def test_object_stores_address_is_read(url: str, expected: tuple) -> None:
    options = object_store(url)["OPTIONS"]
    names = ("bucket_name", "location", "access_key", "secret_key", "region_name")
    assert tuple(options[n] for n in (*names, "endpoint_url", "addressing_style")) == expected


@pytest.mark.parametrize("url", ["https://host/bucket", "s3://host", "bucket"])
def test_object_stores_wrong_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="s3://"):
        object_store(url)
