"""Addresses of meetings."""

from django.urls import path

from . import views

app_name = "meetings"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("new/", views.add, name="add"),
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/renew/", views.renew_address, name="renew_address"),
    path("<int:pk>-<slug:slug>/", views.event, name="event"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/restore/", views.restore, name="restore"),
]
