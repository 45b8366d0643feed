"""Addresses of history, discussion and moderation."""

from django.urls import path

from .views import comments, history

app_name = "discussions"
urlpatterns = [
    path("history/<slug:app>/<slug:model>/<int:pk>/", history.history, name="history"),
    path(
        "history/<slug:app>/<slug:model>/<int:pk>/restore/<int:part>/<int:event>/<str:key>/",
        history.restore,
        name="restore",
    ),
    path("<slug:app>/<slug:model>/<int:pk>/", comments.add, name="add"),
    path("<int:pk>/delete/", comments.delete, name="delete"),
]
