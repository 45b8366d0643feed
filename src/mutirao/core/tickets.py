"""Tickets for the live door: short-lived, signed, good for one person in one browser session.

The live door loads no Django, so nothing here does either: standard library only.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

SECONDS = 600  # a page asks for a new one when it connects again


def _key(secret: str) -> bytes:
    """A key of its own, so that a ticket is worth nothing anywhere else."""
    return hmac.digest(secret.encode(), b"mutirao.live", "sha256")


def _sealed(secret: str, words: str, session: str) -> str:
    # The session's key is bound in without being shown: a ticket read over somebody's shoulder
    # opens nothing in another browser.
    bound = hashlib.sha256(session.encode()).hexdigest()
    digest = hmac.digest(_key(secret), f"{words}.{bound}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def make(secret: str, person: int, session: str, now: float) -> str:
    """A ticket for `person` in the browser session `session`, good for `SECONDS` from `now`."""
    words = f"{person}.{int(now) + SECONDS}"
    return f"{words}.{_sealed(secret, words, session)}"


def check(secret: str, ticket: str, session: str, now: float) -> int | None:
    """The person a ticket is for, or None: altered, expired, or of another browser session."""
    words, _dot, seal = ticket.rpartition(".")
    person, _dot, until = words.partition(".")
    if not (person.isascii() and person.isdecimal() and until.isascii() and until.isdecimal()):
        return None
    if len(person) > 18 or len(until) > 12 or not session:
        return None
    if not hmac.compare_digest(_sealed(secret, words, session).encode(), seal.encode()):
        return None
    return int(person) if now <= int(until) else None
