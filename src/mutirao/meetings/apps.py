from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "mutirao.meetings"
    label = "meetings"
