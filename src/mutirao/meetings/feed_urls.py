"""Calendar addresses for machines: without language prefix, so that they never change."""

from django.urls import path

from .views import ics

app_name = "feeds"
urlpatterns = [
    path("network.ics", ics.network, name="network"),
    path("units/<slug:slug>.ics", ics.unit, name="unit"),
    path("my/<str:token>.ics", ics.mine, name="mine"),
    path("events/<uuid:uid>.ics", ics.event, name="event"),
]
