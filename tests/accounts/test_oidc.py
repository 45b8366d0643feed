"""Sign-in with another service, against a real OpenID Connect provider on this machine.

Canaille runs as a process of its own; between it and us stands a small proxy on loopback, through
which a test can have the token endpoint answer with something else that the same provider issued.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client as AnyClient
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.accounts.models import User
from mutirao.settings.environment import UnsafeSettings, read, services
from tests.factories import UserFactory, give_second_factor

from .openid_provider import OTHER, OURS, PASSWORD, SECRET

pytestmark = pytest.mark.django_db
HERE = "http://localhost:8000"  # BASE_URL
START = "/oidc/canaille/login/"
BACK = "/oidc/canaille/callback/"


def Client(**headers: str) -> AnyClient:
    """A browser that prefers English: callbacks have no language in their address."""
    return AnyClient(headers={"accept-language": "en", **headers})


class Between:
    """The proxy. `tampers[path]` is given the provider's JSON answer and returns another."""

    def __init__(self, provider: str) -> None:
        self.provider, self.tampers = provider, {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(requests.get(outer.provider + self.path, headers=self.auth()))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {"Content-Type": self.headers["Content-Type"], **self.auth()}
                self.answer(requests.post(outer.provider + self.path, body, headers=headers))

            def auth(self) -> dict[str, str]:
                given = self.headers.get("Authorization")
                return {"Authorization": given} if given else {}

            def answer(self, real: requests.Response) -> None:
                path = urlsplit(self.path).path
                data = real.json()
                if path.endswith("openid-configuration"):
                    for name in ("token_endpoint", "userinfo_endpoint"):
                        data[name] = outer.url + urlsplit(data[name]).path
                elif path in outer.tampers:
                    data = outer.tampers[path](data)
                body = json.dumps(data).encode()
                self.send_response(real.status_code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def running() -> Iterator[Between]:
    port = _free_port()
    script = Path(__file__).with_name("openid_provider.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(port), HERE],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    between = Between(f"http://127.0.0.1:{port}")
    yield between
    between.server.shutdown()
    process.terminate()
    process.wait(10)


@pytest.fixture
def provider(running: Between, settings: Any) -> Between:
    cache.clear()
    running.tampers.clear()
    _configure(settings, running)
    with translation.override("en"):
        yield running


def _configure(settings: Any, running: Between, **more: Any) -> None:
    app = {
        "provider_id": "canaille",
        "name": "Canaille",
        "client_id": OURS,
        "secret": SECRET,
        "settings": {"server_url": running.url, "scope": ["openid", "profile", "email"], **more},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    settings.OIDC = [{"id": "canaille", "name": "Canaille"}]


def begin(client: AnyClient, **query: str) -> str:
    """Where the button leads: the provider's page of authorization."""
    response = client.post(START + (f"?{urlencode(query)}" if query else ""))
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def at_the_provider(address: str, who: str = "ana") -> str:
    """Sign in over there as a browser does; the path that leads back to us."""
    browser = requests.Session()
    response = browser.get(address, allow_redirects=False)
    for _step in range(8):
        target = response.headers.get("Location", "")
        if target.startswith(HERE):
            return target.removeprefix(HERE)
        if target:
            target = requests.compat.urljoin(response.url, target)
            response = browser.get(target, allow_redirects=False)
        elif "password" in urlsplit(response.url).path:
            response = browser.post(response.url, {"password": PASSWORD}, allow_redirects=False)
        else:
            response = browser.post(response.url, {"login": who}, allow_redirects=False)
    raise AssertionError(response.text[:2000])


def sign_in(client: AnyClient, who: str = "ana", **query: str):
    return client.get(at_the_provider(begin(client, **query), who))


def says(**claims: Any) -> Callable[[dict], dict]:
    return lambda data: {**data, **claims}


CONFIRMED = {"/oauth/userinfo": says(email_verified=True)}


def is_in(client: AnyClient) -> bool:
    return "_auth_user_id" in client.session


def officer(email: str = "ana@city.example") -> User:
    person = UserFactory(email=email, name="Ana of before")
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


# --- in and out, whole ----------------------------------------------------------------------


def test_signing_out_goes_on_at_the_provider_and_comes_back(provider: Between) -> None:
    provider.tampers.update(CONFIRMED)
    client, browser = Client(), requests.Session()
    sign_in(client)
    response = client.post(reverse("account_logout"))
    assert not is_in(client)
    assert response["Location"].startswith(f"{provider.provider}/oauth/end_session?")
    asked = parse_qs(urlsplit(response["Location"]).query)
    assert asked["post_logout_redirect_uri"] == [f"{HERE}/"]
    over_there = browser.get(response["Location"], allow_redirects=False)
    assert over_there.status_code < 400


# --- first sign-in ----------------------------------------------------------------------------


def test_first_sign_in_with_a_confirmed_address_opens_an_account(provider: Between) -> None:
    provider.tampers.update(CONFIRMED)
    client = Client()
    assert sign_in(client)["Location"] == reverse("home:desk")
    person = User.objects.get()
    assert (person.email, person.name, person.owes_consent) == (
        "ana@city.example", "Ana Souza", True,
    )  # fmt: skip
    assert is_in(client)
    assert client.get(reverse("home:desk"))["Location"].startswith(reverse("consent"))


def test_first_sign_in_with_an_unconfirmed_address_asks_to_confirm_by_mail(
    provider: Between,
) -> None:
    """Canaille itself never says that an address is confirmed."""
    client = Client()
    assert sign_in(client)["Location"] == reverse("account_email_verification_sent")
    assert not is_in(client)
    assert mail.outbox or _letters()
    link = re.search(r"http://[^/]+(\S+)", _letters()[-1]).group(1)
    client.post(link)
    assert sign_in(client)["Location"] == reverse("home:desk")
    assert is_in(client)


def _letters() -> list[str]:
    from mutirao.letters.models import Letter

    return [message.body for message in mail.outbox] + list(
        Letter.objects.order_by("pk").values_list("text", flat=True)
    )


def test_operator_may_trust_the_addresses_of_a_service(provider: Between, settings) -> None:
    _configure(settings, provider, trust_email=True)
    client = Client()
    sign_in(client)
    assert is_in(client)


def test_second_sign_in_finds_the_same_account(provider: Between) -> None:
    provider.tampers.update(CONFIRMED)
    for _time in range(2):
        client = Client()
        sign_in(client)
        assert is_in(client)
    assert User.objects.count() == SocialAccount.objects.count() == 1


def test_sign_in_leads_back_to_where_one_came_from(provider: Between) -> None:
    provider.tampers.update(CONFIRMED)
    assert sign_in(Client(), next="/en/plans/")["Location"] == "/en/plans/"
    assert sign_in(Client(), next="https://evil.example/")["Location"] == reverse("home:desk")


def test_second_factor_is_asked_after_another_service_too(provider: Between) -> None:
    provider.tampers.update(CONFIRMED)
    sign_in(Client())
    give_second_factor(User.objects.get())
    client = Client()
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_closed_account_is_not_opened_by_another_service(provider: Between) -> None:
    provider.tampers.update(CONFIRMED)
    sign_in(Client())
    User.objects.update(is_active=False)
    client = Client()
    sign_in(client)
    assert not is_in(client)


# --- an account that exists -------------------------------------------------------------------


def test_existing_account_is_linked_only_after_proof(provider: Between) -> None:
    provider.tampers.update(CONFIRMED)
    person, client = officer(), Client()
    assert sign_in(client)["Location"] == reverse("oidc_known")
    assert not is_in(client) and not SocialAccount.objects.exists()
    page = client.get(reverse("oidc_known")).content.decode()
    assert "has an account on this platform" in page
    fields = {"login": person.email, "password": "correct horse battery"}
    entered = client.post(reverse("account_login"), {**fields, "next": reverse("oidc_link")})
    assert entered["Location"] == reverse("oidc_link")
    client.post(reverse("account_reauthenticate"), {"password": "correct horse battery"})
    assert "Link Canaille?" in client.get(reverse("oidc_link")).content.decode()
    assert not SocialAccount.objects.exists()  # seeing the page links nothing
    client.post(reverse("oidc_link"), {"do": "link"})
    assert SocialAccount.objects.get().user == person
    fresh = Client()
    sign_in(fresh)
    assert fresh.session["_auth_user_id"] == str(person.pk)


def test_link_asks_for_a_fresh_proof(provider: Between) -> None:
    provider.tampers.update(CONFIRMED)
    person, client = officer(), Client()
    sign_in(client)
    fields = {"login": person.email, "password": "correct horse battery"}
    client.post(reverse("account_login"), fields)
    response = client.post(reverse("oidc_link"), {"do": "link"})
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not SocialAccount.objects.exists()


def test_existing_account_with_an_unconfirmed_address_is_not_given_away(
    provider: Between,
) -> None:
    """Whoever claims an address over there learns nothing of accounts here; its owner is told."""
    officer()
    client = Client()
    response = sign_in(client)
    assert response["Location"] == reverse("account_email_verification_sent")
    assert not is_in(client) and not SocialAccount.objects.exists()
    assert "already has an account" in _letters()[-1]


def test_link_is_offered_to_nobody_without_an_identity_that_waits(provider: Between) -> None:
    client = Client()
    client.force_login(officer())
    client.post(reverse("account_reauthenticate"), {"password": "correct horse battery"})
    assert client.post(reverse("oidc_link"), {"do": "link"})["Location"] == reverse("mfa_index")
    assert not SocialAccount.objects.exists()


def test_identity_linked_to_one_account_cannot_be_linked_to_another(provider: Between) -> None:
    provider.tampers.update(CONFIRMED)
    sign_in(Client())
    first, client = User.objects.get(), Client()
    client.force_login(UserFactory())
    client.post(reverse("account_reauthenticate"), {"password": "correct horse battery"})
    sign_in(client, process="connect")
    assert SocialAccount.objects.get().user == first


# --- attacks ----------------------------------------------------------------------------------


def _refused(client: AnyClient, response: Any) -> None:
    assert "did not confirm who you are" in response.content.decode()
    assert not is_in(client) and not User.objects.exists()


def _token_for(client_id: str) -> Callable[[dict], dict]:
    """A real identity token of the same person, issued to `client_id`, without our nonce."""

    def swap(data: dict) -> dict:
        return {**data, "id_token": _foreign_token(client_id)}

    return swap


_provider_url = ""


def _foreign_token(client_id: str, nonce: str = "their-own") -> str:
    query = {
        "client_id": client_id,
        "redirect_uri": f"{HERE}{BACK}",
        "response_type": "code",
        "scope": "openid profile email",
        "state": "x",
        "nonce": nonce,
    }
    back = at_the_provider(f"{_provider_url}/oauth/authorize?{urlencode(query)}")
    data = {
        "grant_type": "authorization_code",
        "code": parse_qs(urlsplit(back).query)["code"][0],
        "redirect_uri": f"{HERE}{BACK}",
        "client_id": client_id,
        "client_secret": SECRET,
    }
    return requests.post(f"{_provider_url}/oauth/token", data).json()["id_token"]


@pytest.fixture(autouse=True)
def _where(running: Between) -> None:
    globals()["_provider_url"] = running.provider


def test_token_issued_to_another_service_is_refused(provider: Between) -> None:
    client = Client()
    address = begin(client)
    nonce = parse_qs(urlsplit(address).query)["nonce"][0]
    foreign = _foreign_token(OTHER, nonce)  # everything is right but the audience
    provider.tampers["/oauth/token"] = says(id_token=foreign)
    _refused(client, client.get(at_the_provider(address)))


def test_token_of_another_sign_in_is_refused_by_its_nonce(provider: Between) -> None:
    client = Client()
    provider.tampers["/oauth/token"] = _token_for(OURS)
    _refused(client, sign_in(client))


def test_token_with_the_right_nonce_is_taken(provider: Between) -> None:
    """The two tests above fail for the reason they name."""
    client = Client()
    address = begin(client)
    nonce = parse_qs(urlsplit(address).query)["nonce"][0]
    own = _foreign_token(OURS, nonce)
    provider.tampers.update({**CONFIRMED, "/oauth/token": says(id_token=own)})
    client.get(at_the_provider(address))
    assert is_in(client)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_token_altered_anywhere_is_refused(provider: Between, part: int) -> None:
    def alter(data: dict) -> dict:
        pieces = data["id_token"].split(".")
        middle = len(pieces[part]) // 2
        letter = "A" if pieces[part][middle] != "A" else "B"
        pieces[part] = pieces[part][:middle] + letter + pieces[part][middle + 1 :]
        return {**data, "id_token": ".".join(pieces)}

    provider.tampers["/oauth/token"] = alter
    client = Client()
    _refused(client, sign_in(client))


def test_token_without_signature_is_refused(provider: Between) -> None:
    import jwt

    def unsigned(data: dict) -> dict:
        claims = jwt.decode(data["id_token"], options={"verify_signature": False})
        header = jwt.get_unverified_header(data["id_token"])
        return {**data, "id_token": jwt.encode(claims, "", "none", {"kid": header["kid"]})}

    provider.tampers["/oauth/token"] = unsigned
    client = Client()
    _refused(client, sign_in(client))


def test_token_that_has_expired_is_refused(provider: Between) -> None:
    client = Client()
    address = begin(client)
    nonce = parse_qs(urlsplit(address).query)["nonce"][0]
    old = _foreign_token(OURS, nonce)
    provider.tampers["/oauth/token"] = says(id_token=old)
    back = at_the_provider(address)
    session = client.session
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        # The sign-in itself would be too old as well: only the token shall be.
        states = session["socialaccount_states"]
        session["socialaccount_states"] = {
            key: (state, time.time(), where) for key, (state, _at, where) in states.items()
        }
        session.save()
        _refused(client, client.get(back))


def test_answer_without_identity_token_is_refused(provider: Between) -> None:
    provider.tampers["/oauth/token"] = lambda data: {
        key: value for key, value in data.items() if key != "id_token"
    }
    client = Client()
    _refused(client, sign_in(client))


def test_user_information_about_somebody_else_is_refused(provider: Between) -> None:
    provider.tampers["/oauth/userinfo"] = says(sub="bruno", email_verified=True)
    client = Client()
    _refused(client, sign_in(client))


def test_state_is_good_once(provider: Between) -> None:
    client = Client()
    back = at_the_provider(begin(client))
    client.get(back)
    User.objects.all().delete()
    _refused(client, client.get(back))


def test_state_of_another_browser_is_refused(provider: Between) -> None:
    """Nobody is signed in to somebody else's account by following a link."""
    attacker, victim = Client(), Client()
    back = at_the_provider(begin(attacker))
    _refused(victim, victim.get(back))


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=forged"])
def test_callback_without_a_sign_in_of_ours_is_refused(provider: Between, query: str) -> None:
    client = Client()
    _refused(client, client.get(BACK + query))


def test_address_of_the_callback_never_repeats_the_host_of_the_request(
    provider: Between,
) -> None:
    address = Client(host="127.0.0.1").post(START)["Location"]
    assert parse_qs(urlsplit(address).query)["redirect_uri"] == [f"{HERE}{BACK}"]


def test_what_the_page_is_asked_for_does_not_reach_the_provider(provider: Between) -> None:
    address = begin(Client(), auth_params="nonce=mine&prompt=none", scope="admin")
    asked = parse_qs(urlsplit(address).query)
    assert asked["nonce"] != ["mine"] and "prompt" not in asked
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == ["S256"]


def test_looking_at_the_address_begins_no_sign_in(provider: Between) -> None:
    response = Client().get(START)
    assert response.status_code == 200
    assert "Go on there" in response.content.decode()


def test_unknown_service_is_not_there(provider: Between) -> None:
    assert Client().post("/oidc/elsewhere/login/").status_code == 404
    assert Client().get("/oidc/elsewhere/callback/?code=x&state=y").status_code == 404


def test_provider_that_does_not_answer_is_said_plainly(provider: Between, settings) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = f"http://127.0.0.1:{_free_port()}"
    response = Client().post(START)
    assert "did not confirm who you are" in response.content.decode()


# --- signing out ------------------------------------------------------------------------------


def test_signing_out_of_a_password_session_stays_here(provider: Between) -> None:
    client = Client()
    client.force_login(officer())
    assert client.post(reverse("account_logout"))["Location"] == reverse("home:home")


# --- settings ---------------------------------------------------------------------------------

ONE = {"id": "a", "name": "A", "issuer": "https://id.example", "client_id": "x", "secret": "y"}


def test_services_are_read_from_json() -> None:
    assert services(json.dumps([ONE])) == [
        {**ONE, "scope": ["openid", "profile", "email"], "trust_email": False}
    ]
    assert services("") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "not JSON"),
        ("{}", "a JSON list"),
        ('["x"]', "a JSON list"),
        (json.dumps([{**ONE, "secret_": "y"}]), "unknown: secret_"),
        (json.dumps([{key: ONE[key] for key in ("id", "name")}]), "client_id, issuer, secret"),
        (json.dumps([{**ONE, "id": "A b"}]), "small letters"),
        (json.dumps([ONE, ONE]), "the same id"),
    ],
)
def test_services_that_cannot_be_read_say_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        services(text)


def test_issuer_without_tls_is_refused_in_production() -> None:
    plain = json.dumps([{**ONE, "issuer": "http://id.example"}])
    with pytest.raises(UnsafeSettings, match="MUTIRAO_OIDC names an issuer without https"):
        read({"MUTIRAO_ENV": "production", "MUTIRAO_OIDC": plain})


def test_sign_in_page_shows_the_services_there_are(provider: Between, settings) -> None:
    html = Client().get(reverse("account_login")).content.decode()
    assert "Sign in with Canaille" in html
    settings.OIDC = []
    assert "Canaille" not in Client().get(reverse("account_login")).content.decode()
    assert django_settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION is False


def test_code_is_bound_to_the_session_that_asked(provider: Between) -> None:
    """A code caught on its way is worthless with another sign-in's secret (PKCE)."""
    first, second = Client(), Client()
    caught = parse_qs(urlsplit(at_the_provider(begin(first))).query)["code"][0]
    mine = parse_qs(urlsplit(begin(second)).query)["state"][0]
    _refused(second, second.get(f"{BACK}?{urlencode({'code': caught, 'state': mine})}"))


@pytest.mark.parametrize(("language", "words"), [("pt", "Não deu certo"), ("es", "No resultó")])
def test_callback_speaks_the_language_the_button_was_pressed_in(
    provider: Between, language: str, words: str
) -> None:
    client = Client()
    back = at_the_provider(begin(client, language=language))
    provider.tampers["/oauth/userinfo"] = says(sub="bruno")
    assert words in client.get(back).content.decode()
