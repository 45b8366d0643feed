"""Addresses of demonstration."""


app_name = "demonstration"
urlpatterns: list = []
