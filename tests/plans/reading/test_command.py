"""The dry run on the command line."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mutirao.plans.reading.command import dry_run
from mutirao.plans.samples.make import SPANISH

KEYS = [
    "language",
    "year",
    "title",
    "presented_by",
    "axes",
    "work_axes",
    "activities",
    "events",
    "other",
    "not_understood",
]


def test_dry_run_writes_json_alone() -> None:
    out, err = io.StringIO(), io.StringIO()
    assert dry_run(SPANISH, True, out, err) == 0
    data = json.loads(out.getvalue())
    assert list(data)[:10] == KEYS
    assert set(data["axes"][0]) == {"number", "text", "lines"}
    assert list(data["events"][0]) == [
        "start",
        "end",
        "month",
        "date_confirmed",
        "title",
        "place",
        "country",
        "description",
        "role",
        "lines",
    ]
    assert err.getvalue() == ""


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("pt_BR.UTF-8", "Atividades"),
        ("es_AR.UTF-8", "Actividades"),
        ("en_US.UTF-8", "Activities"),
        ("C", "Atividades"),
    ],
)
def test_dry_run_summary_speaks_the_users_language(
    monkeypatch: pytest.MonkeyPatch, lang: str, word: str
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", lang)
    out = io.StringIO()
    assert dry_run(SPANISH, False, out, io.StringIO()) == 0
    assert f"{word} (5)" in out.getvalue()


def test_dry_run_of_a_bad_file_says_so_on_stderr(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert dry_run(tmp_path / "none.docx", True, out, err) == 2
    assert out.getvalue() == ""
    assert "none.docx" in err.getvalue()


def test_dry_run_needs_neither_django_nor_a_database() -> None:
    code = (
        "import sys; from pathlib import Path; from mutirao.plans.reading.command import dry_run; "
        f"dry_run(Path({str(SPANISH)!r}), True, sys.stdout, sys.stderr); "
        "assert not [m for m in sys.modules if m.split('.')[0] in {'django', 'psycopg'}]"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode("utf-8"))["language"] == "es"
