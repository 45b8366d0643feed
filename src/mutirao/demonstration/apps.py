from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "mutirao.demonstration"
    label = "demonstration"
