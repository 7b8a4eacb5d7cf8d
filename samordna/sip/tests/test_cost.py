"""What a case's page and the acts ask of the database does not grow with the case."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory, UnitFactory
from samordna.cases.commands import admit_units
from samordna.cases.states import Access
from samordna.kernel.clock import now, today
from samordna.organisations.middleware import support_lines
from samordna.sip.plan.commands.goals import Responsible
from samordna.sip.plan.queries import participants_of
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import plans, stages
from samordna.sip.tests.message_pages import CONSENT, at_work, draft
from samordna.sip.tests.plan_pages import hidden
from tests.support.stages import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Taken = Callable[[Callable[[], object]], list[str]]

# One statement for each of so many more is seen at once in the figures below.
MANY = 6
MOST_OF_A_PAGE = 9
# Who acts, the form's receipt twice, the case held, read, and read again, the rows of the worklists, the log, and what
# is said on the next page: nine that every act has. The others are its own (docs/performance.md).
MOST_OF_AN_ACT = {"send": 21, "acknowledge": 10, "sign": 13, "lock": 15}


@pytest.fixture
def county() -> f.County:
    """The foot's text is asked for once a minute and department in each process, not by each page."""
    county = f.county()
    for who in (county.anna, county.cecilia, county.david, county.eva):
        support_lines(f.actor(who))
    return county


def act(client: Client, name: str, *ids: object, **typed: object) -> None:
    """One press of a button, and nothing of the page that it leads to."""
    answer = client.post(reverse(f"sip:{name}", args=ids), {"form_key": str(uuid4()), **typed})
    assert answer.status_code == 302, answer.content.decode()


def enlarge(county: f.County, case_id: UUID, times: int) -> None:
    """More of everything that a case has: messages, goals with activities."""
    individual = Responsible(lineage=participants_of(plans.open_edition(case_id).id)[0].lineage)
    for _number in range(times):
        f.send_information(case_id, county.anna, f.to_units(county.health_centre, county.social))
        goal = plans.a_goal(case_id, county.anna, responsible=individual)
        plans.an_activity(case_id, county.anna, goal, responsible=individual)


@built_once
def written(county: f.County, times: int) -> UUID:
    """A plan that is ready to be signed, and so many times more."""
    case_id = f.summoned_case(county)
    stages.begin_plan(case_id, county.anna)
    stages.fill_plan(case_id, county.anna)
    enlarge(county, case_id, times)
    return case_id


@built_once
def locked(county: f.County, times: int) -> UUID:
    case_id = written(county, times)
    stages.sign_plan(case_id, county.anna)
    stages.lock_plan(case_id, county.anna)
    return case_id


@pytest.mark.parametrize("times", [0, MANY])
@pytest.mark.parametrize("who", ["anna", "david"])
def test_a_page_takes_the_same_statements_whatever_the_case_holds(
    county: f.County, statements: Taken, who: str, times: int
) -> None:
    case_id = locked(county, times)
    reader = at_work(getattr(county, who))
    address = reverse("sip:part", args=[case_id, "plan"])
    reader.get(address)
    taken = statements(lambda: reader.get(address))
    assert len(taken) <= MOST_OF_A_PAGE, "\n".join(taken)


def test_who_can_name_a_coordinator_takes_the_same_statements_for_one_unit_and_for_many(
    county: f.County, statements: Taken
) -> None:
    case_id = f.accepted_case(county)
    SystemRoleGrantFactory(user=county.cecilia.user, role=SystemRole.SUPERUSER, organisation=county.social)
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=today(now()) - timedelta(days=1))
    david, address = at_work(county.david), reverse("sip:part", args=[case_id, "initiative"])
    david.get(address)
    few = statements(lambda: david.get(address))
    more = {unit.pk: unit.name for unit in (county.social, *(UnitFactory() for _number in range(9)))}
    admit_units(case=f.facts_of(case_id).case, units=more, access=Access.FULL, at=now())
    assert "Cecilia Berg, IFO Vuxen kan utse en ny" in david.get(address).content.decode()
    assert len(statements(lambda: david.get(address))) == len(few)


@pytest.mark.parametrize("units", [1, 60])
def test_sending_takes_the_same_statements_to_one_unit_and_to_many(
    county: f.County, statements: Taken, units: int
) -> None:
    case_id, anna = f.new_case(county.anna), at_work(county.anna)
    recipients = [UnitFactory().pk for _number in range(units)]
    typed = {"reason": "Behöver stöd", "initiator": "UNIT", **CONSENT}
    acknowledge = {f"acknowledge-{pk}": "on" for pk in recipients}
    draft(anna, case_id, Part.INITIATIVE, "save", recipient=recipients, **typed, **acknowledge)
    message = f.facts_of(case_id).messages[-1]
    sending = {"message_id": str(message.id), "version": message.version}
    taken = statements(lambda: act(anna, "check", case_id, "initiative", **sending))
    assert len(f.facts_of(case_id).messages[-1].deliveries) == units
    assert len(taken) == MOST_OF_AN_ACT["send"], "\n".join(taken)


@pytest.mark.parametrize("times", [0, MANY])
def test_acknowledging_takes_the_same_statements(county: f.County, statements: Taken, times: int) -> None:
    case_id = written(county, times)
    message_id = f.send_information(case_id, county.anna, f.to_units(county.health_centre, county.social))
    david = at_work(county.david)
    taken = statements(lambda: act(david, "answer", case_id, message_id, answer="ACKNOWLEDGED"))
    assert len(taken) == MOST_OF_AN_ACT["acknowledge"], "\n".join(taken)


@pytest.mark.parametrize("times", [0, MANY])
def test_signing_and_locking_take_the_same_statements(
    county: f.County, statements: Taken, times: int
) -> None:
    case_id, anna = written(county, times), at_work(county.anna)
    seen = hidden(anna.get(reverse("sip:sign", args=[case_id])).content.decode(), "seen")
    taken = statements(lambda: act(anna, "sign", case_id, seen=seen))
    assert len(taken) == MOST_OF_AN_ACT["sign"], "\n".join(taken)
    version = stages.version_of(case_id, Part.PLAN)
    taken = statements(lambda: act(anna, "lock", case_id, version=str(version)))
    assert len(taken) == MOST_OF_AN_ACT["lock"], "\n".join(taken)
