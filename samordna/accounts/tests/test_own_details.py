"""Mina uppgifter and the password, through the pages."""

import pytest
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments.tests.factories import PASSWORD, log_in, worker
from samordna.audit.models import Entry

ME = reverse("accounts:me")
CHANGE = reverse("accounts:password")
NEW = "en-helt-annan-mening"
DETAILS = {"phone": "0150-57 70 00", "email": "anna@example.org", "work_address": "Storgatan 1"}


@pytest.mark.requirement("K-10")
def test_users_keep_their_own_contact_details(at_work, anna):
    page = at_work.post(ME, DETAILS, follow=True)
    anna.user.refresh_from_db()
    assert "Dina uppgifter är sparade." in page.content.decode()
    assert {name: getattr(anna.user, name) for name in DETAILS} == DETAILS
    entry = Entry.objects.get()
    assert (entry.action, entry.details["by"]) == ("user.changed", "user")
    assert DETAILS["phone"] not in str(entry.details)


@pytest.mark.requirement("K-10")
@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("email", "anna@", "Skriv e-postadressen som"),
        ("phone", "ring mig", "Skriv telefonnumret"),
        ("work_address", "x" * 201, "för lång"),
    ],
)
def test_details_that_cannot_be_right_are_told(at_work, anna, field, value, told):
    response = at_work.post(ME, {**DETAILS, field: value})
    anna.user.refresh_from_db()
    assert told in response.content.decode()
    assert value in response.content.decode()
    assert getattr(anna.user, field) != value
    assert not Entry.objects.exists()


def test_saving_what_is_known_already_writes_nothing(at_work, anna):
    known = {"phone": anna.user.phone, "email": anna.user.email, "work_address": ""}
    at_work.post(ME, known)
    assert not Entry.objects.exists()


@pytest.mark.requirement("L-07")
def test_a_password_that_someone_else_chose_is_changed_first(client, db):
    anna = worker(user__must_change_password=True)
    log_in(client, anna)
    demanded = client.get(ME)
    assert demanded.url.startswith(CHANGE)
    page = client.get(demanded.url).content.decode()
    assert "Någon annan har valt det lösenord du har." in page
    response = client.post(CHANGE, {"current": PASSWORD, "new": NEW, "again": NEW, "next": ME})
    assert response.url.startswith(reverse("assignments:choose_unit"))
    assert client.get(ME).status_code == 200
    assert User.objects.get(pk=anna.user_id).check_password(NEW)


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"current": "fel", "new": NEW, "again": NEW}, "Det nuvarande lösenordet stämmer inte."),
        ({"current": PASSWORD, "new": NEW, "again": "något annat"}, "Skriv samma nya lösenord två gånger."),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "Välj ett annat lösenord"),
        ({"current": PASSWORD, "new": "kort", "again": "kort"}, "12 tecken"),
        ({"current": PASSWORD, "new": "", "again": ""}, "Fyll i"),
    ],
)
def test_a_password_is_not_changed_when_it_should_not_be(at_work, anna, data, told):
    response = at_work.post(CHANGE, data)
    assert told in response.content.decode()
    assert User.objects.get(pk=anna.user_id).check_password(PASSWORD)
    assert 'value="' + NEW not in response.content.decode()


@pytest.mark.requirement("L-07")
def test_a_changed_password_ends_the_other_sessions(at_work, client, anna):
    elsewhere = client.__class__()
    log_in(elsewhere, anna)
    at_work.post(CHANGE, {"current": PASSWORD, "new": NEW, "again": NEW})
    assert at_work.get(ME).status_code == 200
    assert elsewhere.get(ME).status_code == 302
    assert Entry.objects.get().action == "user.password_changed"


@pytest.mark.requirement("L-07")
def test_guessing_the_present_password_is_stopped_like_a_login(at_work):
    data = {"current": "fel", "new": NEW, "again": NEW}
    answers = [at_work.post(CHANGE, data).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert at_work.post(CHANGE, {**data, "current": PASSWORD}).status_code == 429
