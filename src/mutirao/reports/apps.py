from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "mutirao.reports"
    label = "reports"
