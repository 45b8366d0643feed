"""The console command `mutirao`: one door for operators, developers and makefiles.

Only what a command needs is imported: a dry run of the importer reads no settings and starts
no database.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

MOST_REPORT_BYTES = 2 * 1024 * 1024  # a report brings the message it is about


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    arguments = parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutirao.settings")
    try:
        return int(arguments.run(arguments) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `mutirao … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="mutirao", description="The shared workplace of a network of cities."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_demo(commands)
    _add_serve(commands)
    _add_plan(commands)
    _add_registry(commands)
    _add_keeping(commands)
    worker = commands.add_parser("worker", help="run the job worker")
    worker.set_defaults(run=run_worker)
    live = commands.add_parser("live", help="run the live door: notices without reloading")
    _add_address(live, port=8001)
    live.set_defaults(run=run_live)
    _add_mail(commands)
    bench = commands.add_parser("bench", help="measure the cost of pages")
    bench.add_argument("what", nargs="?", choices=["pages"], default="pages")
    bench.add_argument("--json", action="store_true", help="print the figures as JSON")
    bench.set_defaults(run=run_bench)
    manage = commands.add_parser("manage", help="run a Django management command", add_help=False)
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    manage.set_defaults(run=run_manage)
    return top


def _add_serve(commands: argparse._SubParsersAction) -> None:
    serve = commands.add_parser("serve", help="serve the pages, with the job worker beside them")
    _add_address(serve)
    serve.add_argument(
        "--no-worker", action="store_true", help="the job worker runs elsewhere (production)"
    )
    serve.add_argument(
        "--no-live", action="store_true", help="the live door runs elsewhere, or nowhere"
    )
    serve.set_defaults(run=run_serve)


def _add_demo(commands: argparse._SubParsersAction) -> None:
    demo = commands.add_parser("demo", help="load the demonstration network and serve it")
    _add_address(demo)
    demo.add_argument("--load-only", action="store_true", help="prepare it and exit")
    demo.set_defaults(run=run_demo, no_worker=False)


def _add_mail(commands: argparse._SubParsersAction) -> None:
    mail = commands.add_parser("mail", help="outgoing mail")
    verbs = mail.add_subparsers(dest="verb", required=True, metavar="VERB")
    bounce = verbs.add_parser(
        "bounce", help="read a report of undeliverable mail (RFC 3464) from standard input"
    )
    bounce.set_defaults(run=run_mail_bounce)


def _add_address(command: argparse.ArgumentParser, port: int = 8000) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on")
    command.add_argument("--port", type=int, default=port, help="port to listen on")


def _say_address(arguments: argparse.Namespace) -> None:
    """Addresses in feeds, documents and messages lead here, unless the operator said where."""
    os.environ.setdefault("MUTIRAO_BASE_URL", f"http://localhost:{arguments.port}")


def _add_registry(commands: argparse._SubParsersAction) -> None:
    registry = commands.add_parser("registry", help="members and mandates as spreadsheets")
    verbs = registry.add_subparsers(dest="verb", required=True, metavar="VERB")
    bring = verbs.add_parser("import", help="read a spreadsheet of members or mandates")
    bring.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .csv")
    bring.add_argument("--kind", choices=["organisations", "mandates"], default="organisations")
    bring.add_argument("--dry-run", action="store_true", help="only say what it would do")
    bring.add_argument("--json", action="store_true", help="print it as JSON")
    bring.add_argument("--by", metavar="E-MAIL", help="the person who will look at the preview")
    bring.set_defaults(run=run_registry_import)


def _add_plan(commands: argparse._SubParsersAction) -> None:
    plan = commands.add_parser("plan", help="work plans")
    verbs = plan.add_subparsers(dest="verb", required=True, metavar="VERB")
    bring = verbs.add_parser("import", help="read a work plan's document")
    bring.add_argument("file", type=Path, metavar="FILE", help=".txt .md .docx .odt or text .pdf")
    bring.add_argument("--dry-run", action="store_true", help="only print what was read")
    bring.add_argument("--json", action="store_true", help="print it as JSON")
    bring.add_argument("--by", metavar="E-MAIL", help="the person who will check the reading")
    bring.set_defaults(run=run_plan_import)


def _add_keeping(commands: argparse._SubParsersAction) -> None:
    backup = commands.add_parser("backup", help="write everything to one file, while serving")
    backup.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a new file, a folder, or - for standard output; default: backups/ in the data folder",
    )
    backup.add_argument("--check", type=Path, metavar="FILE", help="only read a backup to its end")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="put a backup into an empty data folder")
    restore.add_argument("file", type=Path, metavar="FILE", help="what `mutirao backup` wrote")
    restore.add_argument("--into", type=Path, metavar="DIR", help="default: MUTIRAO_HOME")
    restore.set_defaults(run=run_restore)
    doctor = commands.add_parser("doctor", help="check this installation and say what to do")
    doctor.add_argument("--json", action="store_true", help="ok, checks, counts of records")
    doctor.set_defaults(run=run_doctor)


def hold_database(*, restoring: bool = False) -> None:
    """Make sure there is a database: the operator's, or the embedded one, held by this process.

    The embedded one's address is left in the environment for the processes started from here.
    A data folder in which a restore was interrupted is refused.
    """
    if not restoring:
        _refuse_half_restored()
    if os.environ.get("DATABASE_URL") or os.environ.get("MUTIRAO_EMBEDDED_URL"):
        return
    from mutirao.core.home import HomeRefused, data_folder
    from mutirao.core.postgres import EmbeddedServer, PostgresError

    try:
        os.environ["MUTIRAO_EMBEDDED_URL"] = EmbeddedServer(data_folder()).hold()
    except (HomeRefused, PostgresError) as error:
        raise SystemExit(f"mutirao: {error}") from None


def _refuse_half_restored() -> None:
    from mutirao.core.home import restored_by_half
    from mutirao.core.keeping.words import say

    if place := restored_by_half():
        raise SystemExit(f"mutirao: {say('interrupted', place=place)}")


def manage(*words: str) -> None:
    """Run a Django management command in this process."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["mutirao manage", *words])


def run_manage(arguments: argparse.Namespace) -> int:
    hold_database()
    manage(*arguments.rest)
    return 0


def run_worker(arguments: argparse.Namespace) -> int:
    from mutirao.core.serving import end_with_parent

    hold_database()
    direct = os.environ.get("DATABASE_DIRECT_URL")
    if direct:  # LISTEN does not pass through a pooler
        os.environ["DATABASE_URL"] = direct
    if os.environ.get("MUTIRAO_SUPERVISED"):
        end_with_parent()
    manage("work")
    return 0


def run_live(arguments: argparse.Namespace) -> int:
    from mutirao.core.serving import serve_live

    hold_database()
    return serve_live(arguments.host, arguments.port)


def run_mail_bounce(arguments: argparse.Namespace) -> int:
    """For a mail server's pipe: exit statuses are those of sysexits.h."""
    report = sys.stdin.buffer.read(MOST_REPORT_BYTES + 1)
    if len(report) > MOST_REPORT_BYTES:
        print("mutirao: the report is too large to be one", file=sys.stderr)
        return os.EX_DATAERR
    try:
        hold_database()
        import django

        django.setup()
        from django.db import DatabaseError

        from mutirao.letters.actions import take_report
    except SystemExit as error:
        print(error, file=sys.stderr)
        return os.EX_TEMPFAIL
    try:
        outcome = take_report(report)
    except DatabaseError as error:
        print(f"mutirao: {error}", file=sys.stderr)
        return os.EX_TEMPFAIL
    print(outcome.said)
    return os.EX_OK if outcome.readable else os.EX_DATAERR


def run_serve(arguments: argparse.Namespace) -> int:
    from mutirao.core.serving import prepare, serve

    hold_database()
    prepare()
    return serve(
        arguments.host,
        arguments.port,
        with_worker=not arguments.no_worker,
        with_live=not arguments.no_live,
    )


def run_demo(arguments: argparse.Namespace) -> int:
    from mutirao.core.serving import prepare, serve

    if os.environ.get("MUTIRAO_ENV") == "production":
        raise SystemExit("mutirao: the demonstration does not run with MUTIRAO_ENV=production")
    os.environ["MUTIRAO_DEMO"] = "1"
    _say_address(arguments)
    hold_database()
    prepare("--demonstration")
    if arguments.load_only:
        return 0
    return serve(arguments.host, arguments.port, with_worker=True)


def run_plan_import(arguments: argparse.Namespace) -> int:
    if arguments.dry_run:
        from mutirao.plans.reading.command import dry_run

        return dry_run(arguments.file, arguments.json, sys.stdout, sys.stderr)
    hold_database()
    words = ["plan_import", str(arguments.file)]
    words += ["--by", arguments.by] if arguments.by else []
    words += ["--json"] if arguments.json else []
    manage(*words)
    return 0


def run_backup(arguments: argparse.Namespace) -> int:
    from mutirao.core.home import planned_folder
    from mutirao.core.keeping import commands
    from mutirao.core.keeping.words import Refused

    if arguments.check:
        return commands.guarded(lambda: commands.check(arguments.check))
    home = planned_folder()

    def work() -> None:
        if not commands.direct_url() and not (home / "pg" / "cluster").is_dir():
            raise Refused("nothing_here", place=home)
        hold_database()
        import django

        django.setup()
        commands.back_up(arguments.file)

    return commands.guarded(work)


def run_restore(arguments: argparse.Namespace) -> int:
    from mutirao.core.keeping import commands
    from mutirao.core.serving import prepare

    def work() -> None:
        commands.restore(arguments.file, arguments.into, lambda: hold_database(restoring=True))
        prepare("--database")

    return commands.guarded(work)


def run_doctor(arguments: argparse.Namespace) -> int:
    from mutirao.core.doctor.command import examine, print_report

    report = examine()
    print_report(report, as_json=arguments.json)
    return 0 if report["ok"] else 1


def run_registry_import(arguments: argparse.Namespace) -> int:
    hold_database()
    words = ["registry_import", str(arguments.file), "--kind", arguments.kind]
    words += ["--dry-run"] if arguments.dry_run else []
    words += ["--by", arguments.by] if arguments.by else []
    words += ["--json"] if arguments.json else []
    manage(*words)
    return 0


def run_bench(arguments: argparse.Namespace) -> int:
    import logging

    from mutirao.core.home import data_folder
    from mutirao.core.serving import prepare

    # Its own database: the operator's records are neither measured nor filled up.
    os.environ["MUTIRAO_HOME"] = str(data_folder() / "bench")
    os.environ.pop("DATABASE_URL", None)
    hold_database()
    prepare("--demonstration")
    logging.disable(logging.INFO)
    # As a web process: with the pool, and one connection, so that PostgreSQL's share is found.
    os.environ.update(MUTIRAO_ROLE="web", MUTIRAO_THREADS="1")
    from mutirao.bench import run

    return run(arguments.json)


if __name__ == "__main__":
    sys.exit(main())
