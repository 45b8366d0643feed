"""Signing people in, as the pages see them."""

from __future__ import annotations

from django.test import Client

from mutirao.network.acting import Actor


def browser(actor: Actor | None = None, **headers: str) -> Client:
    """A browser in which the actor's person is signed in (nobody by default)."""
    client = Client(headers=headers or None)
    if actor and actor.person:
        client.force_login(actor.person, "allauth.account.auth_backends.AuthenticationBackend")
    return client
