"""Every setting an operator can make, in one list: read, checked and documented from here.

`docs/operations.md` prints this list (`python tools/settings_doc.py`), so a setting that is
not here does not exist. No Django import: the command line reads it before Django is there.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


class UnsafeSettings(SystemExit):
    """Raised at start in production; the message names each setting and says what to do."""


def flag(text: str) -> bool:
    """Read a yes/no setting. Raises ValueError for anything else than the usual words."""
    word = text.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ValueError("use 1 or 0")


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("use a whole number above 0")
    return number


def store_address(text: str) -> str:
    """Read an object store's address. Raises ValueError when it names no bucket."""
    parts = urlsplit(text)
    if text and (parts.scheme != "s3" or not parts.path.strip("/")):
        raise ValueError("use s3://key:secret@host/bucket")
    return text


def _key_is_weak(value: str) -> str | None:
    if not value:
        return "is not set; give it 50 random characters"
    if len(value) < 40 or len(set(value)) < 12:
        return "is too short or too regular; give it 50 random characters"
    return None


def _hosts_are_open(value: list[str]) -> str | None:
    if not value:
        return "is not set; name the host names people use, separated by commas"
    if any(host.strip() in {"*", "."} for host in value):
        return "admits any host; name the host names people use"
    return None


def _address_is_plain(value: str) -> str | None:
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname:
        return "must be the public address of the installation, beginning with https://"
    return None


def _must_be_off(value: bool) -> str | None:
    return "must be off in production" if value else None


def origin(address: str) -> str:
    """`https://host:port` of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


_SERVICE = {"id", "name", "issuer", "client_id", "secret"}
_SERVICE_MAY = {"scope": ["openid", "profile", "email"], "trust_email": False}


def services(text: str) -> list[dict[str, object]]:
    """Read MUTIRAO_OIDC: a JSON list of objects. Raises ValueError that says which key is wrong."""
    try:
        found = json.loads(text or "[]")
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error}") from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError("use a JSON list of objects")
    for one in found:
        if missing := sorted(_SERVICE - set(one)):
            raise ValueError(f"each service needs {', '.join(missing)}")
        if unknown := sorted(set(one) - _SERVICE - set(_SERVICE_MAY)):
            raise ValueError(f"unknown: {', '.join(unknown)}")
        if not re.fullmatch(r"[a-z0-9-]{1,40}", str(one["id"])):
            raise ValueError("an id is made of small letters, digits and -")
    if len({one["id"] for one in found}) != len(found):
        raise ValueError("two services have the same id")
    return [{**_SERVICE_MAY, **one} for one in found]


def _service_is_plain(value: list[dict[str, object]]) -> str | None:
    plain = [str(one["id"]) for one in value if urlsplit(str(one["issuer"])).scheme != "https"]
    if plain:
        return f"names an issuer without https:// ({', '.join(plain)})"
    return None


def required_or_offered(text: str) -> str:
    if text not in ("required", "offered"):
        raise ValueError("use required or offered")
    return text


def _secretariat_unguarded(value: str) -> str | None:
    return "must be `required` in production" if value != "required" else None


def _mail_goes_nowhere(value: str) -> str | None:
    if urlsplit(value).scheme not in {"smtp", "smtps", "smtp+tls"}:
        return "must be smtp://, smtp+tls:// or smtps://; without it no password can be reset"
    return None


@dataclass(frozen=True)
class Setting:
    """One setting: its name, its default as text, how it is read, and what it is for."""

    name: str
    default: str
    read: Callable[[str], object]
    about: str
    unsafe: Callable[..., str | None] | None = None


SETTINGS: tuple[Setting, ...] = (
    Setting("MUTIRAO_ENV", "", str, "`production` makes the start refuse every unsafe setting."),
    Setting(
        "MUTIRAO_HOME",
        "",
        str,
        "The data folder: embedded database, files, outbox. Default `var/` in the checkout; "
        "as root `/var/lib/mutirao`.",
    ),
    Setting(
        "MUTIRAO_DB_USER",
        "",
        str,
        "As root: the account the embedded PostgreSQL runs as. Default: the owner of the data, "
        "else `postgres`, else `nobody`. Better an account of its own.",
    ),
    Setting(
        "MUTIRAO_PG_FAST",
        "0",
        flag,
        "Tests only: the embedded PostgreSQL does not wait for the disk.",
        _must_be_off,
    ),
    Setting(
        "DATABASE_URL",
        "",
        str,
        "An ordinary PostgreSQL 15 or newer, `postgresql://user:password@host:5432/name`. "
        "Empty: the embedded PostgreSQL 18.",
    ),
    Setting(
        "DATABASE_DIRECT_URL",
        "",
        str,
        "The same database past a pooler: used by the worker and by migrations.",
    ),
    Setting(
        "MUTIRAO_REPLICA_URL",
        "",
        str,
        "A streaming replica of the same database: visitors' pages are read from it whenever it "
        "is level with the primary.",
    ),
    Setting(
        "MUTIRAO_FILES_URL",
        "",
        store_address,
        "Uploads in an S3-compatible store, `s3://key:secret@host/bucket/folder?region=…`; "
        "`&tls=0` without TLS. Empty: `files/` in the data folder.",
    ),
    Setting(
        "MUTIRAO_SECRET_KEY",
        "",
        str,
        "Signs sessions and tokens. Empty outside production: made once in the data folder.",
        _key_is_weak,
    ),
    Setting(
        "MUTIRAO_HOSTS",
        "",
        words,
        "Host names the pages are served under, separated by commas. "
        "Empty outside production: this machine only.",
        _hosts_are_open,
    ),
    Setting(
        "MUTIRAO_BASE_URL",
        "http://localhost:8000",
        str,
        "Public address, used in messages, feeds and documents.",
        _address_is_plain,
    ),
    Setting(
        "MUTIRAO_DEBUG",
        "0",
        flag,
        "Error pages with source and the component gallery.",
        _must_be_off,
    ),
    Setting(
        "MUTIRAO_DEMO",
        "0",
        flag,
        "Demonstration mode: one-click sign-in. `mutirao demo` switches it on.",
        _must_be_off,
    ),
    Setting(
        "MUTIRAO_SIGN_UP",
        "1",
        flag,
        "Citizens may open an account of their own (it acts for nobody). 0: only by invitation.",
    ),
    Setting(
        "MUTIRAO_SECOND_FACTOR",
        "required",
        required_or_offered,
        "`required`: the secretariat and signatories work only with a second factor (codes of an "
        "app, or a passkey); everybody else is offered one. `offered`: nobody must.",
        _secretariat_unguarded,
    ),
    Setting(
        "MUTIRAO_OIDC",
        "",
        services,
        "Sign-in with other services by OpenID Connect (national identity, Keycloak): a JSON list "
        'such as `[{"id": "govbr", "name": "gov.br", "issuer": "https://sso.example", "client_id": '
        '"…", "secret": "…"}]`. May have `scope` (a list) and `trust_email` (true: every address '
        "that service names is confirmed). Register `BASE_URL/oidc/ID/callback/` over there.",
        _service_is_plain,
    ),
    Setting(
        "MUTIRAO_EMAIL_URL",
        "",
        str,
        "Outgoing mail, `smtp+tls://user:password@host:587`. "
        "Empty outside production: messages are written to `outbox/` in the data folder.",
        _mail_goes_nowhere,
    ),
    Setting(
        "MUTIRAO_KEEP_SESSIONS_DAYS",
        "90",
        positive,
        "Days for which a session that has ended stays listed, with its IP address.",
    ),
    Setting(
        "MUTIRAO_KEEP_DEVICES_DAYS",
        "400",
        positive,
        "Days for which a browser is known again after its last sign-in.",
    ),
    Setting(
        "MUTIRAO_KEEP_UNCONFIRMED_DAYS",
        "30",
        positive,
        "Days after which an account nobody confirmed by mail is deleted.",
    ),
    Setting(
        "MUTIRAO_KEEP_DRAFTS_DAYS",
        "365",
        positive,
        "Days for which a document that was brought in and not accepted is kept.",
    ),
    Setting("MUTIRAO_EMAIL_FROM", "mutirao@localhost", str, "Sender of messages."),
    Setting(
        "MUTIRAO_EMAIL_REPLY_TO", "", str, "Where answers to messages go, if not to the sender."
    ),
    Setting(
        "MUTIRAO_EMAIL_BOUNCES_TO",
        "",
        str,
        "Where reports of undeliverable mail go (the envelope's sender); pipe what arrives there "
        "into `mutirao mail bounce`. Empty: the sender.",
    ),
    Setting("MUTIRAO_LETTERS_DAYS", "90", positive, "Days for which sent mail is kept."),
    Setting("MUTIRAO_NOTICES_DAYS", "365", positive, "Days for which read notices are kept."),
    Setting(
        "MUTIRAO_LIVE_URL",
        "",
        str,
        "Where browsers find the live door: a path of the same host (`/live/`) behind a proxy, or "
        "`:8001` for another port of it. Empty: the next port under `mutirao serve` outside "
        "production, none in production.",
    ),
    Setting("MUTIRAO_NETWORK_NAME", "Mutirão", str, "Name of the network, shown on every page."),
    Setting("MUTIRAO_TIME_ZONE", "America/Montevideo", str, "IANA zone of the network's seat."),
    Setting("MUTIRAO_WEB_WORKERS", "2", positive, "Web processes of `mutirao serve`."),
    Setting("MUTIRAO_THREADS", "4", positive, "Threads, and database connections, of each."),
    Setting("MUTIRAO_UPLOAD_MB", "20", positive, "Largest document accepted, in megabytes."),
    Setting("MUTIRAO_INVITATION_DAYS", "14", positive, "Days an invitation can be accepted."),
    Setting(
        "MUTIRAO_CONTACT_DAYS",
        "180",
        positive,
        "Days a message of the contact form is kept before it is deleted.",
    ),
    Setting(
        "MUTIRAO_PROXIES",
        "0",
        int,
        "Reverse proxies in front (0 or 1): with 1, `X-Forwarded-For` and `-Proto` are believed.",
    ),
    Setting(
        "MUTIRAO_BACKUP_DAYS",
        "3",
        int,
        "In production `mutirao doctor` complains of a last backup as old as this; 0: never, "
        "because backups are made in another way.",
    ),
    Setting("MUTIRAO_LOG_FORMAT", "text", str, "`json`: one structured object a line."),
)


def read(environ: Mapping[str, str] | None = None) -> dict[str, object]:
    """Read every setting from the environment.

    Returns name → value. Raises SystemExit naming a setting whose text cannot be read, and
    `UnsafeSettings` naming each setting that is unsafe when MUTIRAO_ENV is `production`.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for setting in SETTINGS:
        text = environ.get(setting.name, setting.default)
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            raise SystemExit(f"{setting.name}={text!r}: {error}") from None
    if values["MUTIRAO_ENV"] not in ("", "production", "development"):
        raise SystemExit("MUTIRAO_ENV: use 'production' or leave it empty")
    if values["MUTIRAO_ENV"] == "production":
        refuse_unsafe(values)
    return values


def refuse_unsafe(values: Mapping[str, object]) -> None:
    """Raise `UnsafeSettings` with one line per unsafe setting."""
    faults = []
    for setting in SETTINGS:
        fault = setting.unsafe(values[setting.name]) if setting.unsafe else None
        if fault:
            faults.append(f"  {setting.name} {fault}")
    if faults:
        raise UnsafeSettings(
            "Mutirão does not start in production with unsafe settings:\n" + "\n".join(faults)
        )
