"""The operator opens the first account of the technical secretariat."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import override

from ...actions import open_secretariat


class Command(BaseCommand):
    help = "Opens an account of the technical secretariat and prints where to choose its password."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email", help="the account's e-mail address")
        parser.add_argument("name", help="the account's name, e.g. “Secretaria técnica”")
        parser.add_argument("--language", choices=["pt", "es", "en"], default="pt")

    def handle(self, *, email: str, name: str, language: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"“{email}” is not an e-mail address") from None
        person = open_secretariat(email=email, name=name, language=language)
        key = [user_pk_to_url_str(person), default_token_generator.make_token(person)]
        with override("pt-br" if language == "pt" else language):
            address = reverse("account_reset_password_from_key", args=key)
        self.stdout.write(f"Choose the password here, once:\n{settings.BASE_URL}{address}")
