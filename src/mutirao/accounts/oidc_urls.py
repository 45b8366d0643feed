"""Where other services lead back to: outside the languages, as it is registered over there."""

from django.urls import path

from .views import services

urlpatterns = [
    path("<slug:provider_id>/login/", services.login, name="openid_connect_login"),
    path("<slug:provider_id>/callback/", services.callback, name="openid_connect_callback"),
]
