"""Sign-in and passwords, as django-allauth serves them."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.account.urls"))]
