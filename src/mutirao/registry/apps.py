from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "mutirao.registry"
    label = "registry"
