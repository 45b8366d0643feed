from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "mutirao.letters"
    label = "letters"
