"""The list, the report's page, its figures, and what changed between two editions."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.reports.comparing import compared
from mutirao.reports.content import Frame, gather
from tests.discussions.factories import CommentFactory
from tests.factories import TermFactory, UnitFactory
from tests.reports.factories import (
    EditionFactory,
    ReportFactory,
    paper,
    published,
    unit_at_work,
)

pytestmark = pytest.mark.django_db


def gathered(report, language="pt"):
    with translation.override({"pt": "pt-br"}.get(language, language)):
        return gather(Frame(report, language, report.audience, timezone.now()))


def figures_of(data):
    return {
        row["key"]: row
        for part in data["sections"]
        for block in part["blocks"]
        if block["type"] == "figures"
        for row in block["rows"]
    }


def test_each_figure_of_commitments_is_that_of_the_list_it_leads_to(client):
    plan = unit_at_work(commitments=7)
    data = gathered(ReportFactory(unit=plan.unit, term=plan.term))
    told = figures_of(data)
    assert told["commitments"]["value"] == 7
    for key in ("commitments", "done", "late", "in_progress", "cancelled"):
        where = urlsplit(told[key]["url"])
        answer = client.get(f"{where.path}?{where.query}&format=csv")
        body = b"".join(answer.streaming_content).decode().lstrip("\ufeff")
        assert len(list(csv.reader(io.StringIO(body)))) - 1 == told[key]["value"], key


def test_a_units_report_tells_the_whole_term():
    plan = unit_at_work()
    data = gathered(ReportFactory(unit=plan.unit, term=plan.term, closing="Continuar."))
    keys = [part["key"] for part in data["sections"]]
    assert keys == [
        "summary",
        "introduction",
        "standing",
        "plan",
        "not-done",
        "meetings",
        "timeline",
        "goals",
        "taking-part",
        "coordination",
        "closing",
        "evidence",
        "method",
    ]
    blocks = [block for part in data["sections"] for block in part["blocks"]]
    pictures = {block["key"] for block in blocks if block["type"] == "picture"}
    assert pictures == {"standing", "timeline", "goals", "map"}
    assert all(block["alt"] for block in blocks if block["type"] == "picture")
    tables = {block["key"] for block in blocks if block["type"] == "table"}
    assert {"commitments", "not-done", "goals", "taking-part", "mandates", "evidence"} <= tables


def test_the_networks_report_tells_of_every_unit():
    first = unit_at_work()
    unit_at_work(first.term)
    report = ReportFactory(unit=None, term=first.term)
    data = gathered(report, "es")
    told = figures_of(data)
    assert told["commitments"]["value"] == 8
    assert told["members"]["value"] == 4
    assert told["plans"]["value"] == 2
    glance = next(
        block
        for part in data["sections"]
        for block in part["blocks"]
        if block["type"] == "table" and block["key"] == "glance"
    )
    total = glance["rows"][-1]["cells"]
    assert [cell.get("value") for cell in total[3:6]] == [8, 2, 2]
    assert sum(row["cells"][3]["value"] for row in glance["rows"][:-1]) == 8


def test_a_unit_without_plan_and_work_has_a_report_all_the_same():
    data = gathered(ReportFactory(unit=UnitFactory(), term=TermFactory()), "en")
    assert figures_of(data)["commitments"]["value"] == 0
    assert gathered(ReportFactory(unit=None, term=TermFactory()), "en")["sections"]


def test_gathering_costs_the_same_however_many_units(django_assert_max_num_queries):
    first = unit_at_work()
    report = ReportFactory(unit=None, term=first.term)
    gathered(report)
    with django_assert_max_num_queries(40) as one:
        gathered(report)
    unit_at_work(first.term)
    unit_at_work(first.term)
    with django_assert_max_num_queries(len(one)):
        gathered(report)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, rows):
    for _n in range(rows):
        published()
    client.get(reverse("reports:reports"))
    with django_assert_num_queries(3):
        answer = client.get(reverse("reports:reports"))
    assert answer.content.decode().count("<tr>") == rows + 1


def test_the_page_of_a_report_costs_the_same_however_many_editions(
    client, django_assert_max_num_queries
):
    report = published()
    EditionFactory(report=report)
    client.get(report.get_absolute_url())
    with django_assert_max_num_queries(8):
        assert client.get(report.get_absolute_url()).status_code == 200


def test_the_list_is_narrowed_and_taken_along(client):
    mine, other = published(title="Ação única"), published()
    found = client.get(reverse("reports:reports"), {"q": "acao"}).content.decode()
    assert mine.title in found
    assert other.title not in found
    by_unit = client.get(reverse("reports:reports"), {"unit": other.unit_id}).content.decode()
    assert mine.title not in by_unit
    taken = client.get(reverse("reports:reports"), {"format": "json"})
    assert len(b"".join(taken.streaming_content).decode().splitlines()) >= 2


def test_a_reader_of_another_language_gets_the_edition_there_is(client):
    report = published()
    with translation.override("es"):
        answer = client.get(report.get_absolute_url())
    assert answer.status_code == 200
    assert 'lang="pt-BR"' in answer.content.decode()
    kept = client.get(reverse("reports:latest", args=[report.pk, "pdf"]), {"language": "en"})
    assert kept.url.endswith("/pt.pdf")


def test_a_file_is_handed_out_as_what_it_is(client):
    report = published()
    answer = client.get(reverse("reports:file", args=[report.pk, 1, "pt", "pdf"]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    for language, kind in (("es", "pdf"), ("pt", "xlsx"), ("pt", "exe")):
        gone = client.get(reverse("reports:file", args=[report.pk, 1, language, kind]))
        assert gone.status_code == 404


def test_what_changed_is_told_by_figure_row_and_text():
    from mutirao.core.papers import blocks

    def version(done, rows, words):
        made = paper(done=done)
        columns = [blocks.column("Compromisso"), blocks.column("Estado")]
        lines = [blocks.row(key, blocks.cell(key), blocks.cell(state)) for key, state in rows]
        table = blocks.table("promises", "Compromissos", columns, lines)
        made["sections"].append(blocks.section("words", "Introdução", [blocks.words(words), table]))
        return made

    before = version(1, [("a", "previsto"), ("b", "previsto")], "Antes")
    after = version(2, [("a", "cumprido"), ("c", "previsto")], "Depois")
    found = compared(before, after)
    assert [(one.before, one.after) for one in found.figures] == [("1", "2")]
    (table,) = found.tables
    assert ([r.name for r in table.new], [r.name for r in table.gone]) == (["c"], ["b"])
    assert [(cell.before, cell.after) for cell in table.changed[0].cells] == [
        ("previsto", "cumprido")
    ]
    assert found.texts == ["Introdução"]
    assert not compared(after, after).any


def test_the_compare_page_shows_the_figures_of_both(client):
    report = published()
    newer = EditionFactory(report=report, published_at=timezone.now(), data={"pt": paper(done=5)})
    url = reverse("reports:compare", args=[report.pk])
    assert newer.number == 2
    answer = client.get(url, {"from": 1, "to": 2}).content.decode()
    assert ">5<" in answer
    assert client.get(url, {"from": "x", "to": "99"}).status_code == 200


def test_a_report_says_no_more_of_a_discussion_than_its_readers_may_read():
    plan = unit_at_work()
    late = plan.unit.commitments.get(state="cancelled")
    for text, fields in (
        ("Dito a todos", {"audience": "everyone"}),
        ("Só entre membros", {"audience": "members"}),
        ("Escondido", {"audience": "everyone", "state": "hidden"}),
    ):
        CommentFactory(record=late, text=text, **fields)
    report = ReportFactory(unit=plan.unit, term=plan.term)
    told = str(gathered(report))
    assert "Dito a todos" in told
    assert "Só entre membros" not in told
    assert "Escondido" not in told
    report.audience = "members"
    assert "Só entre membros" in str(gathered(report))


def test_a_script_in_a_text_is_shown_and_not_run(client):
    plan = unit_at_work()
    evil = "<script>alert(1)</script>"
    report = ReportFactory(unit=plan.unit, term=plan.term, title=evil, introduction=evil)
    plan.activities.update(title=evil)
    owner = plan.presented_by
    owner.name = owner.short_name = f"{evil}"[:60]
    owner.save()
    edition = EditionFactory(
        report=report, published_at=timezone.now(), data={"pt": gathered(report)}
    )
    report.current, report.visibility = edition, "public"
    report.save()
    body = client.get(report.get_absolute_url()).content.decode()
    assert evil not in body
    assert "&lt;script&gt;" in body
