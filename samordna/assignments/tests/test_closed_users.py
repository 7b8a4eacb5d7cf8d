"""A user whose last assignment has ended is closed from the day after, whatever runs (K-06)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samordna.accounts.models import LoginSession
from samordna.assignments.models import Assignment
from samordna.assignments.tests.conftest import County
from samordna.assignments.tests.factories import PASSWORD, AssignmentFactory, log_in
from samordna.audit.models import Entry
from samordna.kernel.clock import now, today
from samordna.organisations.models import Organisation

pytestmark = pytest.mark.requirement("K-06")
USERS = reverse("assignments:users")


def day(ahead: int) -> date:
    return today(now()) + timedelta(days=ahead)


def ends(who: Assignment, ahead: int) -> None:
    Assignment.objects.filter(pk=who.pk).update(ends_on=day(ahead))


def logs_in(who: Assignment, password: str = PASSWORD) -> tuple[Client, str]:
    client = Client()
    page = client.post(
        reverse("accounts:login"), {"username": who.user.username, "password": password}, follow=True
    )
    return client, page.content.decode()


def test_login_tells_that_the_account_is_closed_to_who_knows_the_password_alone(county: County) -> None:
    ends(county.anna, 0)
    assert "Ditt konto är stängt" not in logs_in(county.anna)[1]
    ends(county.anna, -1)
    client, page = logs_in(county.anna)
    assert "Ditt konto är stängt" in page
    assert str(day(-1)) in page
    assert client.get(reverse("accounts:me")).status_code == 302
    assert "stängt" not in logs_in(county.anna, "fel lösenord igen")[1]
    assert LoginSession.objects.filter(user=county.anna.user, session_key__isnull=False).count() == 1
    assert Entry.objects.filter(action="session.expired", details__why="closed").count() == 1


@pytest.mark.parametrize(
    "route", ["accounts:me", "accounts:password", "overview:sip", "assignments:choose_unit"]
)
def test_a_session_ends_with_the_last_assignment(county: County, route: str) -> None:
    client = Client()
    log_in(client, county.anna)
    ends(county.anna, -1)
    assert "Ditt konto är stängt" in client.get(reverse(route)).content.decode()
    assert client.get(reverse(route)).status_code == 302


def test_the_user_is_shown_as_closed_and_opens_again_with_a_new_assignment(
    admin: Client, county: County
) -> None:
    ends(county.anna, -1)
    page = reverse("assignments:user", args=[county.anna.user_id])
    assert admin.get(USERS).content.decode().count("Stängd") == 1
    assert admin.post(USERS, {"q": "Anna"}).content.decode().count("Stängd") == 1
    assert "Kontot är stängt: det sista uppdraget tog slut" in admin.get(page).content.decode()
    work = {"unit": county.south.pk, "profession": "NURSE", "title": "ssk", "starts_on": str(day(0))}
    admin.post(reverse("assignments:assignment_new", args=[county.anna.user_id]), work)
    assert "Kontot är stängt" not in admin.get(page).content.decode()
    assert "Ditt konto är stängt" not in logs_in(county.anna)[1]


@pytest.mark.parametrize("left", ["another", "to come", "other unit open"])
def test_who_has_another_assignment_is_not_closed(county: County, left: str) -> None:
    if left == "other unit open":
        Organisation.objects.filter(pk=county.north.pk).update(closed_on=day(-1))
    else:
        ends(county.anna, -1)
    begins = day(3) if left == "to come" else day(-9)
    AssignmentFactory(user=county.anna.user, unit=county.south, starts_on=begins)
    assert "Ditt konto är stängt" not in logs_in(county.anna)[1]


def test_who_works_at_a_unit_that_is_closed_is_closed_with_it(county: County) -> None:
    Organisation.objects.filter(pk=county.north.pk).update(closed_on=day(0))
    assert "Ditt konto är stängt" in logs_in(county.anna)[1]


TYPED = {"work_address": "Storgatan 1, plan 2", "phone": "", "save": "1"}


@pytest.mark.requirement("L-07", "K-06")
@pytest.mark.parametrize("left", ["nothing", "another"])
def test_what_was_typed_while_the_assignment_ended_is_handed_back(county: County, left: str) -> None:
    client = Client()
    log_in(client, county.anna)
    ends(county.anna, -1)
    if left == "another":
        AssignmentFactory(user=county.anna.user, unit=county.south, starts_on=day(-9))
    opened = {"assignment": county.anna.pk, "assignment_unit": "Hemtjänsten Norr"}
    answer = client.post(USERS, {**TYPED, **opened})
    page = answer.content.decode()
    shown = page[page.index("typed-heading") :].partition("</section>")[0]
    assert answer.status_code == (403 if left == "nothing" else 409)
    assert "Storgatan 1, plan 2" in shown
    assert "Besöksadress i arbetet" in shown
    assert shown.count("<textarea") == 1
    if left == "another":
        assert "Du arbetar inte längre på Hemtjänsten Norr" in page
        assert reverse("assignments:choose_unit") in page


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("origin", ["http://testserver", "http://elsewhere"])
def test_what_was_typed_on_a_page_that_is_gone_meanwhile_is_handed_back(county: County, origin: str) -> None:
    client = Client()
    log_in(client, county.anna)
    gone = reverse("sip:draft", args=[UUID(int=7), "initiative"])
    answer = client.post(gone, {"reason": "Vi behöver mötas", "save": "1"}, headers={"origin": origin})
    assert answer.status_code == 404
    assert ("Vi behöver mötas" in answer.content.decode()) == (origin == "http://testserver")
