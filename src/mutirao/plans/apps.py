from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "mutirao.plans"
    label = "plans"
