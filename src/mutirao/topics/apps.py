from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate


class TopicsConfig(AppConfig):
    name = "mutirao.topics"
    label = "topics"

    def ready(self) -> None:
        post_migrate.connect(refill, sender=self)


def refill(using: str = DEFAULT_DB_ALIAS, **options: Any) -> None:
    """Put the vocabularies back where a database was emptied: nothing works without them."""
    from .actions import load_vocabularies
    from .models import Goal

    if Goal._meta.db_table not in connections[using].introspection.table_names():
        return  # migrated back to before this app
    if not Goal.objects.exists():
        load_vocabularies()
