"""Addresses of discussions."""

from django.urls import path

from . import views

app_name = "discussions"
urlpatterns = [
    path("<slug:app>/<slug:model>/<int:pk>/", views.add, name="add"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
