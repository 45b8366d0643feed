"""Addresses of assemblies, candidacies and votes."""

from django.urls import path

from .views import assemblies, candidacies, votes

app_name = "assembly"
urlpatterns = [
    path("", assemblies.assemblies, name="assemblies"),
    path("new/", assemblies.new, name="new"),
    path("<int:pk>/", assemblies.assembly, name="assembly"),
    path("<int:pk>/edit/", assemblies.edit, name="edit"),
    path("<int:pk>/offices/", assemblies.offices, name="offices"),
    path("<int:pk>/moves/<slug:verb>/", assemblies.move, name="move"),
    path("<int:pk>/minutes/", assemblies.minutes, name="minutes"),
    path("<int:pk>/minutes/upload/", assemblies.upload_minutes, name="upload_minutes"),
    path("<int:pk>/mandates/", assemblies.mandates, name="mandates"),
    path("offices/<int:pk>/", candidacies.election, name="election"),
    path("offices/<int:pk>/stand/", candidacies.stand, name="stand"),
    path("offices/<int:pk>/vote/", votes.vote, name="vote"),
    path("offices/<int:pk>/ballots/", votes.ballots, name="ballots"),
    path("offices/<int:pk>/result/", votes.result, name="result"),
    path("candidacies/<int:pk>/", candidacies.candidacy, name="candidacy"),
    path("candidacies/<int:pk>/edit/", candidacies.edit, name="edit_candidacy"),
    path("candidacies/<int:pk>/moves/<slug:verb>/", candidacies.move, name="move_candidacy"),
]
