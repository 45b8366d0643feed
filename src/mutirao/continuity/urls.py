"""Addresses of continuity."""

from django.urls import path

from .views import coordination, handover, opening

app_name = "continuity"
urlpatterns = [
    path("leave/<int:pk>/", handover.leave, name="leave"),
    path("handovers/<int:pk>/", handover.handover, name="handover"),
    path("handovers/<int:pk>/sheet.pdf", handover.paper, name="handover_paper"),
    # how coordinations stand
    path("coordinations/", coordination.coordinations, name="coordinations"),
    path("coordinations/compare/", coordination.compare, name="compare"),
    path("coordinations/remind/", coordination.nudge_silent, name="nudge_silent"),
    path(
        "coordinations/<slug:code>/<int:unit_pk>/remind/",
        coordination.nudge_unit,
        name="nudge_unit",
    ),
    path("reminders/<int:pk>/", coordination.nudge, name="nudge"),
    path("units/<int:unit_pk>/inherited/", coordination.inherited, name="inherited"),
    # the guide that opens a term
    path("terms/", opening.openings, name="openings"),
    path("terms/<int:pk>/", opening.opening, name="opening"),
    path("terms/<int:pk>/offices/", opening.seats, name="seats"),
    path("terms/<int:pk>/offices/add/", opening.add_seat, name="add_seat"),
    path("terms/<int:pk>/work/", opening.work, name="work"),
    path("terms/<int:pk>/work/<int:unit_pk>/", opening.unit_work, name="unit_work"),
    path("terms/<int:pk>/preview/", opening.preview, name="preview"),
    path("terms/<int:pk>/take-up/", opening.take_up, name="take_up"),
]
