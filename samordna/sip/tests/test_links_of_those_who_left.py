"""Every link on the pages of a unit that has left leads somewhere, and list and page say the same of a part (L-02)."""

import re

import pytest
from django.urls import reverse

from samordna.cases.states import StepStatus
from samordna.casework.case.commands.case import remove_unit
from samordna.casework.file.steps.rows import part_views
from samordna.casework.messages.commands.voiding import void_message
from samordna.kernel import clock
from samordna.sip.evaluation import commands as evaluation
from samordna.sip.follow_up import commands as follow_up
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, read

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'<a[^>]*href="(/sip/cases/[^"#?]*)')


@pytest.mark.requirement("L-02", "V-25")
def test_every_link_of_a_unit_that_was_removed_leads_somewhere() -> None:
    """Also to what was voided while it took part, of each kind of document."""
    county = f.county()
    case_id = s.signed_evaluation(county)
    who = {"actor": f.actor(county.anna), "case_id": case_id, "at": clock.now()}
    evaluation.void_evaluation(reason="Fel dag", **who)
    follow_up.void_follow_up(reason="Fel dag", **who)
    s.activate(case_id, county.anna)
    remove_unit(process=SIP, unit_id=county.health_centre.pk, **who)
    david, todo, seen = at_work(county.david), [reverse("sip:case", args=[case_id])], set()
    while todo:
        address = todo.pop()
        answer = david.get(address, follow=True)
        assert answer.status_code == 200, address
        seen.add(address)
        links = {link for link in _LINK.findall(answer.content.decode()) if str(case_id) in link}
        todo += sorted(links - seen - set(todo))
    assert any("/earlier/" in address for address in seen), seen


@pytest.mark.requirement("L-02", "V-95")
def test_what_was_voided_in_an_earlier_round_is_not_said_to_be_replaced() -> None:
    county = f.county()
    case_id = s.locked_plan(county)
    summons = f.facts_of(case_id).sent(Part.SUMMONS)
    who = {"actor": f.actor(county.anna), "case_id": case_id, "at": clock.now()}
    void_message(process=SIP, message_id=summons.id, reason="Fel dag", **who)
    remove_unit(process=SIP, unit_id=county.health_centre.pk, **who)
    s.new_plan(case_id, county.anna)
    page = read(at_work(county.david), case_id, Part.SUMMONS)
    assert "Fel dag" in page
    assert part_views(f.facts_of(case_id), county.health_centre.pk)[Part.SUMMONS].status == StepStatus.VOIDED
