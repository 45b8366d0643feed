"""One's own account: everybody's own, and what the secretariat publishes."""

from __future__ import annotations

from .base import ALL, SECRETARIAT, SIGNED_IN, Area, Row

_WORDS = {"kind": "terms", "pt": "Novo", "es": "Nuevo", "en": "New", "do": "publish"}
AREAS = [
    Area(
        "Accounts and personal data",
        "Everybody keeps their own account and sees, takes along and erases what is kept about "
        "them. What people agree to is read by everyone and published by the secretariat. The "
        "technical secretariat and signatories work only with a second factor.",
        [
            Row("see how it is kept safe", "one's own account", SIGNED_IN,
                "/en/accounts/security/"),
            Row("see where one is signed in", "one's own sessions", SIGNED_IN,
                "/en/accounts/security/sessions/"),
            Row("see what is kept", "one's own data", SIGNED_IN, "/en/accounts/data/"),
            Row("see one kind of it", "one's own data", SIGNED_IN,
                "/en/accounts/data/network-membership-person/"),
            Row("read the text in force", "terms and privacy", ALL, "/en/accounts/texts/terms/"),
            Row("read a former version", "terms and privacy", ALL, "/en/accounts/texts/privacy/1/"),
            Row("open the form", "a new version of a text", SECRETARIAT,
                "/en/accounts/texts/new/"),
            Row("publish it", "a new version of a text", SECRETARIAT, "/en/accounts/texts/new/",
                _WORDS),
        ],
    )
]  # fmt: skip
