from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "mutirao.network"
    label = "network"
