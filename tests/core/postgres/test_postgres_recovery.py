"""Crashes, kills, cut-short beginnings, full disks: a new start works or says why it cannot."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import psycopg
import pytest

from mutirao.core.postgres import EmbeddedServer, StartFailed, VersionMismatch, pidfile
from mutirao.core.postgres import server as server_module
from tests.core.postgres.kit import gone, postmaster, query


def kill_server(home):
    pid = postmaster(home)
    os.kill(pid, signal.SIGKILL)
    assert gone(pid)
    assert (home / "pg/cluster/postmaster.pid").exists()


def test_hold_after_the_server_was_killed_has_everything_that_was_committed(
    server, home, monkeypatch
):
    monkeypatch.delenv("MUTIRAO_PG_FAST")
    with psycopg.connect(server.hold()) as connection:
        connection.execute("create table survived as select 11 as eleven")
    kill_server(home)
    assert not server.running()
    assert query(server.hold(), "select eleven from survived") == 11
    server.release()
    assert not server.running()


def test_hold_waits_for_what_a_killed_server_left_running(server, home):
    url = server.hold()

    def work():  # on the processor, so that it does not notice the end of its parent
        with suppress(psycopg.OperationalError):  # it may still get to answer
            query(url, "select count(*) from generate_series(1, 15000000) where random() < 2")

    worker = threading.Thread(target=work)
    worker.start()
    while query(url, "select count(*) from pg_stat_activity where query like '%random() <%'") < 2:
        time.sleep(0.02)
    kill_server(home)
    assert query(server.hold(), "select 1") == 1
    worker.join()
    assert "is still in use" in (home / "pg/log/postgresql.log").read_text()


def test_hold_after_a_kill_and_a_reused_process_number_starts(server, home, user):
    server.hold()
    owner = (home / "pg/cluster").stat()
    kill_server(home)
    # What a restart in a container leaves: the number is alive, and of the same account.
    root = os.geteuid() == 0
    who = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if root else {}
    with subprocess.Popen(["/bin/sleep", "60"], cwd="/", **who) as stranger:
        for path in (home / "pg/cluster/postmaster.pid", home / "pg/run/.s.PGSQL.5432.lock"):
            path.write_text(re.sub(r"^\d+", str(stranger.pid), path.read_text()))
        assert query(server.hold(), "select 1") == 1
        assert stranger.poll() is None
        stranger.kill()


def test_pidfile_keeps_the_number_of_a_server_that_lives(server, home):
    server.hold()
    for path in (home / "pg/cluster/postmaster.pid", home / "pg/run/.s.PGSQL.5432.lock"):
        before = path.read_text()
        pidfile.disown_stranger(path, home / "pg/cluster")
        assert path.read_text() == before


def test_pidfile_disowns_a_process_that_ended_and_was_never_asked(base):
    ended = subprocess.Popen(["/bin/true"])
    assert gone(ended.pid)
    (base / "postmaster.pid").write_text(f"{ended.pid}\n{base}\n17\n")
    pidfile.disown_stranger(base / "postmaster.pid", base)
    assert (base / "postmaster.pid").read_text() == f"{pidfile.NO_PROCESS}\n{base}\n17\n"
    ended.wait()


def test_hold_after_a_kill_while_the_cluster_was_made_begins_again(new_home, user):
    first = user(new_home)
    first.say("hold")
    while not list(new_home.glob("pg/cluster.new-*/base")):
        time.sleep(0.005)
    first.kill()
    assert not (new_home / "pg/cluster").exists()
    with EmbeddedServer(new_home).session() as url:
        assert query(url, "select current_database()") == "mutirao"
        left = list(new_home.glob("pg/cluster.new-*"))
    assert len(left) <= 1  # at most what an initdb without its caller is still writing


def test_start_refuses_data_of_another_major_version_and_keeps_it(server, home):
    version = home / "pg/cluster/PG_VERSION"
    server.start()
    server.stop()
    version.write_text("17\n")
    try:
        with pytest.raises(VersionMismatch, match=r"PostgreSQL 17.*brings PostgreSQL 18"):
            server.hold()
    finally:
        version.write_text("18\n")
    assert server.hold()


def test_start_that_fails_shows_what_the_server_said_and_holds_nothing(server, home):
    server.start()
    server.stop()
    control = home / "pg/cluster/global/pg_control"
    control.rename(control.with_suffix(".away"))
    try:
        with pytest.raises(StartFailed, match="pg_control") as raised:
            server.hold()
    finally:
        control.with_suffix(".away").rename(control)
    assert "did not start" in str(raised.value) and "MB free" in str(raised.value)
    assert not server_module._holds[home / "pg"].held
    assert query(server.hold(), "select 1") == 1


def test_start_without_the_password_file_says_so(server, home):
    server.start()
    server.stop()
    password = home / "pg/password"
    text, owner = password.read_text(), password.stat()
    password.unlink()
    with pytest.raises(StartFailed, match="password of the database is missing"):
        server.hold()
    assert not server.running()
    password.write_text(text)
    os.chown(password, owner.st_uid, owner.st_gid)
    password.chmod(0o600)
    assert query(server.hold(), "select 1") == 1


def test_start_on_a_full_disk_says_so(base, as_root):
    """In a mount namespace of its own, so that nothing of the machine is mounted or changed."""
    unshare = shutil.which("unshare")
    mount = f"mount -t tmpfs -o size=40m,mode=755 none {base}"
    if not unshare or subprocess.run([unshare, "-m", "sh", "-c", mount]).returncode:
        pytest.skip("this system does not let root make a small disk (mount namespace)")
    program = (
        "import sys; from pathlib import Path; from mutirao.core.postgres import *\n"
        "try: EmbeddedServer(Path(sys.argv[1])).hold()\n"
        "except StartFailed as error: print(error)\n"
    )
    small = [unshare, "-m", "sh", "-c", f'{mount} && exec "$@"', "sh"]
    done = subprocess.run(
        [*small, sys.executable, "-c", program, str(base / "home")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "The database could not be made" in done.stdout
    assert "No space left on device" in done.stdout
