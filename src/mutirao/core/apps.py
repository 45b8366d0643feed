from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "mutirao.core"
    label = "core"
