"""In production the start refuses each unsafe setting by name; elsewhere none is needed."""

import pytest

from mutirao.settings import database_from_url
from mutirao.settings.environment import SETTINGS, UnsafeSettings, read

SAFE = {
    "MUTIRAO_ENV": "production",
    "MUTIRAO_SECRET_KEY": "kJ3v8-Qw2zXn7Lp5Rt9Yb1Gc4Hd6Fs0MaE2uVxTo-Ws8Zq",
    "MUTIRAO_HOSTS": "rede.example.org",
    "MUTIRAO_BASE_URL": "https://rede.example.org",
    "MUTIRAO_EMAIL_URL": "smtp+tls://mutirao:secret@mail.example.org:587",
}


def test_settings_need_nothing_outside_production() -> None:
    values = read({})
    assert values["MUTIRAO_DEMO"] is False
    assert values["MUTIRAO_WEB_WORKERS"] == 2


def test_settings_accept_a_safe_production() -> None:
    assert read(SAFE)["MUTIRAO_HOSTS"] == ["rede.example.org"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MUTIRAO_SECRET_KEY", ""),
        ("MUTIRAO_SECRET_KEY", "short"),
        ("MUTIRAO_SECRET_KEY", "a" * 60),
        ("MUTIRAO_HOSTS", ""),
        ("MUTIRAO_HOSTS", "*"),
        ("MUTIRAO_BASE_URL", "http://rede.example.org"),
        ("MUTIRAO_DEBUG", "1"),
        ("MUTIRAO_DEMO", "1"),
        ("MUTIRAO_EMAIL_URL", ""),
        ("MUTIRAO_PG_FAST", "1"),
        ("MUTIRAO_SECOND_FACTOR", "offered"),
    ],
)
def test_settings_refuse_each_unsafe_one_by_name(name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings) as refusal:
        read({**SAFE, name: value})
    message = str(refusal.value)
    assert name in message
    assert [other for other in SAFE if other in message and other != name] == []


def test_settings_name_all_unsafe_ones_at_once() -> None:
    with pytest.raises(UnsafeSettings) as refusal:
        read({"MUTIRAO_ENV": "production"})
    for name in ("MUTIRAO_SECRET_KEY", "MUTIRAO_HOSTS", "MUTIRAO_BASE_URL", "MUTIRAO_EMAIL_URL"):
        assert name in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MUTIRAO_DEBUG", "maybe"),
        ("MUTIRAO_WEB_WORKERS", "0"),
        ("MUTIRAO_ENV", "prod"),
        ("MUTIRAO_SECOND_FACTOR", "x"),
    ],
)
def test_settings_unreadable_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SystemExit, match=name):
        read({name: value})


def test_settings_are_each_listed_once() -> None:
    names = [setting.name for setting in SETTINGS]
    assert len(names) == len(set(names))


def test_database_url_of_a_socket_keeps_its_folder() -> None:
    url = "postgresql://mutirao:p%40ss@/mutirao?host=%2Fvar%2FLib%2Frun&port=5432"
    found = database_from_url(url)
    assert (found["HOST"], found["PORT"]) == ("/var/Lib/run", "5432")
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("mutirao", "p@ss", "mutirao")


def test_database_url_of_a_host_keeps_its_options() -> None:
    found = database_from_url("postgresql://u:p@db.example:6432/net?sslmode=require")
    assert (found["HOST"], found["PORT"]) == ("db.example", "6432")
    assert found["OPTIONS"] == {"sslmode": "require"}
