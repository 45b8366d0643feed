from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    name = "mutirao.assembly"
    label = "assembly"
