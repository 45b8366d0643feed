"""`manage plan_import`: a document is brought in from the command line."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from mutirao.intake.models import Draft
from mutirao.intake.states import DraftState
from mutirao.network.states import Role
from tests.factories import MandateFactory, actor, coordinator

pytestmark = pytest.mark.django_db

TEXT = """Plano de trabalho 2018
Unidade Temática de Cultura

Eixos de ação
I - Aproximar as cidades.
II - Formar gestores.

Atividades
1. Reunir as cidades em um seminário.

Calendário
16 de abril: Seminário de cultura (Barueri, Brasil)
"""


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "plano.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(path, email: str, *options: str) -> str:
    out = io.StringIO()
    call_command("plan_import", str(path), "--by", email, *options, stdout=out)
    return out.getvalue()


def test_a_document_is_read_and_its_address_printed(document):
    leader = coordinator()
    answer = json.loads(run(document, leader.person.email, "--json"))
    draft = Draft.objects.get()
    assert (draft.state, draft.organisation) == (DraftState.READY, leader.organisation)
    assert (answer["outcome"], answer["draft"]) == ("read", str(draft.key))
    assert answer["address"].endswith(f"/plans/import/{draft.key}/")


def test_the_same_document_twice_is_one_draft(document):
    leader = coordinator()
    first = run(document, leader.person.email)
    second = run(document, leader.person.email)
    assert Draft.objects.count() == 1
    assert first.split()[-1] == second.split()[-1]
    assert "already" in second


def test_who_may_not_write_plans_brings_nothing_in(document):
    for stranger in (actor(), actor(MandateFactory().organisation, Role.OBSERVER)):
        with pytest.raises(CommandError):
            run(document, stranger.person.email)
    with pytest.raises(CommandError):
        run(document, "nobody@city.example")
    with pytest.raises(CommandError):
        call_command("plan_import", str(document))
    assert not Draft.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n0000"])
def test_a_document_that_cannot_be_read_says_why(tmp_path, content):
    path = tmp_path / "plano.docx"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"plano\.docx"):
        run(path, coordinator().person.email)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        run(tmp_path / "nothing.txt", coordinator().person.email)
