"""Addresses of plans."""

from django.urls import include, path

from .views import editing, listing, moving, page, papers

app_name = "plans"
urlpatterns = [
    path("", listing.plans, name="plans"),
    path("new/", editing.write, name="write"),
    path("import/", include("mutirao.plans.review.urls")),
    path("<int:pk>-<slug:slug>/", page.plan, name="plan"),
    path("<int:pk>/document/", page.document, name="document"),
    path("<int:pk>/paper.<slug:kind>", papers.paper, name="paper"),
    path("<int:pk>/moves/<slug:verb>/", moving.move, name="move"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/words/", editing.edit_words, name="edit_words"),
    path("<int:pk>/delete/", editing.delete_plan, name="delete"),
    path("<int:pk>/axes/new/", editing.add_axis, name="add_axis"),
    path("<int:pk>/activities/new/", editing.add_activity, name="add_activity"),
    path("<int:pk>/events/new/", editing.add_event, name="add_event"),
    path("axes/<int:pk>/edit/", editing.edit_axis, name="edit_axis"),
    path("axes/<int:pk>/delete/", editing.delete_axis, name="delete_axis"),
    path("axes/<int:pk>/shift/", editing.shift_axis, name="shift_axis"),
    path("activities/<int:pk>/edit/", editing.edit_activity, name="edit_activity"),
    path("activities/<int:pk>/tags/", editing.tag_activity, name="tag_activity"),
    path("activities/<int:pk>/delete/", editing.delete_activity, name="delete_activity"),
    path("activities/<int:pk>/shift/", editing.shift_activity, name="shift_activity"),
    path("activities/<int:pk>/commitments/new/", editing.add_commitment, name="add_commitment"),
]
