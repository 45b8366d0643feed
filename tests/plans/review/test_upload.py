"""The way in: who may, what is refused with a clear message, and the same document twice."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from mutirao.intake import actions as intake
from mutirao.intake.models import Draft
from mutirao.intake.states import DraftState
from mutirao.network.states import Office
from mutirao.plans.models import Plan
from mutirao.plans.review.read import read_draft
from mutirao.plans.review.samples import samples
from tests.factories import MandateFactory, actor, coordinator, secretariat

from .kit import PLAN_TEXT, brought_in, form_of, page_url, press, signed_in

pytestmark = pytest.mark.django_db
IMPORT = "/pt/plans/import/"
# More than is read at once, in few paragraphs.
LONG = PLAN_TEXT + "".join("\n\n" + "Mais uma frase do anexo. " * 1000 for _n in range(14))


def send(client: Client, content: bytes | str, name: str = "plano.txt", **more):
    content = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"document": SimpleUploadedFile(name, content)}, **more)


def zip_of(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def test_import_asks_a_visitor_to_sign_in(client: Client) -> None:
    for response in (client.get(IMPORT), send(client, PLAN_TEXT)):
        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]
    assert Draft.objects.count() == 0


def test_import_is_refused_without_a_leading_mandate() -> None:
    shared = MandateFactory(office=Office.SUB_COORDINATOR)
    for by in (actor(), actor(shared.organisation)):
        client = signed_in(by)
        assert client.get(IMPORT).status_code == 403
        assert send(client, PLAN_TEXT).status_code == 403
    assert Draft.objects.count() == 0


def test_import_of_a_small_document_is_read_at_once() -> None:
    client = signed_in(coordinator())
    response = send(client, PLAN_TEXT, follow=True)
    draft = Draft.objects.get()
    assert draft.state == DraftState.READY
    assert response.redirect_chain == [(page_url(draft), 302)]
    assert "Promover a cooperação entre as cidades" in response.content.decode()


def test_import_of_a_long_document_is_left_to_the_job() -> None:
    client = signed_in(coordinator())
    response = send(client, LONG, follow=True)
    draft = Draft.objects.get()
    assert draft.state == DraftState.WAITING
    assert 'id="progress"' in response.content.decode()
    job = ProcrastinateJob.objects.get(task_name="plans.read_document")
    assert (job.args, job.scheduled_at) == ({"draft_id": draft.pk}, None)


def test_progress_page_shows_how_far_and_leads_on() -> None:
    by = coordinator()
    client = signed_in(by)
    send(client, LONG)
    draft = Draft.objects.get()
    intake.start_reading(draft_id=draft.pk)
    intake.report_progress(draft_id=draft.pk, done=40, total=200)
    assert '<progress value="40" max="200"' in client.get(page_url(draft)).content.decode()
    read_draft(draft.pk)
    polled = client.get(page_url(draft), headers={"HX-Request": "true", "HX-Target": "progress"})
    assert polled["HX-Refresh"] == "true"


def test_reading_twice_and_after_a_crash_ends_the_same() -> None:
    by = coordinator()
    draft = intake.receive(
        file=SimpleUploadedFile("plano.txt", PLAN_TEXT.encode()), filename="plano.txt", by=by
    )
    intake.start_reading(draft_id=draft.pk)  # the worker that took it was killed here
    read_draft(draft.pk)
    draft.refresh_from_db()
    first = draft.reading
    read_draft(draft.pk)
    draft.refresh_from_db()
    assert draft.state == DraftState.READY
    assert draft.reading == first
    assert [item["number"] for item in first["activities"]] == ["I", "II"]


PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
BOMB = zip_of(
    **{
        "[Content_Types]_xml": b"<Types/>",
        "word__document_xml": b"<w:document>" + b"a" * 60_000_000,
    }
)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (PNG, "plano.docx", "uma imagem"),
        (BOMB, "plano.docx", "se expande para muito mais"),
        (b"PK\x03\x04 broken", "plano.odt", "danificado"),
        (b" \n \n", "plano.txt", "não tem texto"),
        (b"%PDF-1.4\n%%EOF", "plano.pdf", "plano.pdf"),
        (bytes(range(128, 160)) * 40, "plano.txt", "plano.txt"),
    ],
    ids=["picture", "bomb", "broken", "blank", "empty-pdf", "encoding"],
)
def test_import_of_what_cannot_be_read_says_why(content: bytes, name: str, says: str) -> None:
    response = send(signed_in(coordinator()), content, name, follow=True)
    html = response.content.decode()
    assert Draft.objects.get().state == DraftState.FAILED
    assert says in html
    assert 'name="document"' in html  # another one can be sent from there
    assert Plan.objects.count() == 0


@pytest.mark.parametrize(("content", "says"), [(b"", "não tem texto"), (b"x" * 3000, "limite")])
def test_import_refuses_empty_and_too_large_on_the_page(settings, content, says) -> None:
    settings.UPLOAD_BYTES = 2000
    response = send(signed_in(coordinator()), content)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert Draft.objects.count() == 0


def test_import_without_a_document_says_so() -> None:
    response = signed_in(coordinator()).post(IMPORT, {})
    assert response.status_code == 422
    assert 'id="id_document_error"' in response.content.decode()


def test_failure_can_be_tried_again_and_discarded() -> None:
    client = signed_in(coordinator())
    send(client, PNG, "plano.docx")
    draft = Draft.objects.get()
    response = client.post(reverse("plans:draft_read", args=[draft.key]), follow=True)
    assert "uma imagem" in response.content.decode()
    client.post(reverse("plans:draft_discard", args=[draft.key]))
    draft.refresh_from_db()
    assert draft.state == DraftState.DISCARDED
    assert client.get(page_url(draft))["Location"] == IMPORT


def test_same_document_while_open_continues_there() -> None:
    client = signed_in(coordinator())
    send(client, PLAN_TEXT)
    response = send(client, PLAN_TEXT)
    assert response["Location"] == page_url(Draft.objects.get())


def accepted(by) -> Plan:
    client, draft = signed_in(by), brought_in(by)
    press(client, draft, form_of(client, draft), "accept-anyway")
    return Plan.objects.get(document=draft)


def test_same_document_after_acceptance_says_so_with_the_plan() -> None:
    by = coordinator()
    plan = accepted(by)
    response = send(signed_in(by), PLAN_TEXT, follow=True)
    assert plan.get_absolute_url() in response.content.decode()
    assert Draft.objects.count() == 1


def test_same_document_again_anyway_makes_a_second_draft() -> None:
    by = coordinator()
    accepted(by)
    client = signed_in(by)
    token = send(client, PLAN_TEXT)["Location"].split("same=")[1]
    response = client.post(reverse("plans:import_again"), {"token": token}, follow=True)
    assert response.status_code == 200
    assert sorted(Draft.objects.values_list("state", flat=True)) == ["accepted", "ready"]
    assert Draft.objects.get(state="ready").filename == "plano.txt"


def test_again_token_of_another_person_opens_nothing() -> None:
    by = coordinator()
    accepted(by)
    token = send(signed_in(by), PLAN_TEXT)["Location"].split("same=")[1]
    for other, given in ((secretariat(), token), (by, "forged")):
        signed_in(other).post(reverse("plans:import_again"), {"token": given})
    assert Draft.objects.count() == 1


def test_same_document_of_a_plan_one_may_not_see_stays_unsaid() -> None:
    accepted(coordinator())
    other = coordinator()
    response = send(signed_in(other), PLAN_TEXT)
    assert "same=" not in response["Location"]
    assert Draft.objects.filter(organisation=other.organisation_id).count() == 1


def test_import_lists_open_drafts_of_the_organisation_with_constant_queries(
    django_assert_max_num_queries,
) -> None:
    by = coordinator()
    client = signed_in(by)
    brought_in(coordinator(), filename="de outra cidade.txt")
    counts = []
    for n in (1, 3):
        for m in range(n):
            brought_in(by, text=f"{PLAN_TEXT}\n{n}{m}", filename=f"plano-{n}-{m}.txt")
        with django_assert_max_num_queries(12) as captured:
            html = client.get(IMPORT).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert "plano-3-2.txt" in html
    assert "de outra cidade" not in html


@pytest.mark.parametrize("one", samples(), ids=lambda one: one.name)
def test_sample_can_be_fetched_tried_and_accepted(one) -> None:
    by = secretariat()
    mandate = MandateFactory()
    client = signed_in(by)
    fetched = client.get(reverse("plans:import_sample", args=[one.name]))
    assert b"".join(fetched.streaming_content) == one.path.read_bytes()
    client.post(IMPORT, {"sample": one.name})
    draft = Draft.objects.get()
    head = {
        "head__unit": str(mandate.unit_id),
        "head__term": str(mandate.term_id),
        "head__presented_by": str(mandate.organisation_id),
    }
    press(client, draft, form_of(client, draft), "accept-anyway", **head)
    plan = Plan.objects.get()
    assert plan.axes.count() >= 4
    assert plan.activities.count() >= 5


def test_sample_of_another_name_is_unknown() -> None:
    client = signed_in(secretariat())
    assert client.get(reverse("plans:import_sample", args=["..%2fmodels.py"])).status_code == 404
    assert client.post(IMPORT, {"sample": "../models.py"}).status_code == 422


def test_there_are_two_samples() -> None:
    assert [(one.language, one.format) for one in samples()] == [("es", "odt"), ("pt", "docx")]
