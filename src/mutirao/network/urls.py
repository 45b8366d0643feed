"""Addresses of the network's door."""

from django.urls import path

from . import views
from .views import manage

app_name = "network"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("members/", views.members, name="members"),
    path("acts/<int:pk>/file/", views.act_file, name="act_file"),
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
    # the secretariat's side
    path("manage/", manage.overview, name="manage"),
    path("manage/organisations/new/", manage.new_organisation, name="manage_new_organisation"),
    path("manage/organisations/<int:pk>/", manage.organisation, name="manage_organisation"),
    path("manage/organisations/<int:pk>/admit/", manage.admit, name="manage_admit"),
    path("manage/organisations/<int:pk>/link/", manage.link, name="manage_link"),
    path(
        "manage/organisations/<int:pk>/links/<int:link_pk>/remove/",
        manage.unlink,
        name="manage_unlink",
    ),
    path("manage/organisations/<int:pk>/people/", manage.add_person, name="manage_person"),
    path("manage/members/<int:pk>/suspend/", manage.suspend, name="manage_suspend"),
    path("manage/suspensions/<int:pk>/lift/", manage.lift, name="manage_lift"),
    path("manage/members/<int:pk>/end/", manage.end_member, name="manage_end_member"),
    path("manage/people/<int:pk>/end/", manage.end_membership, name="manage_end_membership"),
    path("manage/units/new/", manage.new_unit, name="manage_new_unit"),
    path("manage/units/<int:pk>/", manage.unit, name="manage_unit"),
    path("manage/units/<int:pk>/mandates/", manage.give_mandate, name="manage_give_mandate"),
    path("manage/mandates/<int:pk>/end/", manage.end_mandate, name="manage_end_mandate"),
    path("manage/terms/new/", manage.new_term, name="manage_new_term"),
]
