from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "mutirao.home"
    label = "home"
