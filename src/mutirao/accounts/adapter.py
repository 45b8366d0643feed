"""Where django-allauth asks the house."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:  # type: ignore[no-untyped-def]
        """Accounts are opened by the secretariat until invitations exist."""
        return False
