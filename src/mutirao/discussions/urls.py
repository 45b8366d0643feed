"""Addresses of history, discussion and moderation."""

from django.urls import path

from .views import comments, history, moderation

app_name = "discussions"
urlpatterns = [
    path("history/<slug:app>/<slug:model>/<int:pk>/", history.history, name="history"),
    path(
        "history/<slug:app>/<slug:model>/<int:pk>/restore/<int:part>/<int:event>/<str:key>/",
        history.restore,
        name="restore",
    ),
    path("moderation/", moderation.desk, name="desk"),
    path("moderation/decide/", moderation.moderate, name="moderate"),
    path("moderation/bar/<int:pk>/", moderation.bar, name="bar"),
    path("moderation/bar/<int:pk>/lift/", moderation.lift, name="lift_bar"),
    path("citizens/<int:pk>/", moderation.citizens, name="citizens"),
    path("suggest/<slug:app>/<slug:model>/<int:pk>/", comments.suggest, name="suggest"),
    path("close/<slug:app>/<slug:model>/<int:pk>/", moderation.close, name="close"),
    path("<int:pk>/", comments.comment, name="comment"),
    path("<int:pk>/conversation/", comments.conversation, name="conversation"),
    path("<int:pk>/answer/", comments.answer, name="answer"),
    path("<int:pk>/edit/", comments.edit, name="edit"),
    path("<int:pk>/delete/", comments.delete, name="delete"),
    path("<int:pk>/report/", comments.report, name="report"),
    path("<slug:app>/<slug:model>/<int:pk>/", comments.add, name="add"),
]
