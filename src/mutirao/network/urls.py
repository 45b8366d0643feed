"""Addresses of the network's door."""

from django.urls import path

from . import views
from .views import contact, invitations, manage, people

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
    # writing to somebody who is not named
    path(
        "organisations/<int:pk>/contact/", contact.contact_organisation, name="contact_organisation"
    ),
    path(
        "organisations/<int:pk>/contact/sent/",
        contact.contact_organisation_sent,
        name="contact_organisation_sent",
    ),
    path("units/<int:pk>/contact/", contact.contact_unit, name="contact_unit"),
    path("units/<int:pk>/contact/sent/", contact.contact_unit_sent, name="contact_unit_sent"),
    path("messages/", contact.inbox, name="inbox"),
    path("messages/<int:pk>/", contact.message, name="message"),
    path("messages/<int:pk>/mark/", contact.mark_message, name="mark_message"),
    # who acts for whom
    path("mine/", people.mine, name="mine"),
    path("organisations/<int:pk>/team/", people.team, name="team"),
    path("organisations/<int:pk>/team/invite/", invitations.invite, name="invite"),
    path("organisations/<int:pk>/ask/", people.ask_to_act, name="ask_to_act"),
    path("memberships/<int:pk>/change/", people.change_membership, name="change_membership"),
    path("requests/<int:pk>/", people.answer_request, name="request"),
    path("requests/<int:pk>/withdraw/", people.withdraw_request, name="withdraw_request"),
    path("invited/<int:pk>/again/", invitations.send_again, name="send_invitation_again"),
    path("invited/<int:pk>/withdraw/", invitations.withdraw_invitation, name="withdraw_invitation"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/<str:token>/accept/", invitations.accept, name="accept_invitation"),
    path("invitations/<str:token>/decline/", invitations.decline, name="decline_invitation"),
    path("invitations/<str:token>/ask/", invitations.ask_anew, name="ask_for_invitation"),
    path("invitations/<str:token>/switch/", invitations.switch, name="switch_for_invitation"),
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
    path("manage/units/new/", manage.new_unit, name="manage_new_unit"),
    path("manage/units/<int:pk>/", manage.unit, name="manage_unit"),
    path("manage/units/<int:pk>/mandates/", manage.give_mandate, name="manage_give_mandate"),
    path("manage/mandates/<int:pk>/end/", manage.end_mandate, name="manage_end_mandate"),
    path("manage/terms/new/", manage.new_term, name="manage_new_term"),
]
