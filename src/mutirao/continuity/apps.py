from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    name = "mutirao.continuity"
    label = "continuity"
