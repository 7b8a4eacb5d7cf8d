"""The choice of unit, through the pages."""

import pytest
from django.urls import reverse

from samordna.accounts.models import Session
from samordna.assignments.tests.factories import (
    PASSWORD,
    AssignmentFactory,
    UserFactory,
    actor_for_assignment,
    log_in,
    worker,
)
from samordna.audit.models import Entry

CHOOSE = reverse("assignments:choose_unit")
CHANGE = reverse("assignments:change_unit")
BOOK = reverse("organisations:address_book")


def log_in_by_form(client, user, **more):
    return client.post(reverse("accounts:login"), {"username": user.username, "password": PASSWORD, **more})


@pytest.fixture
def two_units(county):
    """Anna works at South too."""
    return AssignmentFactory(user=county.anna.user, unit=county.south, title="samordnare")


@pytest.mark.requirement("V-03", "V-15")
def test_somebody_with_one_unit_lands_on_the_sip_overview_at_once(client, county):
    response = client.get(log_in_by_form(client, county.anna.user).url)
    assert client.session["assignment_id"] == county.anna.pk
    assert response.url == client_landing()
    assert list(Entry.objects.values_list("action", flat=True)) == [
        "session.logged_in",
        "session.unit_chosen",
    ]


@pytest.mark.requirement("K-18", "V-15")
def test_somebody_with_several_units_picks_one(client, county, two_units):
    page = client.get(log_in_by_form(client, county.anna.user, next=BOOK).url)
    text = page.content.decode()
    assert "Välj enhet" in text
    assert text.index("Hemtjänsten Norr") < text.index("Hemtjänsten Söder")
    response = client.post(CHANGE, {"chosen": two_units.pk, "next": BOOK})
    assert response.url == BOOK
    assert client.session["assignment_id"] == two_units.pk
    entry = Entry.objects.get(action="session.unit_chosen")
    assert entry.unit_id == county.south.pk


@pytest.mark.requirement("K-18")
def test_the_unit_used_last_stands_first(client, county, two_units):
    log_in(client, county.anna)
    client.post(CHANGE, {"chosen": two_units.pk})
    text = client.get(CHOOSE).content.decode()
    main = text[text.index("<main") :]
    assert main.index("Hemtjänsten Söder") < main.index("Hemtjänsten Norr")
    assert "Användes senast" in main


@pytest.mark.requirement("K-18")
def test_the_unit_is_changed_without_logging_out(client, county, two_units):
    log_in(client, county.anna)
    assert f'href="{CHOOSE}"' in client.get(BOOK).content.decode()
    client.post(CHANGE, {"chosen": two_units.pk})
    menu = client.get(BOOK).content.decode().split("menu-unit", 1)[1]
    assert "Hemtjänsten Söder" in menu[:200]


@pytest.mark.requirement("L-02")
@pytest.mark.parametrize("whose", ["somebody else's", "none", "no number", "too big"])
def test_an_assignment_that_is_not_ones_own_does_not_exist(client, county, two_units, whose):
    log_in(client, county.anna)
    chosen = {"somebody else's": county.head.pk, "none": 0, "no number": "x", "too big": "9" * 30}[whose]
    assert client.post(CHANGE, {"chosen": chosen}).status_code == 404
    assert client.session["assignment_id"] == county.anna.pk


@pytest.mark.requirement("K-24")
def test_somebody_without_a_unit_is_told_whom_to_turn_to(client, county):
    page = client.get(log_in_by_form(client, UserFactory()).url).content.decode()
    assert "Du har ingen enhet att arbeta på" in page
    assert "superanvändare" in page


@pytest.mark.requirement("L-02")
def test_no_page_is_shown_before_a_unit_is_chosen(client, county, two_units):
    log_in_by_form(client, county.anna.user)
    response = client.get(BOOK)
    assert response.url == f"{CHOOSE}?next={BOOK.replace('/', '%2F')}"
    assert client.get(BOOK, headers={"hx-request": "true"}).headers["HX-Redirect"].startswith(CHOOSE)


@pytest.mark.requirement("L-02")
def test_a_form_from_a_tab_at_another_unit_is_refused(client, county, two_units):
    log_in(client, county.anna)
    client.post(CHANGE, {"chosen": two_units.pk})
    data = {"phone": "0150-12 34 56", "assignment": county.anna.pk}
    assert client.post(reverse("accounts:me"), data).status_code == 409
    assert client.post(reverse("accounts:me"), {**data, "assignment": two_units.pk}).status_code == 302


def test_a_request_of_somebody_logged_in_reads_session_and_actor_at_once(
    client, county, django_assert_num_queries
):
    log_in(client, county.anna)
    client.get(reverse("accounts:session"))
    with django_assert_num_queries(1):
        client.get(reverse("accounts:session"))


@pytest.mark.parametrize("columns", [{"user_id": None, "assignment_id": None}, "another's"])
def test_what_the_session_holds_decides_who_acts_whatever_stands_beside_it(client, county, columns):
    """Nothing stood there before an upgrade, and nobody comes to another unit by what does."""
    log_in(client, county.anna)
    if columns == "another's":
        other = worker()
        columns = {"user_id": other.user_id, "assignment_id": other.pk}
    Session.objects.update(**columns)
    since = {"since": "2026-05-13T07:00:00+00:00"}
    assert client.get(reverse("overview:changes"), since).status_code == 204
    assert client.get(reverse("overview:sip")).wsgi_request.actor.assignment_id == county.anna.pk


def test_the_factory_builds_the_actor_of_a_request(county):
    assert actor_for_assignment(county.anna).assignment_id == county.anna.pk


def client_landing():
    return reverse("overview:sip")
