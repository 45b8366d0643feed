"""`mutirao doctor` as a command: from an installation that will not even start, to one at work.

It looks and changes nothing. The embedded database is started for the length of the look where
nobody uses it, as for every other command; where a served one is down, that is the finding.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any

from mutirao.core.home import HomeRefused, planned_folder, restored_by_half
from mutirao.core.keeping.words import say
from mutirao.core.postgres import EmbeddedServer, PostgresError
from mutirao.core.terminal import user_language

SENTENCES = {
    "not_made": {
        "pt": "Ainda não há instalação em {place}: inicie `mutirao serve`, ou confira "
        "MUTIRAO_HOME.",
        "es": "Todavía no hay instalación en {place}: inicie `mutirao serve`, o revise "
        "MUTIRAO_HOME.",
        "en": "There is no installation in {place} yet: start `mutirao serve`, or check "
        "MUTIRAO_HOME.",
    },
    "stopped": {
        "pt": "O banco de dados em {place} está parado, embora a instalação esteja servindo: "
        "reinicie `mutirao serve`. O registro está em pg/log/.",
        "es": "La base de datos en {place} está detenida, aunque la instalación está sirviendo: "
        "reinicie `mutirao serve`. El registro está en pg/log/.",
        "en": "The database in {place} is stopped although the installation is being served: "
        "start `mutirao serve` again. Its log is in pg/log/.",
    },
    "settings": {
        "pt": "Todas as configurações podem ser lidas.",
        "es": "Todas las configuraciones se pueden leer.",
        "en": "All settings can be read.",
    },
}


def examine() -> dict[str, Any]:
    """What `mutirao doctor` finds: `ok`, `checks` (name, ok, message), `counts`."""
    if place := restored_by_half():
        return _alone("data_folder", say("interrupted", place=place))
    home = planned_folder()
    trouble = "" if os.environ.get("DATABASE_URL") else _embedded(home)
    if not home.is_dir() or (trouble and not (home / "pg" / "cluster").is_dir()):
        # Setting up would make the folder.
        return _alone("data_folder", trouble or _say("not_made", place=home))
    try:
        return _examine(trouble)
    except SystemExit as refusal:  # settings that cannot be read, or are not safe
        return _alone("settings", str(refusal))


def _alone(name: str, message: str) -> dict[str, Any]:
    return {"ok": False, "checks": [_line(name, False, message)], "counts": {}}


def _line(name: str, ok: bool, message: str) -> dict[str, Any]:
    return {"name": name, "ok": ok, "message": message}


def _say(key: str, **values: object) -> str:
    return SENTENCES[key][user_language()].format(**values)


def _embedded(home: Path) -> str:
    """Hold the embedded database for this look; what stands against it, or ""."""
    server = EmbeddedServer(home)
    if not (home / "pg" / "cluster").is_dir():
        return _say("not_made", place=home)
    try:
        served = server.in_use()
        if served and not server.running():
            return _say("stopped", place=home)
        if not served:
            os.environ["MUTIRAO_NOT_SERVED"] = "1"
        os.environ["MUTIRAO_EMBEDDED_URL"] = server.hold()
    except (HomeRefused, PostgresError, OSError) as error:
        return str(error)
    return ""


def _examine(trouble: str) -> dict[str, Any]:
    os.environ["MUTIRAO_ROLE"] = "doctor"  # settings then make no key where there is none
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.utils import translation

    from mutirao.core import checks
    from mutirao.core.doctor import ill, report
    from mutirao.core.languages import DJANGO_CODES

    with translation.override(DJANGO_CODES[user_language()]):
        found = report(ill(trouble) if trouble else checks.database())
    found["checks"].insert(0, _line("settings", True, _say("settings")))
    return found


def print_report(report: dict[str, Any], *, as_json: bool) -> None:
    """For machines one JSON object; for people a line a check, what is wrong marked."""
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for check in report["checks"]:
        print(f"{'ok' if check['ok'] else '!!'}  {check['name']:<14} {check['message']}")
    print("ok" if report["ok"] else "!!", sum(report["counts"].values()), "records")
