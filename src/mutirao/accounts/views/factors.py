"""The second factor as allauth serves it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpResponse
from django.urls import reverse_lazy


class RemovePasskey(webauthn.RemoveWebAuthnView):
    """Whose role needs a second factor keeps at least one."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        return super().form_valid(form)


remove_passkey = RemovePasskey.as_view(success_url=reverse_lazy("mfa_index"))
rename_passkey = webauthn.EditWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))
