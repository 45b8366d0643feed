from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "mutirao.intake"
    label = "intake"
