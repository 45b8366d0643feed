"""A report from its first word to the reader: begun, made, published, taken along."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mutirao.reports.models import Edition, Production, Report
from mutirao.reports.tasks import make
from tests.factories import coordinator
from tests.reports.factories import unit_at_work

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
pytestmark = pytest.mark.django_db


def test_a_report_goes_from_its_first_word_to_every_reader(client):
    plan = unit_at_work()
    who = coordinator(plan.unit.mandates.get(office="coordinator"))
    client.force_login(who.person, BACKEND)
    assert client.get(reverse("reports:new")).status_code == 200
    begun = client.post(reverse("reports:new"), {"about": f"{plan.unit_id}-{plan.term_id}"})
    report = Report.objects.get()
    assert begun.url == reverse("reports:edit", args=[report.pk])
    assert client.get(begun.url).status_code == 200
    assert client.get(reverse("reports:preview", args=[report.pk])).status_code == 200

    asked = client.post(reverse("reports:make", args=[report.pk]), {"languages": ["pt", "es"]})
    assert client.get(asked.url).status_code == 200
    make(Production.objects.get().pk)
    edition = Edition.objects.get()
    assert client.get(asked.url).url == edition.get_absolute_url()
    assert edition.files.count() == 6

    done = client.post(reverse("reports:publish", args=[report.pk, 1]))
    client.logout()
    assert client.get(done.url).status_code == 200
    for name, args in (
        ("reports", []),
        ("editions", [report.pk]),
        ("compare", [report.pk]),
        ("file", [report.pk, 1, "es", "pdf"]),
    ):
        assert client.get(reverse(f"reports:{name}", args=args)).status_code == 200
    kept = client.get(reverse("reports:latest", args=[report.pk, "docx"]), {"language": "es"})
    assert kept.url.endswith("/es.docx")
