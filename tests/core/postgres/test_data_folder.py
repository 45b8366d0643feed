"""data_folder(): where an installation keeps its data."""

import os
import stat
from pathlib import Path

import pytest

from mutirao.core import home
from mutirao.core.home import ROOT_DEFAULT, HomeRefused, data_folder, default_folder

CHECKOUT = Path(__file__).parents[3]


def test_data_folder_is_made_where_the_environment_says(base, monkeypatch):
    monkeypatch.setenv("MUTIRAO_HOME", str(base / "a" / "b"))
    old = os.umask(0o077)
    try:
        folder = data_folder()
    finally:
        os.umask(old)
    assert folder == base / "a" / "b"
    assert stat.S_IMODE(folder.stat().st_mode) == (0o711 if os.geteuid() == 0 else 0o700)
    assert data_folder() == folder


def test_data_folder_keeps_the_permissions_of_a_folder_that_is_there(base, monkeypatch):
    (base / "mine").mkdir(mode=0o750)
    monkeypatch.setenv("MUTIRAO_HOME", str(base / "mine"))
    assert stat.S_IMODE(data_folder().stat().st_mode) == 0o750


def test_data_folder_takes_a_relative_path_and_a_tilde(base, monkeypatch):
    monkeypatch.chdir(base)
    monkeypatch.setenv("HOME", str(base))
    monkeypatch.setenv("MUTIRAO_HOME", "one")
    assert data_folder() == base / "one"
    monkeypatch.setenv("MUTIRAO_HOME", "~/two")
    assert data_folder() == base / "two"


@pytest.mark.parametrize("below", ["", "/deeper"])
def test_data_folder_that_is_a_file_is_refused_with_advice(base, monkeypatch, below):
    (base / "file").write_text("kept")
    monkeypatch.setenv("MUTIRAO_HOME", f"{base}/file{below}")
    with pytest.raises(HomeRefused, match=r"cannot be made: .*MUTIRAO_HOME=/srv/mutirao"):
        data_folder()
    assert (base / "file").read_text() == "kept"


def test_default_folder_of_root_is_outside_the_checkout(as_root):
    assert default_folder() == ROOT_DEFAULT == Path("/var/lib/mutirao")


def test_default_folder_of_an_ordinary_user_is_var_in_the_checkout(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert default_folder() == CHECKOUT / "var"


def test_default_folder_outside_a_checkout_is_among_the_users_data(monkeypatch, base):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(home, "__file__", str(base / "site-packages/mutirao/core/home.py"))
    monkeypatch.setenv("HOME", str(base))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert default_folder() == base / ".local/share/mutirao"
    monkeypatch.setenv("XDG_DATA_HOME", str(base / "data"))
    assert default_folder() == base / "data/mutirao"
