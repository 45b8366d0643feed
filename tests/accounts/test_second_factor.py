"""Codes of an app, recovery codes, sessions: real codes, computed as an app computes them."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.accounts.models import User
from tests.factories import TOTP_SECRET, UserFactory, give_second_factor

PASSWORD = "correct horse battery"  # what UserFactory sets
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    cache.clear()
    with translation.override("en"):
        yield


def code(secret: str = TOTP_SECRET, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def officer(second_factor: bool = True) -> User:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if second_factor:
        give_second_factor(person)
    return person


def password(client: Client, person: User):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def show(client: Client, given: str):
    return client.post(reverse("mfa_authenticate"), {"code": given})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def confirmed(person: User) -> Client:
    """A browser signed in by password that has just confirmed it again."""
    client = Client()
    password(client, person)
    if Authenticator.objects.filter(user=person).exists():
        show(client, code())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_password_alone_does_not_enter_an_account_with_a_second_factor(client: Client) -> None:
    assert password(client, officer())["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


@pytest.mark.parametrize(
    "page",
    ["home:desk", "account_settings", "mfa_index", "mfa_add_webauthn", "mfa_activate_totp",
     "usersessions_list", "account_change_password", "account_email", "mfa_view_recovery_codes",
     "mfa_generate_recovery_codes", "mfa_reauthenticate", "account_reauthenticate"],
)  # fmt: skip
def test_half_signed_in_session_reaches_no_page(client: Client, page: str) -> None:
    password(client, officer())
    response = client.get(reverse(page))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_right_code_enters(client: Client) -> None:
    password(client, officer())
    before = client.session.session_key
    assert show(client, code())["Location"] == reverse("home:desk")
    assert is_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize("given", ["000000", "", "12345678", "x" * 400, "٠١٢٣٤٥"])
def test_wrong_code_is_refused(client: Client, given: str) -> None:
    password(client, officer())
    assert show(client, given).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize("after", [5, 31, 59])
def test_code_is_taken_once_for_as_long_as_it_is_valid(after: int) -> None:
    person = officer()
    now = timezone.now().replace(second=0, microsecond=0)
    first, second = Client(), Client()
    with time_machine.travel(now, tick=False):
        given = code(steps=1)  # the phone is a little ahead
        password(first, person)
        show(first, given)
    with time_machine.travel(now + timedelta(seconds=after), tick=False):
        password(second, person)
        show(second, given)
    assert (is_in(first), is_in(second)) == (True, False)


def test_code_of_another_account_is_refused(client: Client) -> None:
    person = officer()
    Authenticator.objects.filter(user=person).update(data={"secret": "A" * 32})
    officer()  # whose secret is TOTP_SECRET
    password(client, person)
    show(client, code())
    assert not is_in(client)


def test_codes_are_locked_after_five_wrong_ones(client: Client) -> None:
    password(client, officer())
    for _attempt in range(5):
        show(client, "000000")
    html = show(client, code()).content.decode()
    assert not is_in(client) and "Too many attempts" in html


def test_new_password_by_mail_still_needs_the_second_factor(client: Client) -> None:
    person = officer()
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://[^/]+(\S+)", mail.outbox[-1].body).group(1)
    form = client.get(link)["Location"]
    new = {"password1": "a short sentence of mine", "password2": "a short sentence of mine"}
    client.post(form, new)
    assert not is_in(client)
    fields = {"login": person.email, "password": new["password1"]}
    assert client.post(reverse("account_login"), fields)["Location"] == reverse("mfa_authenticate")


def test_recovery_code_enters_once() -> None:
    person = officer()
    given = RecoveryCodes.activate(person).get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        password(client, person)
        show(client, given)
    assert (is_in(first), is_in(second)) == (True, False)


def test_app_is_set_up_with_a_real_code_and_brings_recovery_codes(
    django_capture_on_commit_callbacks,
) -> None:
    person = officer(second_factor=False)
    client, elsewhere = confirmed(person), confirmed(person)
    html = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="totp-key">(\w+)<', html).group(1)
    assert "data:image/svg+xml;base64," in html and f"secret={secret}" in html
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "not the right code" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    html = client.get(done["Location"]).content.decode()
    assert len(re.findall(r"\b\d{8}\b", html)) == 10
    assert not is_in(elsewhere)  # it had entered with less
    fresh = Client()
    password(fresh, person)
    show(fresh, code(secret))
    assert not is_in(fresh)  # the code that set it up is spent
    show(fresh, code(secret, steps=1))
    assert is_in(fresh)


@pytest.mark.parametrize(
    "page", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]
)
def test_changing_the_second_factor_asks_for_proof_again(client: Client, page: str) -> None:
    person = officer(second_factor=False)
    password(client, person)
    for response in (client.get(reverse(page)), client.post(reverse(page), {"code": "1"})):
        assert response["Location"].startswith(reverse("account_reauthenticate"))


def test_app_is_switched_off_and_its_owner_is_told() -> None:
    person = officer()
    client = confirmed(person)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=person).exists()
    assert "switched off" in mail.outbox[-1].body
    assert mail.outbox[-1].to == [person.email]


def test_last_second_factor_of_a_guarded_role_stays() -> None:
    from mutirao.network.states import Role
    from tests.factories import MembershipFactory

    person = officer()
    MembershipFactory(person=person, role=Role.SIGNATORY)
    client = confirmed(person)
    html = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "Your role needs a second factor" in html
    assert Authenticator.objects.filter(user=person).exists()


def test_recovery_codes_are_downloaded_as_text() -> None:
    person = officer()
    RecoveryCodes.activate(person)
    response = confirmed(person).get(reverse("mfa_download_recovery_codes"))
    assert response["Content-Type"] == "text/plain"
    assert len(re.findall(r"^\d{8}$", response.content.decode(), re.M)) == 10


@pytest.mark.parametrize("verb", ["edit", "remove"])
def test_passkey_of_somebody_else_is_not_there(verb: str) -> None:
    other = Authenticator.objects.create(
        user=UserFactory(), type="webauthn", data={"name": "Theirs", "credential": {}}
    )
    client = confirmed(officer())
    name = "mfa_edit_webauthn" if verb == "edit" else "mfa_remove_webauthn"
    assert client.post(reverse(name, args=[other.pk]), {"name": "Mine"}).status_code == 404
    other.refresh_from_db()
    assert other.data["name"] == "Theirs"


def test_sessions_are_listed_and_signed_out_one_by_one(client: Client) -> None:
    person = officer(second_factor=False)
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) CriOS/1 Safari/1"})
    password(phone, person)
    password(client, person)
    html = client.get(reverse("usersessions_list")).content.decode()
    assert "Chrome, iPhone" in html and html.count("this one") == 1
    session = UserSession.objects.get(session_key=phone.session.session_key)
    client.post(reverse("usersessions_end", args=[session.pk]))
    assert phone.get(reverse("account_settings")).status_code == 302
    assert client.get(reverse("account_settings")).status_code == 200


def test_everywhere_else_is_signed_out_at_once(client: Client) -> None:
    person = officer(second_factor=False)
    others = [Client(), Client()]
    for one in (*others, client):
        password(one, person)
    client.post(reverse("usersessions_list"))
    assert [one.get(reverse("account_settings")).status_code for one in others] == [302, 302]
    assert client.get(reverse("account_settings")).status_code == 200


def test_session_of_somebody_else_cannot_be_ended(client: Client) -> None:
    other, mine = officer(second_factor=False), officer(second_factor=False)
    theirs = Client()
    password(theirs, other)
    password(client, mine)
    session = UserSession.objects.get(user=other)
    assert client.post(reverse("usersessions_end", args=[session.pk])).status_code == 404
    assert theirs.get(reverse("account_settings")).status_code == 200


def test_new_password_signs_out_everywhere_else(client: Client) -> None:
    person = officer(second_factor=False)
    elsewhere = Client()
    password(elsewhere, person)
    password(client, person)
    new = {
        "oldpassword": PASSWORD,
        "password1": "a fresh sentence",
        "password2": "a fresh sentence",
    }
    client.post(reverse("account_change_password"), new)
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [
        client.session.session_key
    ]
    assert elsewhere.get(reverse("account_settings")).status_code == 302


@pytest.mark.parametrize("page", ["mfa_index", "usersessions_list"])
@pytest.mark.parametrize("language", ["pt", "es", "en"])
def test_security_page_opens_in_every_language_at_a_constant_cost(
    page: str, language: str, django_assert_max_num_queries
) -> None:
    person = officer()
    RecoveryCodes.activate(person)
    for number in range(3):
        password(Client(headers={"user-agent": f"Firefox/{number}"}), person)
    client = confirmed(person)
    with translation.override({"pt": "pt-br"}.get(language, language)):
        address = reverse(page)
    with django_assert_max_num_queries(7):
        assert client.get(address).status_code == 200


def test_operator_lets_somebody_begin_again_who_lost_everything() -> None:
    from io import StringIO

    from django.core.management import CommandError, call_command

    person = officer()
    RecoveryCodes.activate(person)
    client = confirmed(person)
    out = StringIO()
    call_command("reset_second_factor", person.email.upper(), stdout=out)
    assert out.getvalue().startswith("2 removed")
    assert client.get(reverse("account_settings")).status_code == 302
    password(client, person)
    assert is_in(client)
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@city.example")
