import pytest
from django.urls import reverse
from mutirao.reports.models import *
from mutirao.reports.tasks import make
from tests.factories import coordinator, secretariat
from tests.reports.factories import *
@pytest.mark.django_db
def test_flow(client):
    plan=unit_at_work()
    m=plan.unit.mandates.get(office="coordinator")
    who=coordinator(m)
    client.force_login(who.person,"allauth.account.auth_backends.AuthenticationBackend")
    r=client.get(reverse("reports:new")); assert r.status_code==200, r
    r=client.post(reverse("reports:new"),{"about":f"{plan.unit_id}-{plan.term_id}"}); assert r.status_code==302
    rep=Report.objects.get()
    r=client.get(r.url); assert r.status_code==200
    r=client.get(reverse("reports:preview",args=[rep.pk])); assert r.status_code==200
    r=client.post(reverse("reports:make",args=[rep.pk]),{"languages":["pt","es"]}); print(r.url)
    assert client.get(r.url).status_code==200
    pr=Production.objects.get(); make(pr.pk)
    r=client.get(r.url); print(r.url)
    assert client.get(r.url).status_code==200
    ed=Edition.objects.get(); print([(f.language,f.kind,f.size) for f in ed.files.all()])
    r=client.post(reverse("reports:publish",args=[rep.pk,1])); print(r.url)
    client.logout()
    assert client.get(r.url).status_code==200
    for u in (reverse("reports:reports"),reverse("reports:editions",args=[rep.pk]),reverse("reports:compare",args=[rep.pk]),reverse("reports:file",args=[rep.pk,1,"es","pdf"])):
        assert client.get(u).status_code==200,u
    assert client.get(reverse("reports:latest",args=[rep.pk,"docx"])).status_code==302
