"""Addresses of plans."""


app_name = "plans"
urlpatterns: list = []
