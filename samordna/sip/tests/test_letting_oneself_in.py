"""Who administers a unit does not let herself into a protected person's case (L-04, K-05)."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments.models import Assignment
from samordna.assignments.states import Profession
from samordna.assignments.tests.factories import SystemRoleGrantFactory, actor_for_assignment, worker
from samordna.audit.models import Entry
from samordna.audit.queries import always_reviewed
from samordna.kernel.clock import now, today
from samordna.kernel.module import Module
from samordna.people.models import Person
from samordna.people.states import Protection
from samordna.sip.plan.commands.plan import edit_plan
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("L-04", "K-05")]


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def case_id(county: f.County) -> UUID:
    case_id = s.signed_plan(county)
    Person.objects.update(protection=Protection.CONFIDENTIALITY_MARK)
    return case_id


@pytest.fixture
def marisa(county: f.County, case_id: UUID) -> Assignment:
    """Administers home care, may use SIP there and is not named in the case."""
    marisa = worker(county.home_care, name="Marisa Ek", title="planerare", profession=Profession.PLANNER)
    SystemRoleGrantFactory(user=marisa.user, organisation=county.home_care)
    return marisa


def hands_over(client: Client, who: Assignment, to: Assignment, ahead: int) -> str:
    address = reverse("assignments:assignment_end", args=[who.user_id, who.pk])
    day = today(now()) + timedelta(days=ahead)
    return client.post(address, {"ends_on": day, "to": to.pk}, follow=True).content.decode()


def opens(who: Assignment, case_id: UUID) -> bool:
    return at_work(who).get(reverse("sip:case", args=[case_id])).status_code == 200


@pytest.mark.parametrize("ahead", [0, 9999])
def test_an_administrator_hands_no_cases_over_to_herself(
    county: f.County, case_id: UUID, marisa: Assignment, ahead: int
) -> None:
    client = at_work(marisa)
    page = client.get(reverse("assignments:assignment_end", args=[county.anna.user_id, county.anna.pk]))
    assert marisa.pk not in dict(page.context["form"].fields["to"].choices)
    hands_over(client, county.anna, marisa, ahead)
    assert not opens(marisa, case_id)
    assert f.facts_of(case_id).case.coordinator.name == "Anna Lindqvist"
    county.anna.refresh_from_db()
    assert county.anna.ends_on is None, "nothing is saved of what is refused"


def test_cases_are_handed_over_on_the_last_day_and_not_before(
    county: f.County, case_id: UUID, marisa: Assignment
) -> None:
    client = at_work(marisa)
    assert "tidigast på sista dagen" in hands_over(client, county.anna, county.bertil, 1)
    assert f.facts_of(case_id).case.coordinator.name == "Anna Lindqvist"
    assert "1 ärende är överlämnat" in hands_over(client, county.anna, county.bertil, 0)
    assert f.facts_of(case_id).case.coordinator.name == "Bertil Ek"


def test_what_is_handed_over_is_always_reviewed(county: f.County, case_id: UUID, marisa: Assignment) -> None:
    hands_over(at_work(marisa), county.anna, county.bertil, 0)
    entry = Entry.objects.get(action="case.coordinator_replaced")
    assert entry in always_reviewed(since=now() - timedelta(hours=1))


def test_nobody_becomes_the_coordinator_of_a_protected_persons_case_by_her_own_naming(
    county: f.County, case_id: UUID, marisa: Assignment
) -> None:
    """Closing the coordinator, naming herself, and opening the coordinator again."""
    User.objects.filter(pk=county.anna.user_id).update(is_active=False)
    address, client = reverse("sip:replace_coordinator", args=[case_id]), at_work(marisa)
    refused = client.post(address, {"colleague": marisa.pk})
    assert "kan inte utse dig själv" in refused.content.decode()
    assert not opens(marisa, case_id)
    client.post(address, {"colleague": county.bertil.pk})
    assert f.facts_of(case_id).case.coordinator.name == "Bertil Ek"


def test_of_a_case_that_she_may_read_she_becomes_the_coordinator(
    county: f.County, case_id: UUID, marisa: Assignment
) -> None:
    Person.objects.update(protection=Protection.NONE)
    User.objects.filter(pk=county.anna.user_id).update(is_active=False)
    at_work(marisa).post(reverse("sip:replace_coordinator", args=[case_id]), {"colleague": marisa.pk})
    assert f.facts_of(case_id).case.coordinator.name == "Marisa Ek"


@pytest.mark.requirement("K-04")
@pytest.mark.parametrize("profession", [Profession.OTHER, Profession.HEADMASTER])
def test_nobody_appoints_herself(county: f.County, profession: Profession) -> None:
    marisa = worker(county.home_care, initiates=False, answers=False, name="Marisa Ek", profession=profession)
    SystemRoleGrantFactory(user=marisa.user, organisation=county.home_care)
    address = reverse("assignments:appoint", args=[marisa.pk])
    page = at_work(marisa).post(address, {"initiate": "1", "answer": "1"}, follow=True)
    assert "Du kan inte utse dig själv" in page.content.decode()
    assert not actor_for_assignment(marisa).rights(Module.SIP).has_any


@pytest.mark.requirement("K-06", "V-25")
def test_before_a_user_is_closed_the_page_tells_what_hangs_on_her(
    county: f.County, case_id: UUID, marisa: Assignment
) -> None:
    client = at_work(marisa)
    page = client.get(reverse("assignments:user", args=[county.anna.user_id])).content.decode()
    assert "Samordningsansvarig i 1 pågående ärende." in page
    assert "välj där vem som tar över dem" in page
    none = client.get(reverse("assignments:user", args=[county.olle.user_id])).content.decode()
    assert "pågående ärende" not in none
    assert 'name="left"' not in none


@pytest.mark.requirement("K-06", "V-25")
def test_a_user_with_ongoing_cases_is_not_closed_before_they_are_moved_or_left(
    county: f.County, case_id: UUID, marisa: Assignment
) -> None:
    client, user = at_work(marisa), county.anna.user
    page, close = (reverse(f"assignments:{name}", args=[user.pk]) for name in ("user", "user_active"))

    def closes(**posted: str) -> tuple[bool, str]:
        text = client.post(close, {"active": "0", **posted}, follow=True).content.decode()
        user.refresh_from_db()
        return not user.is_active, text

    closed, said = closes()
    assert not closed
    assert "Användaren har pågående ärenden. Inget är ändrat." in said
    shown = re.search(r'name="left" value="([\d-]+)"', client.get(page).content.decode())
    assert shown is not None
    edit_plan(actor=f.actor(county.anna), case_id=case_id, at=now())
    closed, said = closes(left=shown[1])
    assert not closed
    assert "Någon annan ändrade detta" in said
    assert "Påbörjat och inte signerat på 1 ställe." in said
    shown = re.search(r'name="left" value="([\d-]+)"', said)
    assert shown is not None
    closed, said = closes(left=shown[1])
    assert closed
    assert "Sätt sista dagen på uppdraget och välj där vem som tar över dem." in said
    entry = Entry.objects.filter(action="user.changed").latest("at")
    assert entry.details["left"] == {"coordinates": 1, "handles": 1, "drafts": 1}
    # What was left is handed over afterwards all the same, and then nothing is told any more.
    assert "1 ärende är överlämnat." in hands_over(client, county.anna, county.bertil, 0)
