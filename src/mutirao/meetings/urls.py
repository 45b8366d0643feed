"""Addresses of meetings."""

from django.urls import path

from . import views

app_name = "meetings"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("feeds/", views.feeds, name="feeds"),
    path("<int:pk>-<slug:slug>/", views.event, name="event"),
]
