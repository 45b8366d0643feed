"""Addresses of bringing a plan in; included by `plans.urls` under `plans/import/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.bring_in, name="import"),
    path("again/", views.bring_in_again, name="import_again"),
    path("samples/<str:name>", views.sample_file, name="import_sample"),
    path("<uuid:key>/", views.draft, name="draft"),
    path("<uuid:key>/save/", views.save, name="draft_save"),
    path("<uuid:key>/read/", views.read_again, name="draft_read"),
    path("<uuid:key>/discard/", views.discard, name="draft_discard"),
]
