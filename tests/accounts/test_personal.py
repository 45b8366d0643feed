"""Everyone sees, takes along and erases what is kept about them."""

import io
import json
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.accounts.actions import erase, obstacles, tidy
from mutirao.accounts.models import Device, User
from mutirao.commitments.models import Evidence
from mutirao.core.models import NotAllowed
from mutirao.discussions.models import Comment
from mutirao.network.models import Membership
from tests.commitments.factories import CommitmentFactory, EvidenceFactory
from tests.discussions.factories import CommentFactory
from tests.factories import MembershipFactory, UserFactory, actor, give_second_factor, secretariat

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def confirmed(person: User) -> Client:
    client = Client()
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def busy() -> Membership:
    """Somebody who left something in every kind of place."""
    membership = MembershipFactory(person=UserFactory(name="Ana Souza"))
    person, city = membership.person, membership.organisation
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    give_second_factor(person)
    Device.objects.create(person=person, key="k", browser="Firefox, Linux")
    commitment = CommitmentFactory(owner=city)
    commitment.people.add(person)
    CommentFactory(record=commitment, person=person, organisation=city, text="What I think")
    evidence = EvidenceFactory(
        commitment=commitment,
        person=person,
        organisation=city,
        url="",
        filename="a/ta.txt",
        file="x",
    )
    evidence.file.save("ata.txt", ContentFile("Ata da reunião".encode()))
    return membership


def test_own_data_is_counted_and_each_number_opens_its_list() -> None:
    person = busy().person
    client = confirmed(person)
    html = client.get(reverse("personal_overview")).content.decode()
    for label in ("Comments you wrote", "Evidence you added", "Your second factors"):
        assert label in html
    page = client.get(reverse("personal_rows", args=["discussions-comment-person"]))
    assert "What I think" in page.content.decode()


def test_own_data_holds_nothing_of_others() -> None:
    busy()
    client = confirmed(UserFactory())
    page = client.get(reverse("personal_rows", args=["discussions-comment-person"]))
    assert "What I think" not in page.content.decode()
    assert client.get(reverse("personal_rows", args=["no-such-thing"])).status_code == 404


@pytest.mark.parametrize("page", ["personal_take", "personal_erase"])
def test_taking_and_erasing_ask_for_proof(page: str) -> None:
    client = Client()
    client.force_login(UserFactory())
    assert client.get(reverse(page))["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(reverse(page))["Location"].startswith(reverse("account_reauthenticate"))


def test_archive_holds_every_kind_and_the_files_and_no_secret() -> None:
    person = busy().person
    response = confirmed(person).get(reverse("personal_take"))
    pack = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    comments = json.loads(pack.read("discussions-comment-person.json"))
    assert [one["text"] for one in comments] == ["What I think"]
    account = json.loads(pack.read("accounts-user-pk.json"))
    assert account[0]["email"] == person.email
    files = [name for name in pack.namelist() if name.startswith("files/")]
    assert [pack.read(name).decode() for name in files] == ["Ata da reunião"]
    assert all(".." not in name and name.count("/") == 2 for name in files)
    everything = b"".join(pack.read(name) for name in pack.namelist()).decode()
    for secret in (person.password, "GEZDGNBVGY3TQOJQ", "session_key"):
        assert secret not in everything


def test_erasing_needs_the_typed_address() -> None:
    person = busy().person
    client = confirmed(person)
    html = client.post(reverse("personal_erase"), {"address": "x"}).content.decode()
    assert "not the address of this account" in html
    person.refresh_from_db()
    assert person.erased_at is None


def test_erased_person_is_nobody_and_their_acts_stay(django_capture_on_commit_callbacks) -> None:
    membership = busy()
    person, email = membership.person, membership.person.email
    client, elsewhere = confirmed(person), Client()
    elsewhere.force_login(person)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("personal_erase"), {"address": f" {email.upper()} "})
    assert "is erased" in response.content.decode()
    gone = User.objects.get(pk=person.pk)
    assert (str(gone), gone.is_active, gone.has_usable_password()) == ("a person", False, False)
    assert "Ana" not in gone.email and email not in gone.email
    assert elsewhere.get(reverse("home:desk")).status_code == 302
    assert not EmailAddress.objects.exists() and not Device.objects.exists()
    assert Comment.objects.get().person == gone
    assert Evidence.objects.get().person == gone
    ended = Membership.objects.get(pk=membership.pk)
    assert ended.ends_on == timezone.localdate() - timedelta(days=1)
    history = User.objects.get(pk=person.pk).history.values_list("name", "email")
    assert not [row for row in history if "Ana" in row[0] or email in row[1]]


def test_erased_person_is_called_a_person_on_every_page() -> None:
    membership = busy()
    commitment = Evidence.objects.get().commitment
    erase(person=membership.person)
    reader = Client()
    reader.force_login(secretariat().person)
    for language, words in (("pt", "uma pessoa"), ("es", "una persona"), ("en", "a person")):
        address = f"/{language}/" + commitment.get_absolute_url().split("/", 2)[2]
        html = reader.get(address).content.decode()
        assert words in html and "Ana Souza" not in html


def test_erased_history_page_names_nobody() -> None:
    membership = busy()
    commitment = Evidence.objects.get().commitment
    client = Client()
    client.force_login(membership.person)
    client.post(
        f"/en/discussions/{commitment._meta.label_lower}/{commitment.pk}/",
        {"text": "Signed", "key": str(uuid4())},
    )
    erase(person=membership.person)
    reader = Client()
    reader.force_login(secretariat().person)
    html = reader.get(f"/en/commitments/{commitment.pk}/history/").content.decode()
    assert "Ana Souza" not in html


def test_last_person_of_the_secretariat_stays() -> None:
    last = secretariat()
    assert "last person" in obstacles(last.person)[0]
    with pytest.raises(NotAllowed):
        erase(person=last.person)
    page = confirmed(last.person).get(reverse("personal_erase")).content.decode()
    assert "last person" in page and '<form class="box"' not in page
    second = MembershipFactory(organisation=last.organisation, role="secretariat")
    assert obstacles(second.person) == []


def test_erased_address_may_open_a_new_account() -> None:
    person = UserFactory(email="ana@city.example")
    erase(person=person)
    assert UserFactory(email="ana@city.example").pk != person.pk


def test_erasing_twice_changes_nothing() -> None:
    person = UserFactory()
    first = erase(person=person).erased_at
    assert erase(person=person).erased_at == first


def test_erasing_says_farewell_by_mail(django_capture_on_commit_callbacks) -> None:
    from mutirao.letters.models import Letter

    person = UserFactory(language="pt", email="ana@city.example")
    erase(person=person)
    letter = Letter.objects.get()
    assert (letter.to, letter.person) == ("ana@city.example", None)
    assert "uma pessoa" in letter.text and "uma pessoa" in letter.html


def test_tidying_deletes_what_is_past_its_period_only() -> None:
    from mutirao.accounts.actions import complete_sign_up
    from mutirao.accounts.models import ConsentText

    now = timezone.now()
    texts = [text.pk for text in ConsentText.objects.all()]
    with time_machine.travel(now - timedelta(days=31)):
        idle, confirmed_one = UserFactory(), UserFactory()
        for person in (idle, confirmed_one):
            complete_sign_up(person=person, name="A", language="pt", texts=texts)
            verified = person == confirmed_one
            EmailAddress.objects.create(user=person, email=person.email, verified=verified)
        busy_person = actor().person
    with time_machine.travel(now - timedelta(days=401)):
        Device.objects.create(person=busy_person, key="old")
    Device.objects.create(person=busy_person, key="new")
    assert tidy() == {"sessions": 0, "devices": 1, "accounts": 1}
    assert set(User.objects.all()) == {confirmed_one, busy_person}
    assert tidy() == {"sessions": 0, "devices": 0, "accounts": 0}


def test_privacy_page_names_the_periods_in_force(settings) -> None:
    settings.KEEP_DEVICES_DAYS = 123
    html = Client().get(reverse("consent_text", args=["privacy"])).content.decode()
    assert "Browsers known again at sign-in" in html and ">123<" in html
