"""Canaille, a real OpenID Connect provider, on this machine: two people, two services.

    python tests/accounts/openid_provider.py PORT BASE_URL

Kept in memory. Prints "ready" when it answers. Everybody's password is PASSWORD.
"""

from __future__ import annotations

import datetime
import sys

PASSWORD = "a sentence for the provider"
PEOPLE = {
    "ana": "ana@city.example",
    "bruno": "bruno@city.example",
}
OURS, OTHER = "mutirao", "other-service"
SECRET = "a-secret-of-some-length"


def main(port: int, base_url: str) -> None:
    from canaille import create_app
    from canaille.app import models
    from canaille.backends import Backend
    from joserfc.jwk import RSAKey
    from werkzeug.serving import make_server

    here = f"127.0.0.1:{port}"
    app = create_app(
        {
            "SECRET_KEY": "for tests only",
            "SERVER_NAME": here,
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "memory", "LOGGING": None, "SMTP": None},
            "CANAILLE_OIDC": {
                "ACTIVE_JWKS": [RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)]
            },
        }
    )
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), Backend.instance.session():
        for name, email in PEOPLE.items():
            person = models.User(
                user_name=name,
                given_name=name.capitalize(),
                family_name="Souza",
                formatted_name=f"{name.capitalize()} Souza",
                emails=[email],
                password=PASSWORD,
            )
            Backend.instance.save(person)
        for client_id in (OURS, OTHER):
            client = models.Client(
                client_id=client_id,
                client_secret=SECRET,
                client_name=client_id,
                client_uri=f"http://{here}",  # of a trusted domain: no page of consent
                redirect_uris=[f"{base_url}/oidc/canaille/callback/"],
                post_logout_redirect_uris=[f"{base_url}/"],
                grant_types=["authorization_code"],
                response_types=["code"],
                token_endpoint_auth_method="client_secret_post",
                id_token_signed_response_alg="RS256",
                scope=["openid", "profile", "email"],
                client_id_issued_at=datetime.datetime.now(datetime.UTC),
            )
            Backend.instance.save(client)
            client.audience = [client]
            Backend.instance.save(client)
    server = make_server("127.0.0.1", port, app, threaded=True)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
