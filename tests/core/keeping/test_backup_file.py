"""A backup's file is whole or refused: cut short, altered, foreign, newer, forged."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutirao.cli import main
from mutirao.core.keeping import archive
from mutirao.core.keeping.words import SENTENCES, Refused

OLD = Path(__file__).parents[1] / "data" / "v0.1.0.tar"
ABOUT = {
    "format": 1,
    "mutirao": "0.1.0",
    "created_at": "2026-11-23T00:00:00+00:00",
    "postgresql": {"server": 18, "dump": 18},
    "counts": {"network_organisation": 84},
    "migrations": {"network": ["0001_initial"]},
}


def written(path: Path, about: dict | None = None, files: dict[str, bytes] | None = None) -> Path:
    with path.open("wb") as out:
        writer = archive.Writer(out)
        writer.add_bytes(archive.HEADER, json.dumps({**ABOUT, **(about or {})}).encode())
        writer.add_dump(io.BytesIO(b"PGDMP" * 100))
        for name, content in (files or {"evidence/2026/11/a.pdf": b"a" * 700}).items():
            writer.add_bytes(f"files/{name}", content)
        writer.close()
    return path


def sealed(path: Path, *infos: tarfile.TarInfo) -> Path:
    """A file that holds more than ours would, with a seal that is right all the same."""
    content = written(path).read_bytes()[: -archive._SEALED]
    content += b"".join(info.tobuf(tarfile.PAX_FORMAT) for info in infos)
    path.write_bytes(content + archive._sealed(hashlib.sha256(content).hexdigest()))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        archive.opened(path)
    return refused.value.key


def test_backup_file_reads_back_what_was_written(tmp_path: Path) -> None:
    long = f"evidence/{'x' * 150}.pdf"
    path = written(tmp_path / "a.tar", files={"a.txt": b"", long: b"b" * 513})
    backup = archive.opened(path)
    assert (backup.rows, backup.files, backup.dump_bytes) == (84, 2, 500)
    assert b"".join(backup.dump()) == b"PGDMP" * 100
    assert {name: file.read() for name, file in backup.stored_files()} == {
        "a.txt": b"",
        long: b"b" * 513,
    }


def test_backup_file_is_a_tar_with_sums_for_everyone(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tar")
    with tarfile.open(path) as tar:
        names = tar.getnames()
        sums = tar.extractfile("SHA256SUMS").read().decode()
        for line in sums.splitlines():
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(tar.extractfile(name).read()).hexdigest() == digest
    assert names == [*(line.split("  ")[1] for line in sums.splitlines()), "SHA256SUMS", "seal"]


def test_backup_file_of_a_long_dump_is_cut_into_parts(tmp_path: Path) -> None:
    dump = bytes(archive.PART_BYTES) + b"end"
    path = tmp_path / "a.tar"
    with path.open("wb") as out:
        writer = archive.Writer(out)
        writer.add_bytes(archive.HEADER, json.dumps(ABOUT).encode())
        assert writer.add_dump(io.BytesIO(dump)) == len(dump)
        writer.close()
    assert writer.bytes == path.stat().st_size
    assert b"".join(archive.opened(path).dump()) == dump


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_backup_file_with_any_byte_altered_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "a.tar"
    if not path.exists():
        written(path)
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.integers(1, 255))
    altered = tmp_path / "altered.tar"
    altered.write_bytes(whole[:place] + bytes([whole[place] ^ change]) + whole[place + 1 :])
    assert refusal(altered) in {"damaged", "not_ours", "cut_short", "newer"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_backup_file_cut_anywhere_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "a.tar"
    if not path.exists():
        written(path)
    whole = path.read_bytes()
    cut = tmp_path / "cut.tar"
    cut.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    assert refusal(cut) in {"cut_short", "not_ours"}


def test_backup_file_with_something_behind_it_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tar")
    path.write_bytes(path.read_bytes() + b"\0")
    assert refusal(path) == "cut_short"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n" + bytes(2000), b"%PDF-1.7", bytes(4096)],
    ids=["empty", "picture", "pdf", "zeros"],
)
def test_backup_file_that_is_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(content)
    assert refusal(path) == "not_ours"


def test_backup_file_that_is_another_tar_or_a_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as tar:
        tar.add(__file__, "mutirao.py")
    assert refusal(path) == "not_ours"
    assert refusal(tmp_path) == "no_file"
    assert refusal(tmp_path / "nothing") == "no_file"


def test_backup_file_of_a_format_to_come_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path / "a.tar", {"format": 2})) == "newer"


@pytest.mark.parametrize(
    "name", ["files/../../etc/passwd", "/etc/passwd", "files/a/../../x", "files", "x", "files//x"]
)
def test_backup_file_with_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(sealed(tmp_path / "a.tar", tarfile.TarInfo(name))) == "damaged"


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE]
)
def test_backup_file_with_a_link_or_device_is_refused(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("files/a")
    info.type, info.linkname = kind, "/etc/passwd"
    assert refusal(sealed(tmp_path / "a.tar", info)) == "damaged"


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"mutirao": "99.0"}, "99.0"),
        ({"migrations": {"network": ["0001_initial", "9999_to_come"]}}, "0.1.0"),
        ({"format": 7}, "0.1.0"),
    ],
    ids=["version", "migration", "format"],
)
def test_restore_of_a_newer_version_creates_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    about: dict,
    words: str,
) -> None:
    monkeypatch.setenv("LC_ALL", "es_UY.UTF-8")
    path, home = written(tmp_path / "a.tar", about), tmp_path / "home"
    assert main(["restore", str(path), "--into", str(home)]) == 2
    said = capsys.readouterr().err
    assert "versión más nueva" in said
    assert words in said
    assert not home.exists()


def test_restore_of_a_damaged_file_creates_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(OLD.read_bytes())
    content[len(content) // 2] ^= 1
    path, home = tmp_path / "a.tar", tmp_path / "home"
    path.write_bytes(content)
    assert main(["restore", str(path), "--into", str(home)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not home.exists()


def test_restore_into_a_folder_with_something_in_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("mine")
    assert main(["restore", str(OLD), "--into", str(home)]) == 2
    assert "--into" in capsys.readouterr().err
    assert [path.name for path in home.iterdir()] == ["letter.txt"]
    assert main(["restore", str(OLD), "--into", str(home / "letter.txt")]) == 2


def test_restore_of_a_folder_made_by_an_older_version_is_admitted() -> None:
    assert main(["backup", "--check", str(OLD)]) == 0


def test_backup_of_nothing_is_refused_and_creates_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_DIRECT_URL", raising=False)
    monkeypatch.setenv("MUTIRAO_HOME", str(tmp_path / "home"))
    assert main(["backup", str(tmp_path / "a.tar")]) == 2
    assert list(tmp_path.iterdir()) == []


def test_half_restored_folder_is_used_by_no_other_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTIRAO_HOME", str(tmp_path))
    (tmp_path / "restore-in-progress").touch()
    with pytest.raises(SystemExit, match="restore"):
        main(["manage", "check"])


def test_sentences_are_whole_in_three_languages() -> None:
    for key, sentence in SENTENCES.items():
        fields = {
            language: sorted(part.split("}")[0] for part in text.split("{")[1:])
            for language, text in sentence.items()
        }
        assert set(fields) == {"pt", "es", "en"}, key
        assert fields["pt"] == fields["es"] == fields["en"], key
