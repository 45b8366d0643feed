"""Addresses of notices, follows and preferences."""

from django.urls import path

from .views import choosing, following, reading

app_name = "notices"
urlpatterns = [
    path("", reading.notices, name="notices"),
    path("bell/", reading.bell, name="bell"),
    path("read/", reading.read_all, name="read_all"),
    path("<int:pk>/open/", reading.open_notice, name="open"),
    path("<int:pk>/read/", reading.read, name="read"),
    path("following/", following.following, name="following"),
    path("follow/<slug:app>/<slug:model>/<int:pk>/", following.follow, name="follow"),
    path("preferences/", choosing.preferences, name="preferences"),
    path("preferences/try-again/", choosing.try_again, name="try_again"),
    path("stop/<str:token>/", choosing.unsubscribe, name="unsubscribe"),
]
