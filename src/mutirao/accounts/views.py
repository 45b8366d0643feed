"""Sign-in as allauth serves it, with our forms; and a person's own settings."""

from __future__ import annotations

from allauth.account import views as allauth
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from mutirao.core.languages import DJANGO_CODES

from .actions import save_settings
from .forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SettingsForm,
)

login = allauth.LoginView.as_view(form_class=LoginForm)
reauthenticate = allauth.ReauthenticateView.as_view(form_class=ReauthenticateForm)
email = allauth.EmailView.as_view(form_class=AddEmailForm)
password_change = allauth.PasswordChangeView.as_view(form_class=ChangePasswordForm)
password_set = allauth.PasswordSetView.as_view(form_class=SetPasswordForm)
password_reset = allauth.PasswordResetView.as_view(form_class=ResetPasswordForm)
password_reset_from_key = allauth.PasswordResetFromKeyView.as_view(form_class=ResetPasswordKeyForm)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """One's own name, language and time zone; after a change of language the page follows."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        save_settings(person=request.user, **chosen)  # type: ignore[arg-type]
        with override(DJANGO_CODES[chosen["language"]]):
            messages.success(request, _("Your settings are saved."))
            return redirect("account_settings")
    return render(request, "account/settings.html", {"form": form})
