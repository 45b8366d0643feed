"""Interface texts: extract, check and compile without GNU gettext being installed.

    python tools/messages.py update [APP …]   extract msgids and merge them into the catalogues
    python tools/messages.py check  [APP …]   fail when a text is missing, fuzzy or obsolete
    python tools/messages.py compile          write the .mo files (not committed)

Each app has its own catalogues, `src/mutirao/APP/locale/{pt_BR,es,en}/LC_MESSAGES/django.po`.
The msgids are English; the English catalogue only carries plurals and what reads differently.
Templates are turned into Python by Django's own `templatize`, then read by Babel.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template as django_template

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "mutirao"
LOCALES = ("pt_BR", "es", "en")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date keeps unchanged catalogues unchanged


def apps(names: list[str]) -> list[str]:
    """The apps named or, without names, every folder that is an app."""
    found = sorted(path.parent.name for path in PACKAGE.glob("*/apps.py"))
    unknown = set(names) - set(found)
    if unknown:
        raise SystemExit(f"no such app: {', '.join(sorted(unknown))}; there are {', '.join(found)}")
    return names or found


def catalogue_path(app: str, locale: str) -> Path:
    return PACKAGE / app / "locale" / locale / "LC_MESSAGES" / "django.po"


def sources(app: str) -> Iterator[tuple[Path, bytes]]:
    """Every file of the app that may carry texts, as Python source."""
    for path in sorted((PACKAGE / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_bytes()
    for path in sorted((PACKAGE / app).rglob("templates/**/*")):
        if path.is_file() and path.suffix in {".html", ".txt", ".xml", ".typ"}:
            text = django_template.templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # xgettext forgives indentation, a Python reader does not.
            yield path, "\n".join(line.lstrip() for line in text.split("\n")).encode()


def extracted(app: str) -> Catalog:
    """All msgids of an app, with the files they stand in (no line numbers: they only churn)."""
    catalogue = Catalog()
    for path, source in sources(app):
        options = {"encoding": "utf-8"}
        found = extract("python", io.BytesIO(source), KEYWORDS, ("Translators:",), options)
        for _line, message, comments, context in found:
            where = [(str(path.relative_to(PACKAGE)), None)]
            catalogue.add(message, None, where, auto_comments=comments, context=context)
    return catalogue


def read(app: str, locale: str) -> Catalog:
    path = catalogue_path(app, locale)
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def update(names: list[str]) -> int:
    for app in apps(names):
        template = extracted(app)
        if not len(template):
            continue
        for locale in LOCALES:
            old = read(app, locale)
            # A fuzzy guess is a wrong text waiting to be shown: missing ones stay missing.
            old.update(template, no_fuzzy_matching=True)
            old.obsolete.clear()
            _write(old, app, locale)
    return 0


def _write(catalogue: Catalog, app: str, locale: str) -> None:
    fresh = Catalog(
        locale=locale,
        project="Mutirão",
        version="",
        charset="utf-8",
        fuzzy=False,
        header_comment=f"# Interface texts of the app «{app}».",
        creation_date=EPOCH,
        revision_date=EPOCH,
    )
    for message in catalogue:
        if message.id:
            fresh.add(
                message.id,
                message.string,
                message.locations,
                message.flags - {"fuzzy"},
                message.auto_comments,
                message.user_comments,
                context=message.context,
            )
    path = catalogue_path(app, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=100, sort_output=True, include_lineno=False)


def faults(app: str, locale: str) -> Iterator[str]:
    """What is wrong with one catalogue, a line each."""
    where = f"{app}/{locale}"
    wanted = {(message.id, message.context) for message in extracted(app) if message.id}
    catalogue = read(app, locale)
    there = {(message.id, message.context): message for message in catalogue if message.id}
    for key in sorted(wanted - set(there), key=str):
        yield f"{where}: not in the catalogue (run update): {key[0]!r}"
    for key in sorted(set(there) - wanted, key=str):
        yield f"{where}: no longer used (run update): {key[0]!r}"
    for key, message in there.items():
        if message.fuzzy:
            yield f"{where}: fuzzy: {key[0]!r}"
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if locale != "en" and not all(strings):
            yield f"{where}: no text: {key[0]!r}"
        for error in message.check(catalogue):
            yield f"{where}: {error}: {key[0]!r}"
        if all(strings) and _placeholders(message.id) != _placeholders(message.string):
            yield f"{where}: placeholders differ: {key[0]!r}"


def disagreements(names: list[str]) -> Iterator[str]:
    """Texts that two apps translate differently: Django would silently show one of the two."""
    for locale in LOCALES:
        seen: dict[tuple[object, str | None], tuple[str, object]] = {}
        for app in names:
            for message in read(app, locale):
                key = (message.id, message.context)
                # An empty English text shows the msgid itself.
                shown = message.string if any(message.string) else message.id
                first, string = seen.setdefault(key, (app, shown))
                if message.id and string != shown:
                    yield f"{locale}: {first} and {app} differ (give one a context): {key[0]!r}"


def _placeholders(text: object) -> set[str]:

    joined = " ".join(text) if isinstance(text, list | tuple) else str(text)
    return set(re.findall(r"%\(\w+\)s|\{\w*\}", joined))


def check(names: list[str]) -> int:
    found = [fault for app in apps(names) for locale in LOCALES for fault in faults(app, locale)]
    found += disagreements(apps(names))
    for fault in found:
        print(fault)
    print(f"texts: {len(found)} fault(s)")
    return 1 if found else 0


def compile_all(names: list[str]) -> int:
    for path in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue)
    return 0


def main(argv: list[str]) -> int:
    verbs = {"update": update, "check": check, "compile": compile_all}
    if not argv or argv[0] not in verbs:
        print(__doc__)
        return 2
    settings.configure(USE_I18N=True)
    django.setup()
    return verbs[argv[0]](argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
