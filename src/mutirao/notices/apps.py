from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "mutirao.notices"
    label = "notices"

    def ready(self) -> None:
        from . import receivers  # noqa: F401  connects what is told to those it is for
