"""Addresses of commitments."""

app_name = "commitments"
urlpatterns: list = []
