"""Addresses of the vocabularies."""

from django.urls import path

from . import views

app_name = "topics"
urlpatterns = [
    path("goals/", views.goals, name="goals"),
    path("goals/<int:number>/", views.goal, name="goal"),
    path("agenda/", views.agenda, name="agenda"),
    path("themes/", views.themes, name="themes"),
]
