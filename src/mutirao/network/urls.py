"""Addresses of the network's door."""

from django.urls import path

from . import views

app_name = "network"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("map/", views.network_map, name="map"),
    path(
        "organisations/<int:pk>-<slug:slug>/",
        views.organisation,
        name="organisation",
    ),
    path("units/", views.units, name="units"),
    path("units/<int:pk>-<slug:slug>/", views.unit, name="unit"),
    path("terms/", views.terms, name="terms"),
    path("terms/<slug:code>/", views.term, name="term"),
    path("act-for/", views.act_for, name="act_for"),
]
