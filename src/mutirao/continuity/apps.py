from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    name = "mutirao.continuity"
    label = "continuity"

    def ready(self) -> None:
        from . import signals  # noqa: F401  connects the receivers
