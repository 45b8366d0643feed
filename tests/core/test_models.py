"""The database itself refuses what must never be."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import MandateFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_mandate_single_office_refuses_second_live_holder() -> None:
    first = MandateFactory()
    with pytest.raises(IntegrityError, match="mandate_one_live_coordinator"), transaction.atomic():
        MandateFactory(unit=first.unit, term=first.term, organisation=OrganisationFactory())
