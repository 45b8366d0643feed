from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "mutirao.topics"
    label = "topics"
