"""Addresses of continuity."""

from django.urls import path

from .views import handover

app_name = "continuity"
urlpatterns = [
    path("leave/<int:pk>/", handover.leave, name="leave"),
    path("handovers/<int:pk>/", handover.handover, name="handover"),
    path("handovers/<int:pk>/sheet.pdf", handover.paper, name="handover_paper"),
]
