"""Addresses of intake."""


app_name = "intake"
urlpatterns: list = []
