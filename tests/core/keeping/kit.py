"""What the tests of backup and restore share: looking at two installations row by row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import psycopg
from psycopg import sql

from mutirao.core.postgres import EmbeddedServer
from tests.installation import Installation


@contextmanager
def database(site: Installation) -> Iterator[psycopg.Connection]:
    """A connection to the installation's database, started for it if need be."""
    if url := site.environment.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            yield connection
        return
    with EmbeddedServer(site.home).session() as url, psycopg.connect(url) as connection:
        yield connection


def tables(connection: psycopg.Connection) -> dict[str, str]:
    """Table → digest of all its rows. Not the queue's: a worker that lives writes there."""
    connection.execute("SET TimeZone = 'UTC'")
    names = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p')"
    ).fetchall()
    return {n: _digest(connection, n) for (n,) in names if not n.startswith("procrastinate")}


def _digest(connection: psycopg.Connection, table: str) -> str:
    query = sql.SQL("SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t")
    found = connection.execute(query.format(sql.Identifier(table))).fetchone()
    return str(found[0]) if found else ""


def files(home: Path) -> dict[str, str]:
    """Name → digest of every stored file that was not deleted."""
    folder = home / "files"
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and "discarded" not in path.parts
    }


class Reader:
    """Somebody who reads pages: a visitor, or an account of the demonstration."""

    def __init__(self, site: Installation, account: str = "") -> None:
        self.site = site
        self.cookies = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies))
        if account:
            page = self.get("/pt/demonstration/")
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
            assert token
            form = {"account": account, "csrfmiddlewaretoken": token[1]}
            url = f"{site.url}/pt/demonstration/"
            with self.opener.open(url, urlencode(form).encode(), timeout=30) as answer:
                assert answer.url.endswith("/pt/desk/"), answer.url

    def get(self, path: str) -> str:
        with self.opener.open(self.site.url + path, timeout=30) as answer:
            return answer.read().decode()

    def raw(self, path: str) -> bytes:
        with self.opener.open(self.site.url + path, timeout=30) as answer:
            return answer.read()

    def post(self, path: str, **form: str) -> int:
        """Send a form; its status, redirects followed. Raises HTTPError for a refusal."""
        words = urlencode({**form, "csrfmiddlewaretoken": self.token()}).encode()
        with self.opener.open(self.site.url + path, words, timeout=30) as answer:
            return answer.status

    def upload(self, path: str, field: str, name: str, content: bytes, **form: str) -> str:
        """Send a form with a file; the address it leads to."""
        edge = "edge-of-the-parts"
        fields = {**form, "csrfmiddlewaretoken": self.token()}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"'
        parts.append(f"--{edge}\r\n{head}\r\nContent-Type: text/plain\r\n\r\n".encode())
        body = b"".join(parts) + content + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        request = Request(self.site.url + path, body, kind)
        with self.opener.open(request, timeout=60) as answer:
            return str(answer.url)

    def token(self) -> str:
        """The form token of this reader: what the cookie says is taken too."""
        return next((c.value or "" for c in self.cookies if c.name == "mutirao_csrf"), "")

    def page(self, path: str) -> str:
        """A page without what differs from visit to visit, and from port to port."""
        text = self.get(path).replace(str(self.site.port), "PORT")
        own = r'(csrfmiddlewaretoken" value|nonce|data-live|data-ticket)="[^"]*"'
        return re.sub(own, "", text)


def addresses(page: str, most: int) -> list[str]:
    found = re.findall(r'href="(/pt/[^"#?]*)"', page)
    return [path for path in dict.fromkeys(found) if "logout" not in path][:most]
