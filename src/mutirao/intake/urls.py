"""Addresses of intake."""

from django.urls import path

from . import views

app_name = "intake"
urlpatterns = [
    path("<uuid:key>/document/", views.document, name="document"),
]
