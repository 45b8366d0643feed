"""Addresses of one's own data."""

from django.urls import path

from .views import personal

urlpatterns = [
    path("", personal.overview, name="personal_overview"),
    path("take/", personal.take, name="personal_take"),
    path("erase/", personal.erase, name="personal_erase"),
    path("<slug:key>/", personal.rows, name="personal_rows"),
]
