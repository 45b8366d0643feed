"""Addresses of discussions."""


app_name = "discussions"
urlpatterns: list = []
