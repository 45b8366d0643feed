import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
pytestmark = pytest.mark.django_db
def test_dbg():
    from tests.commitments.test_pages import row, CommentFactory, StepFactory, EvidenceFactory, actor, browser, coordinator, MandateFactory
    mandate = MandateFactory(); made = row(mandate); helper = coordinator(mandate)
    def grow():
        StepFactory(commitment=made); EvidenceFactory(commitment=made); CommentFactory(record=made); made.people.add(actor().person)
    c = browser(helper); h=f"/en/discussions/history/commitments/commitment/{made.pk}/"
    grow(); c.get(h)
    out=[]
    for n in range(2):
        with CaptureQueriesContext(connection) as q: c.get(h)
        out.append([x["sql"][:160] for x in q.captured_queries]); grow(); grow()
    for o in out:
        print(len(o)); print("\n".join(o)); print()
    assert 0
