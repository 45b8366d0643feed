"""Addresses of commitments."""

from django.urls import path

from . import views

app_name = "commitments"
urlpatterns = [
    path("", views.board, name="board"),
    path("overdue/", views.overdue, name="overdue"),
    path("new/", views.add, name="add"),
    path("<int:pk>/", views.commitment, name="commitment"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/take-on/", views.take_on, name="take_on"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/steps/add/", views.add_step, name="add_step"),
    path("<int:pk>/steps/<int:step>/tick/", views.tick_step, name="tick_step"),
    path("<int:pk>/steps/<int:step>/edit/", views.edit_step, name="edit_step"),
    path("<int:pk>/steps/<int:step>/delete/", views.delete_step, name="delete_step"),
    path("<int:pk>/steps/<int:step>/shift/", views.shift_step, name="shift_step"),
    path("<int:pk>/evidence/add/", views.add_evidence, name="add_evidence"),
    path("<int:pk>/evidence/<int:evidence>/file/", views.evidence_file, name="evidence_file"),
    path(
        "<int:pk>/evidence/<int:evidence>/delete/",
        views.delete_evidence,
        name="delete_evidence",
    ),
]
