"""A plan to take away: tagged PDF and .docx, in three languages, for whoever may see it."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from mutirao.commitments.models import Commitment
from mutirao.core.gateways.typesetting import NotTypeset, compile_pdf
from mutirao.core.states import Visibility
from mutirao.meetings.models import Event
from mutirao.network.acting import NOBODY
from mutirao.plans import queries
from mutirao.plans.papers import make
from tests.plans.factories import ActivityFactory, AxisFactory, PlanFactory

HEADINGS = {"pt": "Atividades", "es": "Actividades", "en": "Activities"}


@pytest.fixture
def plan():
    plan = PlanFactory(state="in_progress", language="pt", title="Plano #set page(width: 1cm) $x$")
    AxisFactory(plan=plan, text="Aproximar as cidades.")
    activity = ActivityFactory(plan=plan, title='#panic("x")', text='#read("/etc/passwd") *b* _c_')
    Commitment.objects.create(
        title="Reunir dez cidades",
        owner=plan.presented_by,
        due_on=timezone.localdate() + timedelta(days=5),
        source=activity,
        visibility=Visibility.PUBLIC,
    )
    Commitment.objects.create(
        title="Ainda em segredo", owner=plan.presented_by, source=activity, visibility="draft"
    )
    Event.objects.create(
        title="Encontro",
        source=plan,
        month=plan.term.starts_on,
        date_confirmed=False,
        visibility=Visibility.PUBLIC,
    )
    return plan


def paper(plan, kind: str, language: str) -> bytes:
    seen = queries.for_page(NOBODY).get(pk=plan.pk)
    return make(seen, kind=kind, language=language, actor=NOBODY)


def words_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pt", "es", "en"])
def test_the_pdf_is_tagged_named_and_in_its_language(plan, language):
    body = paper(plan, "pdf", language)
    reader = PdfReader(io.BytesIO(body))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(language)
    assert reader.metadata.title == plan.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in body
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert HEADINGS[language] in [item.title for item in reader.outline if hasattr(item, "title")]


@pytest.mark.django_db
def test_what_people_wrote_is_never_run_as_typesetting_code(plan):
    words = words_of(paper(plan, "pdf", "en"))
    assert '#panic("x")' in words.replace("“", '"').replace("”", '"')
    assert "*b* _c_" in words
    assert "root:" not in words


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_paper_holds_what_its_reader_may_see(plan, kind):
    body = paper(plan, kind, "pt")
    if kind == "pdf":
        text = words_of(body)
    else:
        document = Document(io.BytesIO(body))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = " ".join([*(p.text for p in document.paragraphs), *cells])
    assert "Reunir dez cidades" in text
    assert "Encontro" in text
    assert "Aproximar as cidades." in text
    assert "Ainda em segredo" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pt", "es", "en"])
def test_the_docx_has_real_headings_header_rows_and_languages(plan, language):
    document = Document(io.BytesIO(paper(plan, "docx", language)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert HEADINGS[language] in headings
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert document.core_properties.title == plan.title
    assert document.core_properties.language.startswith(language)
    own = next(p for p in document.paragraphs if "/etc/passwd" in p.text)
    assert ('w:lang w:val="pt-BR"' in own._p.xml) == (language != "pt")


@pytest.mark.django_db
def test_control_characters_do_not_break_a_paper(plan):
    activity = plan.activities.get()
    activity.text = "antes\x0bdepois\x01"
    activity.save()
    document = Document(io.BytesIO(paper(plan, "docx", "pt")))
    assert "antesdepois" in [p.text for p in document.paragraphs]
    assert paper(plan, "pdf", "pt").startswith(b"%PDF")


@pytest.mark.django_db
def test_signs_no_font_has_do_not_stop_a_paper(plan):
    plan.title = "Plano 🌱 计划 C:\\bar"
    plan.save()
    body = paper(plan, "pdf", "pt")
    root = PdfReader(io.BytesIO(body)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "C:\\bar" in words_of(body)


@pytest.mark.django_db
def test_the_address_gives_the_asked_language_and_the_readers_by_default(client, plan):
    url = reverse("plans:paper", args=[plan.pk, "pdf"])
    asked = client.get(url, {"language": "es"})
    assert asked["Content-Type"] == "application/pdf"
    assert "Actividades" in words_of(asked.content)
    assert "Atividades" in words_of(client.get(url, {"language": "nonsense"}).content)
    assert client.get(reverse("plans:paper", args=[plan.pk, "odt"])).status_code == 404


def test_a_template_that_does_not_work_is_our_fault_and_says_so():
    with pytest.raises(NotTypeset):
        compile_pdf("#unknown-function()", {}, language="en", title="x", made_at=timezone.now())


def test_the_engine_reads_no_file_of_the_machine():
    template = '#set document(title: "x")\n#read("/etc/hostname")'
    with pytest.raises(NotTypeset):
        compile_pdf(template, {}, language="en", title="x", made_at=timezone.now())
