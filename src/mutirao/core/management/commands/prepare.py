"""Bring the installation up to date: migrations, counters' table, static files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

PREPARING = 7_043_201  # the number of our lock among the advisory ones of this database


class Command(BaseCommand):
    help = "Applies migrations and collects static files; quick when there is nothing to do."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--demonstration", action="store_true", help="load the sample network")
        parser.add_argument("--database", action="store_true", help="leave static files alone")

    def handle(self, *, demonstration: bool, database: bool, **options: Any) -> None:
        with self._alone():
            self._bring_up_to_date()
        if not database:
            self._collect_static()
        if demonstration:
            call_command("load_demonstration", stdout=self.stdout)

    @staticmethod
    @contextmanager
    def _alone() -> Iterator[None]:
        """Several machines may be started at once: the others wait, and find it done."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])

    def _bring_up_to_date(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
        if "core_cache" not in connection.introspection.table_names():
            call_command("createcachetable", verbosity=0)

    def _collect_static(self) -> None:
        """Collect only when a source file changed: hashing all of them takes seconds."""
        stamp = Path(settings.STATIC_ROOT) / ".stamp"
        now = self.fingerprint()
        if stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)

    @staticmethod
    def fingerprint() -> str:
        digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
        for finder in finders.get_finders():
            for path, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
                stat = Path(storage.path(path)).stat()
                digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
        return digest.hexdigest()
