from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "mutirao.core"
    label = "core"

    def ready(self) -> None:
        # Rooms in which an app tells the house what it has, and what it has to say.
        autodiscover_modules("records", "happenings", "personal", "checks")
