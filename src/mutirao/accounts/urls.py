"""Sign-in, passwords and settings; what is not named here is as django-allauth serves it."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from .views import consent, entrance, factors, own, services

urlpatterns = [
    path("settings/", own.settings, name="account_settings"),
    path("security/", own.security, name="mfa_index"),
    path("security/sessions/", own.sessions, name="usersessions_list"),
    path("security/sessions/<int:pk>/end/", own.end_session, name="usersessions_end"),
    path("data/", include("mutirao.accounts.personal_urls")),
    path("agree/", consent.ask, name="consent"),
    path("texts/new/", consent.publish, name="consent_publish"),
    path("texts/<slug:kind>/", consent.text, name="consent_text"),
    path("texts/<slug:kind>/<int:version>/", consent.text, name="consent_version"),
    path("signup/", entrance.signup, name="account_signup"),
    path("logout/", services.logout, name="account_logout"),
    path("services/known/", services.known, name="oidc_known"),
    path("services/link/", services.link, name="oidc_link"),
    path("services/signup/", services.signup, name="socialaccount_signup"),
    path("services/", services.connections, name="socialaccount_connections"),
    path("services/", include("allauth.socialaccount.urls")),
    path("login/", entrance.login, name="account_login"),
    path("reauthenticate/", entrance.reauthenticate, name="account_reauthenticate"),
    path("email/", entrance.email, name="account_email"),
    path("password/change/", entrance.password_change, name="account_change_password"),
    path("password/set/", entrance.password_set, name="account_set_password"),
    path("password/reset/", entrance.password_reset, name="account_reset_password"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("", include("allauth.account.urls")),
    path(
        "security/webauthn/keys/<int:pk>/remove/",
        factors.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path("security/webauthn/keys/<int:pk>/edit/", factors.rename_passkey, name="mfa_edit_webauthn"),
    path("security/webauthn/", RedirectView.as_view(pattern_name="mfa_index")),
    path("security/", include("allauth.mfa.urls")),
]
