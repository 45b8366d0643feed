"""Where the data may be, which account runs the server, and that nothing else is touched."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from mutirao.core.home import HomeRefused
from mutirao.core.postgres import EmbeddedServer, binaries
from mutirao.core.postgres.account import choose, let_in
from tests.core.postgres.kit import postmaster, query

CHECKOUT = Path(__file__).parents[3]


def permissions(*trees):
    """Mode and owner of everything in `trees`, the times of change of links left out."""
    found = {}
    for tree in trees:
        for path in [tree, *tree.rglob("*")]:
            now = path.lstat()
            found[path] = (now.st_mode, now.st_uid, now.st_gid)
    return found


def surroundings(base):
    """The parents of the data folder, the programs, the account's home and the checkout."""
    singles = [*base.parents, Path.home(), CHECKOUT, *CHECKOUT.parents, Path("/tmp"), Path("/var")]
    found = permissions(base, binaries.in_wheel().parents[1])
    for path in singles:
        now = path.stat()
        found[path] = (now.st_mode, now.st_uid, now.st_gid)
    return found


def test_hold_changes_no_permission_outside_the_data_folder(base):
    outside = base / "outside"
    outside.mkdir(mode=0o700)
    (outside / "file").touch(mode=0o600)
    before = surroundings(base)
    with EmbeddedServer(base / "home").session() as url:
        assert query(url, "select 1") == 1
    accounts = set(pwd.getpwall())
    after = {
        path: what
        for path, what in surroundings(base).items()
        if not path.is_relative_to(base / "home")
    }
    assert after == before
    assert accounts == set(pwd.getpwall())
    assert not list(Path("/tmp").glob(".s.PGSQL*"))


def test_hold_in_a_closed_parent_as_root_is_refused_and_leaves_no_trace(base, as_root):
    closed = base / "closed"
    closed.mkdir(mode=0o700)
    before = permissions(base)
    with pytest.raises(HomeRefused, match=f"may not pass through {closed}\\.") as raised:
        EmbeddedServer(closed / "deep" / "home").hold()
    assert "MUTIRAO_HOME=/var/lib/mutirao" in str(raised.value)
    (closed / "deep").rmdir()
    assert permissions(base) == before


def test_hold_in_roots_own_home_is_refused_without_changing_it(as_root):
    root = Path("/root")
    if root.stat().st_mode & 0o001:
        pytest.skip("on this machine /root is open to all")
    before = stat.S_IMODE(root.stat().st_mode), sorted(os.listdir(root))
    with pytest.raises(HomeRefused, match="may not pass through /root"):
        EmbeddedServer(root / "mutirao-refused").hold()
    assert (stat.S_IMODE(root.stat().st_mode), sorted(os.listdir(root))) == before


def test_hold_in_a_closed_folder_with_content_as_root_is_refused(new_home, as_root):
    new_home.mkdir(mode=0o700)
    (new_home / "letters.txt").touch()
    with pytest.raises(HomeRefused, match=f"may not pass through {new_home}\\."):
        EmbeddedServer(new_home).hold()
    assert stat.S_IMODE(new_home.stat().st_mode) == 0o700
    assert [path.name for path in new_home.iterdir()] == ["letters.txt"]


def test_let_in_opens_an_empty_closed_folder_of_root_for_passing_only(new_home, as_root):
    new_home.mkdir(mode=0o700)
    let_in(choose(new_home / "pg/cluster"), new_home)
    assert stat.S_IMODE(new_home.stat().st_mode) == 0o711


def test_hold_does_not_follow_a_link_in_place_of_its_folder(base, new_home):
    target = base / "target"
    target.mkdir(mode=0o750)
    new_home.mkdir(mode=0o711)
    (new_home / "pg").symlink_to(target)
    before = permissions(target)
    with pytest.raises(HomeRefused, match="must be a real folder"):
        EmbeddedServer(new_home).hold()
    assert permissions(target) == before


def test_hold_refuses_a_path_too_long_for_a_socket_and_takes_a_short_link_to_it(base):
    long = base / ("x" * 100)
    with pytest.raises(HomeRefused, match="bytes too long for the socket"):
        EmbeddedServer(long).hold()
    assert not long.exists()
    long.mkdir(mode=0o711)
    short = base / "short"
    short.symlink_to(long)
    with EmbeddedServer(short).session() as url:
        assert query(url, "select 1") == 1
    assert (long / "pg/cluster/PG_VERSION").exists()


def test_hold_takes_spaces_signs_and_accents_in_the_path(base):
    with EmbeddedServer(base / "João's 1%20 dados & #?").session() as url:
        assert query(url, "select 1") == 1


@pytest.mark.parametrize("name", ["a$b", "a`b", 'a"b', "a\\b", "a\nb", "a,b"])
def test_hold_refuses_a_path_that_programs_would_misread(base, name):
    with pytest.raises(HomeRefused, match="which PostgreSQL cannot take"):
        EmbeddedServer(base / name).hold()
    assert not (base / name).exists()


def test_server_of_root_runs_as_an_unprivileged_account_with_roots_programs(server, home, as_root):
    server.hold()
    account = choose(home / "pg/cluster")
    running = Path(f"/proc/{postmaster(home)}")
    assert account.name == ("postgres" if _exists("postgres") else "nobody")
    assert running.stat().st_uid == account.uid != 0
    program = (running / "exe").resolve()
    assert program.is_relative_to(home / "pg") and program.stat().st_uid == 0
    groups = [line for line in (running / "status").read_text().splitlines() if "Groups" in line]
    assert groups[0].split() == ["Groups:"]
    can_write = [home, home / "pg", *(home / "pg").glob("bin-*/**/*")]
    assert not [path for path in can_write if path.stat().st_uid == account.uid]


def test_account_is_the_one_named_and_later_the_owner_of_the_data(new_home, as_root, monkeypatch):
    monkeypatch.setenv("MUTIRAO_DB_USER", "nobody")
    server = EmbeddedServer(new_home)
    server.start()
    server.stop()
    assert (new_home / "pg/cluster").owner() == "nobody"
    monkeypatch.delenv("MUTIRAO_DB_USER")  # as if `postgres` had been installed meanwhile
    assert query(server.start(), "select 1") == 1
    server.stop()
    monkeypatch.setenv("MUTIRAO_DB_USER", "daemon")
    with pytest.raises(HomeRefused, match="belongs to nobody"):
        server.start()


@pytest.mark.parametrize(
    ("name", "message"), [("root", "does not run as root"), ("no-such", "no account no-such")]
)
def test_account_that_will_not_do_is_refused_by_name(new_home, as_root, monkeypatch, name, message):
    monkeypatch.setenv("MUTIRAO_DB_USER", name)
    with pytest.raises(HomeRefused, match=message):
        EmbeddedServer(new_home).start()
    assert not new_home.exists()


def test_copied_programs_of_an_older_version_are_removed_after_a_start(server, home, as_root):
    old = home / "pg/bin-18-0.0.1/x"
    server.start()
    server.stop()
    old.mkdir(parents=True)
    server.start()
    assert not old.parent.exists()
    assert len(list((home / "pg").glob("bin-*"))) == 1


def test_server_of_an_ordinary_user_runs_as_that_user_from_the_wheel(base, new_home, user):
    account = _ordinary_account(new_home)
    one = user(new_home, *account)
    one.ask("hold")
    assert one.ask("query select 40 + 2") == "42"
    running = Path(f"/proc/{postmaster(new_home)}")
    assert running.stat().st_uid == new_home.stat().st_uid != 0
    assert (running / "exe").resolve() == (binaries.in_wheel() / "postgres").resolve()
    assert not list((new_home / "pg").glob("bin-*"))
    assert stat.S_IMODE((new_home / "pg").stat().st_mode) == 0o700
    one.leave()
    assert not (new_home / "pg/cluster/postmaster.pid").exists()


def test_ordinary_user_is_refused_the_data_of_root(server, home, user, as_root):
    server.hold()
    other = user(home, "nobody")
    other.say("hold")
    answer = other.answer()
    assert answer.startswith("error HomeRefused")
    assert "belongs to the account root" in answer


def _ordinary_account(home):
    """Make `home` an ordinary user's; return the account to become ([] when it is ours)."""
    if os.geteuid() != 0:
        return []
    home.mkdir(mode=0o700)
    shutil.chown(home, "nobody")
    programs = binaries.in_wheel()
    probe = subprocess.run(["test", "-x", programs / "postgres"], user="nobody", extra_groups=[])
    if probe.returncode:
        pytest.skip(f"the account nobody cannot read {programs}")
    return ["nobody"]


def _exists(name):
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False
