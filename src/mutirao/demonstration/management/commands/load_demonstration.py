"""Load the demonstration network."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from mutirao.demonstration.actions import NotEmpty, load


class Command(BaseCommand):
    help = "Loads the demonstration network; does nothing when it is there."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--again", action="store_true", help="(refused: says how to begin anew)"
        )

    def handle(self, *, again: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration is not loaded with MUTIRAO_ENV=production.")
        if again:
            raise CommandError(
                "What people wrote in a demonstration is not thrown away. For a fresh one, name "
                "another data folder: MUTIRAO_HOME=… mutirao demo"
            )
        try:
            loaded = load()
        except NotEmpty:
            raise CommandError(
                "This database already holds a network of its own; the demonstration is not mixed "
                "into it. Name another data folder: MUTIRAO_HOME=… mutirao demo"
            ) from None
        if loaded.organisations:
            self.stdout.write(
                f"Demonstration loaded: {loaded.organisations} organisations "
                f"in {loaded.seconds:.1f} s."
            )
