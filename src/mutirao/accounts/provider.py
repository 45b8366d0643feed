"""Sign-in with another service by OpenID Connect, stricter than allauth's own.

allauth finds this room by its name. Beyond what it does, a sign-in here carries a nonce, every
identity token's signature is verified, and the user information must be about the same subject
(OpenID Connect Core 1.0, 3.1.3.7 and 5.3.2).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import provider as openid
from allauth.socialaccount.providers.openid_connect import views as openid_views
from django.conf import settings
from django.urls import reverse

CLOCKS_DIFFER_SECONDS = 60


def nonce_of(code_verifier: str) -> str:
    """The nonce of a sign-in, made of the secret that only this session keeps (PKCE)."""
    digest = hashlib.sha256(b"nonce:" + code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Adapter(openid_views.OpenIDConnectOAuth2Adapter):
    def get_callback_url(self, request: Any, app: Any) -> str:
        """Below the operator's address: the Host header of a request is anybody's."""
        path = reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})
        return str(settings.BASE_URL) + path

    def get_access_token_data(
        self, request: Any, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        self.code_verifier = pkce_code_verifier or ""
        return super().get_access_token_data(
            request, app, client, pkce_code_verifier=pkce_code_verifier
        )

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        raw = kwargs["response"].get("id_token")
        if not raw:
            raise OAuth2Error("no identity token")
        claims = self._decode_id_token(app, raw)
        if not hmac.compare_digest(str(claims.get("nonce", "")), nonce_of(self.code_verifier)):
            raise OAuth2Error("the nonce is not ours")
        person = self._fetch_user_info(token.token)
        if person.get("sub") != claims.get("sub"):
            raise OAuth2Error("the user information is about somebody else")
        if app.settings.get("trust_email") and person.get("email"):
            person["email_verified"] = True
        request.oidc_id_token = raw  # for signing out there too (accounts.social)
        data = {"userinfo": person, "id_token": claims}
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Signature, issuer, audience and time, always."""
        try:
            claims = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, ValueError) as error:
            raise OAuth2Error("unreadable identity token") from error
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the token was issued to another service")
        return claims


class Provider(openid.OpenIDConnectProvider):
    oauth2_adapter_class = Adapter
    pkce_enabled_default = True
    supports_token_authentication = False

    def get_pkce_params(self) -> dict[str, str]:
        """The challenge, and the nonce that belongs to it."""
        params = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def get_auth_params_from_request(self, request: Any, action: Any) -> dict[str, Any]:
        """What the address of our page says about the other service's request is not passed on."""
        return self.get_auth_params()

    def get_scope_from_request(self, request: Any) -> list[str]:
        return self.get_scope()


provider_classes = [Provider]
