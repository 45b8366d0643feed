from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mutirao.accounts"
    label = "accounts"
