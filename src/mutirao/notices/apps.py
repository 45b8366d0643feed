from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "mutirao.notices"
    label = "notices"
