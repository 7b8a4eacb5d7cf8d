"""Rows laid in stand for acts only where the acts would have written the same."""

import pytest
from django.test import Client

from samordna.assignments.tests.factories import log_in
from samordna.cases.models import UnitCase
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s


@pytest.mark.django_db
@pytest.mark.parametrize("uses_sbar", [False, True])
def test_a_stage_after_something_was_written_is_acted_anew(uses_sbar: bool) -> None:
    county = f.county()
    log_in(Client(), county.anna)
    if uses_sbar:
        s.switch_sbar_on()
    rows = UnitCase.objects.filter(case_id=f.accepted_case(county))
    assert rows.count() == 3
    assert {Part.SBAR in row.symbols for row in rows} == {uses_sbar}


@pytest.mark.django_db
@pytest.mark.parametrize("_again", [1, 2])
def test_what_is_made_after_a_laid_stage_gets_numbers_of_its_own(_again: int) -> None:
    """Sequences of PostgreSQL know nothing of rows that are copied in."""
    county = f.county()
    first = f.accepted_case(county)
    second = f.accepted_case(county)
    assert first != second
    assert UnitCase.objects.filter(case_id__in=[first, second]).count() == 6
