"""Addresses of topics."""

app_name = "topics"
urlpatterns: list = []
