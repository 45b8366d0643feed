"""Addresses of reports."""

from django.urls import path

from .views import editions, making, reading, writing

app_name = "reports"
urlpatterns = [
    path("", reading.reports, name="reports"),
    path("new/", writing.new, name="new"),
    path("productions/<uuid:key>/", making.production, name="production"),
    path("productions/<uuid:key>/cancel/", making.cancel, name="cancel"),
    path("<int:pk>-<slug:slug>/", reading.report, name="report"),
    path("<int:pk>/latest.<slug:kind>", editions.latest, name="latest"),
    path("<int:pk>/preview/", writing.preview, name="preview"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/save/", writing.save, name="save"),
    path("<int:pk>/make/", making.make, name="make"),
    path("<int:pk>/withdraw/", making.withdraw, name="withdraw"),
    path("<int:pk>/editions/", editions.editions, name="editions"),
    path("<int:pk>/editions/compare/", editions.compare, name="compare"),
    path("<int:pk>/editions/<int:number>/", editions.edition, name="edition"),
    path("<int:pk>/editions/<int:number>/publish/", making.publish, name="publish"),
    path("<int:pk>/editions/<int:number>/<slug:language>.<slug:kind>", editions.file, name="file"),
]
