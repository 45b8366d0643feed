"""Addresses of the registry: spreadsheets and duplicates, under the network's door."""

from django.urls import path

from . import views

app_name = "registry"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/template/<slug:kind>.<slug:ending>", views.template, name="template"),
    path("imports/<uuid:key>/", views.show, name="import"),
    path("imports/<uuid:key>/file/", views.file, name="file"),
    path("imports/<uuid:key>/columns/", views.columns, name="columns"),
    path("imports/<uuid:key>/decide/", views.decide, name="decide"),
    path("imports/<uuid:key>/accept/", views.accept, name="accept"),
    path("imports/<uuid:key>/undo/", views.undo, name="undo"),
    path("imports/<uuid:key>/again/", views.again, name="again"),
    path("imports/<uuid:key>/discard/", views.discard, name="discard"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("duplicates/choose/", views.choose, name="choose"),
    path("duplicates/merges/", views.merges, name="merges"),
    path("duplicates/<int:one>-<int:other>/", views.compare, name="compare"),
    path("duplicates/<int:one>-<int:other>/apart/", views.apart, name="apart"),
]
