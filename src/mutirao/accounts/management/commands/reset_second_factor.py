"""Phone and recovery codes lost: the operator, who knows the person, lets them begin again."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError

from ...actions import forget_second_factor
from ...models import User


class Command(BaseCommand):
    help = "Removes somebody's passkeys, app and recovery codes, and signs them out everywhere."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email", help="the account's e-mail address")

    def handle(self, *, email: str, **options: Any) -> None:
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"no account has the address “{email}”")
        removed = forget_second_factor(person=person)
        self.stdout.write(f"{removed} removed; the password alone opens the account again.")
