"""The full county, as whoever tries the system meets it."""

import pytest

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import actor_for_assignment
from samordna.cases.models import UnitCase
from samordna.cases.states import StepStatus
from samordna.cases.worklist import Symbol
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.overview.queries import page
from samordna.overview.states import Chosen, ListName
from samordna.sip.states import Part


@pytest.mark.long
@pytest.mark.django_db
def test_each_shown_unit_meets_every_list_and_symbol(full_county) -> None:
    """And the survey by SBAR, which the full county uses (V-40): begun, signed and not begun."""
    assert (full_county.cases, full_county.persons) == (200, 300)
    stored = UnitCase.objects.filter(symbols__has_key=Part.SBAR).values_list("symbols", flat=True)
    surveys = {Symbol.loaded(symbols[Part.SBAR]).status for symbols in stored}
    assert {StepStatus.NOT_STARTED, StepStatus.DRAFT, StepStatus.DONE} <= surveys
    for name in ("Anna Lindqvist", "Frida Nordanlid", "Eva Holmstig", "Cecilia Bergvind", "Pär Nygrind"):
        actor = actor_for_assignment(Assignment.objects.get(user__name=name))
        counts = page(actor, Module.SIP, Chosen(), clock.now()).counts.of
        assert {list_name for list_name in ListName if not counts[list_name]} == set(), name
        rows = UnitCase.objects.filter(unit_id=actor.unit_id)
        shown = {Symbol.loaded(stored).status for row in rows for stored in row.symbols.values()}
        missing = set(StepStatus) - {StepStatus.OVERDUE, StepStatus.REPLACED, StepStatus.TAKEN_BACK} - shown
        assert missing == set(), name
