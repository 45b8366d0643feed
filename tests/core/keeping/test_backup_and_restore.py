"""From the data of v0.1.0 to the present, served, backed up under writes, and restored elsewhere.

One story in several tests: the installations are slow to make.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mutirao.core.keeping import archive
from tests.core.conftest import OLD
from tests.core.keeping.kit import Reader, addresses, database, files, tables
from tests.installation import MUTIRAO, Installation

WRITER = Path(__file__).with_name("writer.py")
# What the writer changes; every other table must be equal to the last row.
WRITTEN = {
    "commitments_evidence",
    "commitments_evidenceevent",
    "commitments_commitment",
    "commitments_commitmentevent",
    "pghistory_context",
}


def backed_up(site: Installation, target: Path) -> archive.Backup:
    done = site.run("backup", str(target), check=False)
    assert done.returncode == 0, done.stderr
    return archive.opened(target)


def test_upgrade_from_v0_1_0_keeps_every_record(old: Installation) -> None:
    before = archive.opened(OLD).about["counts"]
    with database(old) as connection:
        kept = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in before
            if table.split("_")[0] in {"network", "plans", "commitments", "meetings", "topics"}
            and not table.endswith("event")
        }
    assert {t: n for t, n in kept.items() if n < before[t]} == {}
    assert kept["network_organisation"] >= 84


def test_upgrade_from_v0_1_0_opens_its_pages(old: Installation) -> None:
    visitor, member = Reader(old), Reader(old, "secretariat")
    for reader, start in ((visitor, "/pt/"), (member, "/pt/desk/")):
        for path in addresses(reader.get(start), 12):
            assert "<h1" in reader.get(path), path


def test_backup_under_writes_is_one_moment(old: Installation, scratch: Path) -> None:
    environment = {**old.environment, "DJANGO_SETTINGS_MODULE": "mutirao.settings"}
    environment.setdefault("DATABASE_URL", "")
    if not environment["DATABASE_URL"]:
        from mutirao.core.postgres import EmbeddedServer

        environment["MUTIRAO_EMBEDDED_URL"] = EmbeddedServer(old.home).url
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, WRITER], env=environment, stdin=pipe, stdout=pipe, text=True
    ) as writer:
        assert writer.stdin and writer.stdout
        for _line in range(10):
            assert writer.stdout.readline()
        backup = backed_up(old, scratch / "moment.tar")
        time.sleep(0.3)
        writer.stdin.close()
        done = [int(line) for line in writer.stdout]
    assert len(done) > 20, "the writer was not writing during the backup"

    with database(old) as connection:
        live = tables(connection)
    twin = Installation(scratch / "twin")
    twin.run("restore", str(backup.path), "--into", str(twin.home))
    with database(twin) as connection:
        assert {t for t, d in tables(connection).items() if live[t] != d} <= WRITTEN
        rows = connection.execute(
            "SELECT substr(title, 2)::int, file FROM commitments_evidence"
            " WHERE title ~ '^w[0-9]+$' ORDER BY 1"
        ).fetchall()
        others = connection.execute(
            "SELECT file FROM commitments_evidence WHERE title !~ '^w[0-9]+$' AND file <> ''"
            " UNION SELECT file FROM intake_draft WHERE file <> ''"
        ).fetchall()
    numbers = [number for number, _name in rows]
    last = numbers[-1]
    assert numbers == [last - 2, last - 1, last]  # the state after one act, none half done
    assert 10 <= last < done[-1]
    for number, name in rows:
        assert (twin.home / "files" / name).read_text() == f"content of {number}"
    stored, there = files(twin.home), files(old.home)
    assert set(stored) == {name for _n, name in rows} | {name for (name,) in others}
    assert {n: d for n, d in stored.items() if there.get(n, d) != d} == {}


def test_restore_gives_the_same_pages(old: Installation, scratch: Path) -> None:
    backup = backed_up(old, scratch / "pages.tar")
    twin = Installation(scratch / "pages", extra={"MUTIRAO_DEMO": "1"})
    twin.run("restore", str(backup.path), "--into", str(twin.home))
    with database(old) as before, database(twin) as after:
        assert tables(before) == tables(after)
    twin.start("serve")
    try:
        for account in ("", "secretariat"):
            one, other = Reader(old, account), Reader(twin, account)
            paths = addresses(one.get("/pt/desk/" if account else "/pt/"), 15)
            assert len(paths) > 10
            for path in paths:
                assert one.page(path) == other.page(path), path
    finally:
        twin.stop()


def test_backup_goes_through_a_pipe_and_names_itself(old: Installation, scratch: Path) -> None:
    piped = scratch / "piped.tar"
    with piped.open("wb") as out:
        subprocess.run([MUTIRAO, "backup", "-"], env=old.environment, stdout=out, check=True)
    assert archive.opened(piped).about["mutirao"]
    folder = scratch / "folder"
    folder.mkdir()
    old.run("backup", str(folder))
    [made] = folder.iterdir()
    assert made.name.startswith("mutirao-20") and made.suffix == ".tar"
    assert made.stat().st_mode & 0o077 == 0
    again = old.run("backup", str(made), check=False)
    assert again.returncode == 2
    assert len(list(folder.iterdir())) == 1


@pytest.mark.verify
def test_restore_that_was_killed_is_run_again(scratch: Path) -> None:
    site = Installation(scratch / "killed")
    words = [MUTIRAO, "restore", str(OLD), "--into", str(site.home)]
    process = subprocess.Popen(words, env=site.environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not (site.home / "files").exists() and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (site.home / "restore-in-progress").exists()
    site.run("restore", str(OLD), "--into", str(site.home))
    assert not (site.home / "restore-in-progress").exists()
    with database(site) as connection:
        assert connection.execute("SELECT count(*) FROM network_organisation").fetchone() == (84,)
