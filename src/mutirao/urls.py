"""Every address of the house. English, stable path segments; `/pt/`, `/es/`, `/en/` in front."""

from __future__ import annotations

from django.urls import include, path

from mutirao.core import views as core
from mutirao.core.languages import localized
from mutirao.home import views as home

urlpatterns = [
    path("health", core.health, name="health"),
    path("robots.txt", core.robots, name="robots"),
    path("id/<slug:kind>/<int:pk>", home.persistent, name="persistent"),
    path("calendar/", include("mutirao.meetings.feed_urls")),
    path("oidc/", include("mutirao.accounts.oidc_urls")),
    *localized(
        path("", include("mutirao.home.urls")),
        path("accounts/", include("mutirao.accounts.urls")),
        path("network/", include("mutirao.network.urls")),
        path("network/registry/", include("mutirao.registry.urls")),
        path("topics/", include("mutirao.topics.urls")),
        path("assemblies/", include("mutirao.assembly.urls")),
        path("plans/", include("mutirao.plans.urls")),
        path("intake/", include("mutirao.intake.urls")),
        path("reports/", include("mutirao.reports.urls")),
        path("commitments/", include("mutirao.commitments.urls")),
        path("discussions/", include("mutirao.discussions.urls")),
        path("calendar/", include("mutirao.meetings.urls")),
        path("notices/", include("mutirao.notices.urls")),
        path("outbox/", include("mutirao.letters.urls")),
        path("continuity/", include("mutirao.continuity.urls")),
        path("demonstration/", include("mutirao.demonstration.urls")),
    ),
]
handler400 = "mutirao.home.views.unreadable"
handler404 = "mutirao.home.views.not_found"
handler403 = "mutirao.home.views.not_allowed"
handler500 = "mutirao.home.views.broken"
