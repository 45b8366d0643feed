"""Addresses of demonstration."""

from django.urls import path

from . import views

app_name = "demonstration"
urlpatterns = [path("", views.sign_in, name="sign_in")]
