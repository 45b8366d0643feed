from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "mutirao.commitments"
    label = "commitments"
