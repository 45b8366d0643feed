"""The first real input, where the network's own copy lies beside the checkout."""

import json
from itertools import chain
from pathlib import Path

import pytest

from mutirao.intake.readers import read_document
from mutirao.plans.reading import read_plan

PLAN = Path(__file__).parents[4] / "shared" / "data" / "plans" / "plano-2018.pt.txt"
pytestmark = pytest.mark.skipif(not PLAN.exists(), reason="the plan of 2018 is not at hand")


def test_plan_of_2018_gives_all_its_parts() -> None:
    reading = read_plan(read_document(PLAN))
    assert [item.number for item in reading.axes] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert [item.number for item in reading.work_axes] == ["I", "II", "III"]
    assert [item.number for item in reading.activities] == ["I", "II", "III", "IV", "V"]
    assert (reading.language, reading.year, reading.presented_by) == (
        "pt",
        2018,
        "Santana de Parnaíba",
    )
    assert reading.not_understood == []
    assert reading.covered() == set(range(1, 44))


def test_plan_of_2018_gives_its_calendar() -> None:
    events = read_plan(read_document(PLAN)).events
    assert [
        (e.start.isoformat(), e.end.isoformat(), e.place, e.country, e.role) for e in events
    ] == [
        ("2018-04-16", "2018-04-16", "São Paulo", "BR", "organises"),
        ("2018-04-24", "2018-04-24", "Barueri", "BR", "organises"),
        ("2018-04-30", "2018-04-30", "New Orleans", "US", "takes_part"),
        ("2018-05-03", "2018-05-03", "Barueri", "BR", "organises"),
        ("2018-06-13", "2018-06-16", "Santana de Parnaíba", "BR", "organises"),
        ("2018-07-25", "2018-07-25", "Johanesburg", "ZA", "takes_part"),
    ]
    assert events[0].title == "Forum de Gestão Municipal de Impacto (GMI) Cioeste"
    assert events[0].description == "banco de boas práticas de governança na gestão pública"
    assert events[2].title == "Collision – Evento Global de Tecnologia"
    assert events[2].description is None


def test_plan_of_2018_joins_the_paragraph_that_was_cut() -> None:
    second = read_plan(read_document(PLAN)).activities[1]
    assert second.lines == [22, 23]
    assert "os negócios e a comercialização de produtos" in second.text
    assert "*" not in second.text


def test_plan_of_2018_publishes_no_signature() -> None:
    data = read_plan(read_document(PLAN)).as_json()
    signature = [o["lines"] for o in data["other"] if o["kind"] == "signature"]
    assert sorted(chain.from_iterable(signature)) == [38, 39, 40, 41, 42, 43]
    published = json.dumps({k: data[k] for k in ("axes", "work_axes", "activities", "events")})
    assert "EMAIL" not in published
