"""Addresses of home."""

from django.urls import path

from . import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("about/", views.about, name="about"),
    path("doors/<slug:slug>/", views.door, name="door"),
    path("ui/", views.gallery, name="gallery"),
]
