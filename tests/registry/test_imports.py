"""A spreadsheet of members: previewed, accepted as a whole or not at all, undone as a whole."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import Workbook, load_workbook

from mutirao.core.models import Conflict, NotAllowed
from mutirao.network.models import Mandate, Member, Organisation
from mutirao.registry import actions
from mutirao.registry.models import Import
from mutirao.registry.sheets import column_letter
from mutirao.registry.states import ImportState
from mutirao.registry.tasks import work_on
from tests.factories import (
    MandateFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    actor,
    secretariat,
)

from . import planted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by():
    return secretariat()


@pytest.fixture
def office(client: Client, by) -> Client:
    client.force_login(by.person)
    return client


def bring_in(by, data: bytes | str, name: str = "members.csv", kind: str = "organisations"):
    """The import of a file, after the job ran."""
    data = data.encode() if isinstance(data, str) else data
    file = SimpleUploadedFile(name, data)
    batch = actions.bring_in(by=by, kind=kind, file=file, filename=name, key=uuid4())
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def accepted(by, batch: Import) -> Import:
    actions.accept(by=by, batch=batch, version=batch.version)
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def undone(by, batch: Import) -> Import:
    actions.undo(by=by, batch=batch)
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def faults(batch: Import) -> list[tuple[int, str, str]]:
    """(row, column, code) of every mistake."""
    return [
        (
            row.number,
            "" if one["column"] is None else column_letter(one["column"]),
            one["code"],
        )
        for row in batch.rows.all()
        for one in row.findings
        if not one["note"]
    ]


def workbook(rows: list[list[object]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


# the whole way


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_planted_mistake_is_named_with_row_and_column_and_nothing_is_saved(by, kind) -> None:
    wrong, mistakes = planted.plant(planted.members(120))
    data = planted.as_csv(wrong) if kind == "csv" else planted.as_xlsx(wrong)
    batch = bring_in(by, data, f"members.{kind}")
    assert faults(batch) == [(m.row, m.column, m.code) for m in mistakes]
    assert batch.counts["wrong"] == len(mistakes) == 30
    with pytest.raises(NotAllowed, match="30"):
        actions.accept(by=by, batch=batch, version=batch.version)
    assert Organisation.objects.count() == 1 and not Member.objects.exists()


def test_corrected_file_is_accepted_and_undone_as_a_whole(by) -> None:
    rows = planted.members(60)
    batch = accepted(by, bring_in(by, planted.as_csv(rows)))
    assert batch.state == ImportState.ACCEPTED and batch.accepted_by == by.person
    assert (Organisation.objects.count(), Member.objects.count()) == (61, 60)
    city = Organisation.objects.get(code="M-0001")
    assert city.name == rows[0][1].strip() and city.country == "BR"
    assert city.population == int(rows[0][5].replace(".", ""))
    member = city.admissions.get()
    assert str(member.admitted_by) == f"minutes of the assembly {rows[0][12]}"
    again = bring_in(by, planted.as_csv(rows))
    assert again.counts == {"new": 0, "changed": 0, "same": 60, "unsure": 0, "wrong": 0}
    batch = undone(by, batch)
    assert batch.state == ImportState.UNDONE and batch.undone_by == by.person
    assert (Organisation.objects.count(), Member.objects.count()) == (1, 0)
    assert batch.rows.count() == 60


def test_what_is_written_is_kept_as_the_act_of_who_accepted(by) -> None:
    accepted(by, bring_in(by, "Nome;País\nRosario;Argentina\n"))
    event = Organisation.objects.get(name="Rosario").history.get()  # type: ignore[attr-defined]
    context = event.pgh_context.metadata
    assert context["user"] == by.person.pk and context["organisation"] == by.organisation_id


def test_changes_are_shown_before_and_after_and_an_empty_cell_changes_nothing(by) -> None:
    city = MemberFactory(
        organisation__name="São José", organisation__region="SC", starts_on=date(2001, 2, 3)
    ).organisation
    text = "nombre,pais,provincia,poblacion,miembro desde\nSAO JOSE.,brasil,,250.000,2001-02-04\n"
    batch = bring_in(by, text)
    row = batch.rows.get()
    assert (row.mark, row.target) == ("changed", city.pk)
    assert {c["key"]: (c["before"], c["after"]) for c in row.changes} == {
        "name": ("São José", "SAO JOSE."),
        "population": (120000, 250000),
        "admitted_on": ("2001-02-03", "2001-02-04"),
    }
    accepted(by, batch)
    city.refresh_from_db()
    assert (city.population, city.region, city.version) == (250_000, "SC", 2)
    undone(by, batch)
    city.refresh_from_db()
    assert (city.name, city.population) == ("São José", 120_000)
    assert city.admissions.get().starts_on == date(2001, 2, 3)


def test_code_finds_the_organisation_under_a_new_name(by) -> None:
    city = OrganisationFactory(name="Old Name", code="X1", country="BR")
    batch = bring_in(by, "código;nome;país\nx1;New Name;BR\n")
    row = batch.rows.get()
    assert (row.mark, row.target) == ("changed", city.pk)


def test_codes_that_contradict_the_names_are_named(by) -> None:
    OrganisationFactory(name="Rosario", code="AR-1", country="AR")
    OrganisationFactory(name="Salta", code="AR-2", country="AR")
    rows = "código;nome;país\nAR-9;Rosario;AR\nAR-1;Salta;AR\n"
    batch = bring_in(by, rows)
    assert faults(batch) == [(2, "A", "other_code"), (3, "A", "code_of_other")]


def test_near_name_waits_for_a_decision(by) -> None:
    city = OrganisationFactory(name="Prefeitura de Guarulhos", country="BR")
    text = "nome;país\nGuarulhos;Brasil\n"
    batch = bring_in(by, text)
    row = batch.rows.get()
    assert (row.mark, row.candidates) == ("unsure", [city.pk])
    with pytest.raises(NotAllowed):
        actions.accept(by=by, batch=batch, version=batch.version)
    other = OrganisationFactory(name="Elsewhere")
    with pytest.raises(NotAllowed, match="offered"):
        actions.decide(by=by, batch=batch, decisions={2: str(other.pk)})
    actions.decide(by=by, batch=batch, decisions={2: "new"})
    assert batch.rows.get().mark == "new"
    actions.decide(by=by, batch=batch, decisions={2: str(city.pk)})
    assert batch.rows.get().mark == "changed"
    batch.refresh_from_db()
    accepted(by, batch)
    city.refresh_from_db()
    assert city.name == "Guarulhos"


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("nome;país\nRosario;Argentina\nROSARIO;AR\n", "repeated", "A"),
        ("nome;país;saída\nRosario;AR;2020-01-01\n", "left_not_member", "C"),
        ("nome;país\nRosario;AR;;;x\n", "extra_cells", "C"),
    ],
)
def test_mistakes_of_rows_that_contradict_something(by, text: str, code: str, column: str) -> None:
    (fault,) = faults(bring_in(by, text))
    assert fault[1:] == (column, code)


def test_leaving_by_spreadsheet_never_ends_mandates(by) -> None:
    member = MemberFactory()
    MandateFactory(organisation=member.organisation)
    today = timezone.localdate().replace(month=3, day=1).isoformat()
    text = f"nome;país;admitido em;saída\n{member.organisation.name};BR;2000-01-01;{today}\n"
    assert faults(bring_in(by, text)) == [(2, "D", "holds_mandates")]


# if the world changes


def test_world_that_changed_since_the_preview_is_previewed_anew(by) -> None:
    batch = bring_in(by, "nome;país\nRosario;Argentina\n")
    actions.accept(by=by, batch=batch, version=batch.version)
    OrganisationFactory(name="Rosario", country="AR")
    work_on(batch.pk)
    batch.refresh_from_db()
    assert batch.state == ImportState.READY and batch.previewed_anew
    assert batch.rows.get().mark == "same"
    assert Organisation.objects.filter(name="Rosario").count() == 1


def test_preview_that_moved_on_is_not_accepted_blindly(by) -> None:
    batch = bring_in(by, "nome;país\nRosario;Argentina\n")
    with pytest.raises(Conflict):
        actions.accept(by=by, batch=batch, version=batch.version - 1)


def test_job_that_runs_twice_changes_nothing(by) -> None:
    batch = bring_in(by, "nome;país\nRosario;Argentina\n")
    work_on(batch.pk)
    batch = accepted(by, batch)
    work_on(batch.pk)
    actions.carry_out(import_id=batch.pk)
    assert Organisation.objects.filter(name="Rosario").count() == 1


def test_same_form_sent_twice_is_one_import(by) -> None:
    key = uuid4()
    for _ in range(2):
        file = SimpleUploadedFile("a.csv", b"nome;pa\xc3\xads\nRosario;AR\n")
        actions.bring_in(by=by, kind="organisations", file=file, filename="a.csv", key=key)
    assert Import.objects.count() == 1


@pytest.mark.parametrize("later", ["edited", "mandate", "membership", "gone"])
def test_undoing_never_destroys_later_work(by, later: str) -> None:
    batch = accepted(by, bring_in(by, "nome;país;admitido em\nRosario;AR;2020-01-01\nSalta;AR;\n"))
    city = Organisation.objects.get(name="Rosario")
    if later == "edited":
        Organisation.objects.filter(pk=city.pk).update(name="Rosário")
    elif later == "mandate":
        MandateFactory(organisation=city)
    elif later == "membership":
        MembershipFactory(organisation=city)
    else:
        Member.objects.filter(organisation=city).delete()
    batch = undone(by, batch)
    assert batch.state == ImportState.ACCEPTED and batch.undone_by is None
    assert [one["row"] for one in batch.blockers] == [2]
    assert Organisation.objects.filter(name="Salta").exists()


# columns and dates


def test_unknown_headings_are_asked_for(by, office: Client) -> None:
    batch = bring_in(by, "lugar;onde\nRosario;AR\nSalta;AR\n")
    assert batch.state == ImportState.COLUMNS
    page = office.get(batch.get_absolute_url()).content.decode()
    assert "lugar" in page and "Rosario" in page
    url = reverse("registry:columns", args=[batch.key])
    wrong = office.post(url, {"version": batch.version, "column_country": "1"})
    assert "required" in wrong.content.decode().lower()
    office.post(url, {"version": batch.version, "column_name": "0", "column_country": "1"})
    work_on(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == (ImportState.READY, 2)


@pytest.mark.parametrize(
    ("dates", "read", "guess"),
    [
        (["03/04/2020", "05/06/2020"], "dmy", True),
        (["03/04/2020", "25/06/2020"], "dmy", False),
        (["03/04/2020", "06/25/2020"], "mdy", False),
        (["2020-04-03", "2020-06-25"], "dmy", False),
    ],
)
def test_order_of_dates_is_told_by_the_file_or_said_to_be_a_guess(by, dates, read, guess) -> None:
    text = "nome;país;admitido em\n" + "".join(
        f"{name};AR;{written}\n" for name, written in zip(("Rosario", "Salta"), dates, strict=True)
    )
    batch = bring_in(by, text)
    assert (batch.order_read, batch.order_is_a_guess) == (read, guess)
    assert not faults(batch)


# files as they come


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_separator_and_encoding_is_read(by, separator: str, encoding: str) -> None:
    text = separator.join(("Nome", "País")) + "\r\n" + separator.join(("São José", "Brasil"))
    batch = bring_in(by, text.encode(encoding))
    assert (batch.state, batch.rows.get().label) == (ImportState.READY, "São José")


def test_xlsx_with_dates_numbers_titles_and_a_help_sheet_is_read(by) -> None:
    data = workbook(
        [
            ["Lista de membros", None, None, None],
            [],
            ["Nome", "País", "População", "Admitido em"],
            ["Rosario ", "Argentina", 1030069, date(1995, 11, 14)],
            ["Salta", "AR", 620000.0, 34000],
        ]
    )
    batch = bring_in(by, data, "members.xlsx")
    assert [row.number for row in batch.rows.all()] == [4, 5]
    assert not faults(batch)
    assert [f["code"] for row in batch.rows.all() for f in row.findings] == ["serial"]
    accepted(by, batch)
    assert Organisation.objects.get(name="Rosario").admissions.get().starts_on == date(1995, 11, 14)
    assert Organisation.objects.get(name="Salta").population == 620_000


def test_formula_error_and_merged_cells_are_named(by) -> None:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Nome", "País", "Estado"],
        ["=A1", "AR", "x"],
        ["Salta", "#N/A", "y"],
        ["Jujuy", "AR", "z"],
    ):
        sheet.append(row)
    sheet["B3"].data_type = "e"
    sheet.merge_cells("B4:C4")
    book.save(out)
    batch = bring_in(by, out.getvalue(), "members.xlsx")
    assert faults(batch) == [(2, "A", "formula"), (3, "B", "error"), (4, "C", "merged")]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"PK\x03\x04 nonsense", "a.xlsx", "damaged"),
        (b"\x89PNG\r\n\x1a\n....", "a.csv", "not_a_sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "a.xls", "old_excel"),
        (b"nome;pais\n", "a.csv", "no_rows"),
        (b"just text", "a.xlsx", "not_a_sheet"),
        (
            "имя;страна\nМосква;Россия\nПетербург;Россия\n".encode("cp1251"),
            "a.csv",
            "wrong_encoding",
        ),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(by, office, data, name, code) -> None:
    batch = bring_in(by, data, name)
    assert batch.state == ImportState.FAILED and batch.error["code"] == code  # type: ignore[index]
    assert name in office.get(batch.get_absolute_url()).content.decode()


def test_zip_bomb_is_refused(by) -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    batch = bring_in(by, out.getvalue(), "a.xlsx")
    assert batch.error["code"] == "zip_bomb"  # type: ignore[index]


def test_workbook_that_lies_about_its_size_or_has_entities_is_harmless(by) -> None:
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(workbook([["Nome", "País"], ["Rosario", "AR"]])))
    for find, put, state in (
        (b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"', ImportState.READY),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', ImportState.FAILED),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in source.namelist():
                body = source.read(name)
                archive.writestr(name, body.replace(find, put) if "sheet1" in name else body)
        assert bring_in(by, out.getvalue(), "a.xlsx").state == state


def test_formula_does_not_come_back_out(by, office: Client) -> None:
    batch = bring_in(by, 'nome;país\n"=HYPERLINK(""http://x"")";AR\n@SUM(1);AR\n')
    assert [code for _row, _column, code in faults(batch)] == ["like_formula", "like_formula"]
    got = office.get(batch.get_absolute_url(), {"format": "csv"})
    lines = b"".join(got.streaming_content).decode()  # type: ignore[attr-defined]
    assert ",=HYPERLINK" not in lines and "'=HYPERLINK" in lines and "'@SUM" in lines


# mandates


def test_mandates_are_brought_in_and_undone(by) -> None:
    term = TermFactory(code="2018", starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31))
    unit = UnitFactory(name={"pt": "Inovação", "es": "Innovación", "en": "Innovation"})
    city = MemberFactory(organisation__name="Guarulhos").organisation
    other = MemberFactory(organisation__name="Rosario").organisation
    text = (
        "Ciudad;Unidad;Gestión;Cargo;Desde;Hasta\n"
        "GUARULHOS;innovacion;2018;Coordinación;;\n"
        "Rosario;Inovação;2018;subcoordenador;01/02/2018;30/06/2018\n"
    )
    batch = accepted(by, bring_in(by, text, kind="mandates"))
    held = Mandate.objects.get(organisation=city)
    assert (held.unit, held.term, held.office) == (unit, term, "coordinator")
    assert Mandate.objects.get(organisation=other).ends_on == date(2018, 6, 30)
    assert bring_in(by, text, kind="mandates").counts["same"] == 2
    assert undone(by, batch).state == ImportState.UNDONE
    assert not Mandate.objects.exists()


def test_mistakes_of_mandates_are_named(by) -> None:
    TermFactory(code="2018", starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31))
    unit = UnitFactory(name={"pt": "Inovação", "es": "Innovación", "en": "Innovation"})
    for name in ("Guarulhos", "Rosario", "Salta"):
        MemberFactory(organisation__name=name)
    resting = MemberFactory(organisation__name="Lima Nova")
    actions_day = date(2018, 1, 1)
    from mutirao.network.actions import suspend

    suspend(by=by, member=resting, starts_on=actions_day, ends_on=actions_day + timedelta(days=30))
    rows = [
        "Cidade;Unidade;Gestão;Cargo;De;Até",
        "Guarulho;Inovação;2018;coordenador;;",
        "Guarulhos;Inovacoes;2018;coordenador;;",
        "Guarulhos;Inovação;2019;coordenador;;",
        "Guarulhos;Inovação;2018;rei;;",
        "Guarulhos;Inovação;2018;coordenador;2017-12-31;",
        "Guarulhos;Inovação;2018;coordenador;2018-05-01;2018-04-01",
        "Rosario;Inovação;2018;coordenador;;",
        "Salta;Inovação;2018;coordenador;2018-03-01;",
        "Lima Nova;Inovação;2018;membro;;",
    ]
    batch = bring_in(by, "\n".join(rows), kind="mandates")
    assert faults(batch) == [
        (2, "A", "no_organisation"),
        (3, "B", "no_unit"),
        (4, "C", "no_term"),
        (5, "D", "no_office"),
        (6, "E", "outside_term"),
        (7, "F", "ends_before"),
        (9, "D", "office_taken_here"),
        (10, "A", "suspended"),
    ]
    assert not unit.mandates.exists()


# pages


def test_import_goes_all_the_way_by_page(office: Client) -> None:
    data = {
        "kind": "organisations",
        "key": str(uuid4()),
        "file": SimpleUploadedFile("m.csv", "nome;país\nRosario;AR\nSalta;Brazul\n".encode()),
    }
    answer = office.post(reverse("registry:imports"), data)
    batch = Import.objects.get()
    assert answer["Location"] == batch.get_absolute_url()
    assert "being read" in office.get(batch.get_absolute_url()).content.decode()
    work_on(batch.pk)
    page = office.get(batch.get_absolute_url()).content.decode()
    assert "B · país" in page and "Brazul" in page and "No country is called that" in page
    only = office.get(batch.get_absolute_url(), {"mark": "wrong"}).content.decode()
    assert "Salta" in only and "Rosario" not in only
    assert "Accept all rows" not in page
    office.post(reverse("registry:accept", args=[batch.key]), {"version": 2})
    assert not Organisation.objects.filter(name="Rosario").exists()
    office.post(reverse("registry:discard", args=[batch.key]))
    batch.refresh_from_db()
    assert batch.state == ImportState.DISCARDED and not batch.rows.exists()


@pytest.mark.parametrize("kind", ["organisations", "mandates"])
@pytest.mark.parametrize("language", ["pt", "es", "en"])
def test_empty_spreadsheet_is_recognised_when_it_comes_back(by, office, kind, language) -> None:
    url = f"/{language}/network/registry/imports/template/{kind}"
    book = load_workbook(io.BytesIO(office.get(f"{url}.xlsx").content))
    headings = [cell.value for cell in next(book.worksheets[0].iter_rows())]
    assert len(book.worksheets) == 2
    csv = office.get(f"{url}.csv").content.decode("utf-8-sig")
    assert csv.strip().split(";") == headings
    batch = bring_in(by, csv + ";".join(["x"] * len(headings)), kind=kind)
    assert len(batch.mapping) == len(headings)  # type: ignore[arg-type]


def test_imports_are_the_secretariats(client: Client, by) -> None:
    batch = bring_in(by, "nome;país\nRosario;AR\n")
    other = actor()
    with pytest.raises(PermissionDenied):
        actions.accept(by=other, batch=batch, version=batch.version)
    with pytest.raises(PermissionDenied):
        actions.undo(by=other, batch=batch)
    client.force_login(other.person)
    for name in ("import", "file", "columns", "undo"):
        assert client.get(reverse(f"registry:{name}", args=[batch.key])).status_code == 403
    assert client.get(reverse("registry:imports"), {"format": "csv"}).status_code == 403
    exported = client.get(batch.get_absolute_url(), {"format": "csv"})
    assert exported.status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_costs_a_constant_number_of_queries(
    by, office: Client, django_assert_num_queries, rows: int
) -> None:
    text = "nome;país\n" + "".join(f"{n};AR\n" for n in ("Rosario", "Salta", "Jujuy")[:rows])
    batch = bring_in(by, text)
    office.get(batch.get_absolute_url())
    # session, person, membership; the import, how many rows, a page of them; the bell
    with django_assert_num_queries(7):
        office.get(batch.get_absolute_url())
