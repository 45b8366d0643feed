"""Who starts and who stops: hold, release, session, forks, kills, two homes."""

import os
import signal
import stat
import time
from pathlib import Path

import psycopg
import pytest

from mutirao.core.postgres import EmbeddedServer
from tests.core.postgres.kit import alive, gone, postmaster, query


def test_hold_makes_an_empty_utf8_database_that_knows_accents(new_home):
    url = EmbeddedServer(new_home).start()
    assert query(url, "select count(*) from pg_tables where schemaname = 'public'") == 0
    assert query(url, "show server_encoding") == "UTF8"
    assert query(url, "select lower('SÃO JOSÉ, ÑEMBY')") == "são josé, ñemby"
    assert query(url, "show server_version").startswith("18")


def test_hold_listens_on_no_network_port_and_closes_the_socket_folder(server, home):
    url = server.hold()
    assert query(url, "show listen_addresses") == ""
    assert stat.S_IMODE((home / "pg/run").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "pg/password").stat().st_mode) == 0o600
    assert stat.S_ISSOCK((home / "pg/run/.s.PGSQL.5432").stat().st_mode)
    pid = postmaster(home)
    links = [os.readlink(entry.path) for entry in os.scandir(f"/proc/{pid}/fd")]
    sockets = {link[len("socket:[") : -1] for link in links if link.startswith("socket:")}
    tables = [Path(f"/proc/{pid}/net/{name}") for name in ("tcp", "tcp6")]
    lines = [line for table in tables if table.exists() for line in table.read_text().splitlines()]
    assert sockets
    assert not sockets & {word for line in lines for word in line.split()}


def test_hold_url_is_the_only_way_in(server):
    url = server.hold()
    password = psycopg.conninfo.conninfo_to_dict(url)["password"]
    assert len(password) >= 43
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url, password="guess")
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(url.replace(f":{password}", ""))
    assert query(url, "select rolpassword from pg_authid where rolname='mutirao'").startswith(
        "SCRAM-SHA-256$"
    )


def test_hold_keeps_writes_durable_unless_tests_say_otherwise(home, monkeypatch):
    server = EmbeddedServer(home)
    with server.session() as url:
        assert query(url, "show fsync") == "off"
    monkeypatch.delenv("MUTIRAO_PG_FAST")
    with server.session() as url:
        shown = [query(url, f"show {name}") for name in ("fsync", "synchronous_commit")]
        assert [*shown, query(url, "show full_page_writes")] == ["on", "on", "on"]


def test_hold_ignores_postgresql_settings_of_the_person(server, monkeypatch):
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "PGHOST": "x", "PGUSER": "y"}.items():
        monkeypatch.setenv(name, value)
    url = server.hold()
    assert query(url, "select current_user || '@' || current_database()") == "mutirao@mutirao"


def test_hold_again_after_the_last_left_finds_the_data_within_a_second(home):
    server = EmbeddedServer(home)
    with server.session() as url, psycopg.connect(url) as connection:
        connection.execute("create table kept as select 7 as seven")
    assert not server.running()
    began = time.monotonic()
    with server.session() as url:
        assert time.monotonic() - began < 1
        assert query(url, "select seven from kept") == 7


def test_hold_by_processes_at_the_same_time_starts_one_server(user, home):
    log = home / "pg/log/postgresql.log"
    before = log.read_text().count("ready to accept") if log.exists() else 0
    users = [user() for _ in range(4)]
    for one in users:
        one.say("hold")
    urls = {one.answer() for one in users}
    assert len(urls) == 1 and urls.pop().startswith("ok postgresql://mutirao:")
    started = {one.ask("query select pg_postmaster_start_time()") for one in users}
    assert len(started) == 1
    assert log.read_text().count("ready to accept") == before + 1


def test_release_stops_the_server_only_when_the_last_user_leaves(user, home):
    first, second = user(), user()
    first.ask("hold")
    second.ask("hold")
    first.leave()
    assert second.ask("query select 1") == "1"
    pid = postmaster(home)
    second.leave()
    assert gone(pid)
    assert not (home / "pg/cluster/postmaster.pid").exists()


def test_release_after_another_user_was_killed_stops_the_server(user, home, server):
    first, second = user(), user()
    first.ask("hold")
    second.ask("hold")
    first.kill()
    assert server.running()
    second.ask("release")
    assert not server.running()


def test_hold_after_the_only_user_was_killed_takes_the_server_over(user, home, server):
    first, second = user(), user()
    first.ask("hold")
    pid = postmaster(home)
    first.kill()
    assert alive(pid)
    second.ask("hold")
    assert postmaster(home) == pid
    second.leave()
    assert gone(pid)


@pytest.mark.parametrize("kind", ["fork", "spawn"])
def test_release_is_not_kept_back_by_a_child_that_does_not_hold(user, server, kind):
    parent = user()
    parent.ask("hold")
    child = parent.child(kind)
    parent.ask("release")
    assert alive(child)
    assert not server.running()


def test_release_waits_for_a_forked_child_that_holds_by_itself(user, server):
    parent = user()
    parent.ask("hold")
    child = parent.child("fork-hold")
    parent.ask("release")
    assert server.running()
    os.kill(child, signal.SIGKILL)
    assert gone(child)
    parent.ask("hold")
    parent.ask("release")
    assert not server.running()


def test_session_and_hold_do_not_end_each_other(server):
    url = server.hold()
    with server.session() as same:
        assert same == url
    assert query(url, "select 1") == 1
    with server.session():
        server.release()
        assert server.running()
    assert not server.running()


def test_stop_ends_the_server_whoever_holds_it_and_hold_brings_it_back(server, user):
    other = user()
    other.ask("hold")
    server.stop()
    assert not server.running()
    server.stop()
    assert other.ask("hold").startswith("postgresql://")
    assert server.running()


def test_release_ends_the_hold_that_another_object_of_the_process_took(home):
    EmbeddedServer(home).hold()
    EmbeddedServer(home).release()
    assert not EmbeddedServer(home).running()


def test_start_leaves_a_server_that_nobody_holds(server, home):
    url = server.start()
    assert server.start() == url
    assert query(url, "select 1") == 1
    server.release()
    assert server.running()


def test_two_homes_run_side_by_side(home, new_home):
    one, other = EmbeddedServer(home), EmbeddedServer(new_home)
    with one.session() as first, other.session() as second:
        assert first != second
        assert one._cluster.password() != other._cluster.password()
        with psycopg.connect(first) as connection:
            connection.execute("create table only_here as select 1")
        assert query(second, "select to_regclass('only_here') is null")
