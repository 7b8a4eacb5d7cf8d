"""Who may use SIP is data per department, role and profession, in two rights (K-04): every clause of the row.

Each department's administrator fills in the table of rights on its page. Then somebody of each profession logs in.
"""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    PrincipalFactory,
    SystemRoleGrantFactory,
    UnitFactory,
    log_in,
    worker,
)
from samordna.messaging.models import Delivery
from samordna.messaging.states import Answer
from samordna.organisations.models import Organisation
from samordna.sip.tests import factories as f
from tests.authorisation.browsers import undone

P = Profession
# The licensed staff of home health care.
LICENSED = {P.PHYSICIAN, P.NURSE, P.DISTRICT_NURSE, P.PHYSIOTHERAPIST, P.OCCUPATIONAL_THERAPIST}
VOF = LICENSED | {P.ASSISTANCE_OFFICER, P.UNIT_MANAGER, P.PLANNER}
SOC = {P.SOCIAL_WORKER, P.UNIT_MANAGER, P.OFFICE_ADMINISTRATOR}
BIF = {
    P.SCHOOL_PHYSICIAN, P.SCHOOL_NURSE, P.SPECIAL_EDUCATOR, P.COUNSELLOR, P.PSYCHOLOGIST, P.SPEECH_THERAPIST,
    P.HEADMASTER, P.UNIT_MANAGER,
}  # fmt: skip
# Department, who initiates, who answers: VOF's users and BIF's headmasters do both, SOC's and BIF's users answer.
CHOSEN = {"VOF": (VOF, VOF), "SOC": (set(), SOC), "BIF": ({P.HEADMASTER}, BIF)}


# The sample of this on PostgreSQL is the table of authorisation.
pytestmark = pytest.mark.once("sqlite")


@dataclass
class Place:
    """A department with a unit, and a case whose initiative waits for the unit's answer."""

    department: Organisation
    unit: Organisation
    case_id: UUID
    message_id: UUID


@pytest.fixture
def place(db: None, department: str) -> Place:
    county = f.county()
    made = DepartmentFactory(name=department, parent=PrincipalFactory(name="Katrineholms kommun 2"))
    unit = UnitFactory(name=f"Enheten i {department}", parent=made)
    office = AssignmentFactory(unit=unit, profession=P.OTHER)
    SystemRoleGrantFactory(user=office.user, organisation=made)
    case_id, message_id = f.sent_initiative(county, unit)
    initiates, answers = CHOSEN[department]
    _choose(made, office, initiates, answers)
    return Place(made, unit, case_id, message_id)


def _choose(department: Organisation, office: Assignment, initiates: set[str], answers: set[str]) -> None:
    admin = Client()
    log_in(admin, office)
    address = reverse("assignments:rights_of", args=[department.pk])
    seen = admin.get(address).context["seen"]
    admin.post(address, {"seen": seen, "initiate": sorted(initiates), "answer": sorted(answers)})


def _rights(who: Assignment, place: Place) -> tuple[bool, bool]:
    """Whether a case can be begun, and the unit's initiative answered, in the browser of that person."""
    client = Client(raise_request_exception=False)
    log_in(client, who)
    begins = client.get(reverse("sip:new")).context.get("refusal") is None
    with undone():
        client.post(
            reverse("sip:answer", args=[place.case_id, place.message_id]), {"answer": Answer.ACCEPTED.value}
        )
        answered = Delivery.objects.filter(message_id=place.message_id, unit=place.unit).exclude(answer="")
        return begins, answered.exists()


@pytest.mark.requirement("K-04")
@pytest.mark.parametrize("department", list(CHOSEN))
def test_the_professions_that_the_department_has_chosen_initiate_and_answer_and_no_others(
    place: Place, department: str
) -> None:
    initiates, answers = CHOSEN[department]
    for profession in Profession:
        person = AssignmentFactory(unit=place.unit, profession=profession)
        assert _rights(person, place) == (profession in initiates, profession in answers), profession


@pytest.mark.requirement("K-04", "K-05")
@pytest.mark.parametrize("department", ["SOC"])
def test_the_administrator_of_social_services_is_an_occupation_and_not_the_system_role(
    place: Place, department: str
) -> None:
    by_role = AssignmentFactory(unit=place.unit, profession=P.TEACHER)
    SystemRoleGrantFactory(user=by_role.user, role=SystemRole.ADMINISTRATOR, organisation=place.department)
    assert _rights(by_role, place) == (False, False)
    by_occupation = AssignmentFactory(unit=place.unit, profession=P.OFFICE_ADMINISTRATOR)
    assert _rights(by_occupation, place) == (False, True)


@pytest.mark.requirement("K-04")
@pytest.mark.parametrize("department", ["BIF"])
def test_any_person_is_appointed_by_name_by_the_headmaster(place: Place, department: str) -> None:
    headmaster = AssignmentFactory(unit=place.unit, profession=P.HEADMASTER)
    teacher = AssignmentFactory(unit=place.unit, profession=P.TEACHER)
    assert _rights(teacher, place) == (False, False)
    client = Client()
    log_in(client, headmaster)
    client.post(reverse("assignments:appoint", args=[teacher.pk]), {"answer": "on"})
    assert _rights(teacher, place) == (False, True)


@pytest.mark.requirement("K-04")
@pytest.mark.parametrize("department", ["VOF"])
def test_the_rights_are_data_of_the_department_and_another_has_its_own(place: Place, department: str) -> None:
    """The same profession elsewhere has what that department says, and what is taken away is gone at once."""
    elsewhere = worker(UnitFactory(), profession=P.PLANNER, initiates=False, answers=False)
    assert _rights(elsewhere, place) == (False, False)
    planner = AssignmentFactory(unit=place.unit, profession=P.PLANNER)
    assert _rights(planner, place) == (True, True)
    office = AssignmentFactory(unit=place.unit, profession=P.OTHER)
    SystemRoleGrantFactory(user=office.user, organisation=place.department)
    _choose(place.department, office, set(), {P.PLANNER})
    assert _rights(planner, place) == (False, True)
