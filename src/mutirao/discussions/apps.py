from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "mutirao.discussions"
    label = "discussions"
