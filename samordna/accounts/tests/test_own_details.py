"""Mina uppgifter and the password, through the pages."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments.tests.factories import PASSWORD, log_in, worker
from samordna.audit.models import Entry
from samordna.drafts.models import UnsavedText
from samordna.kernel.clock import now
from samordna.web.requests import again_of

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
    response = client.post(
        CHANGE, {"current_password": PASSWORD, "new_password": NEW, "repeated_password": NEW, "next": ME}
    )
    assert response.url.startswith(reverse("assignments:choose_unit"))
    assert client.get(ME).status_code == 200
    assert User.objects.get(pk=anna.user_id).check_password(NEW)


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            {"current_password": "fel", "new_password": NEW, "repeated_password": NEW},
            "Det nuvarande lösenordet stämmer inte.",
        ),
        (
            {"current_password": PASSWORD, "new_password": NEW, "repeated_password": "något annat"},
            "Skriv samma nya lösenord två gånger.",
        ),
        (
            {"current_password": PASSWORD, "new_password": PASSWORD, "repeated_password": PASSWORD},
            "Välj ett annat lösenord",
        ),
        ({"current_password": PASSWORD, "new_password": "kort", "repeated_password": "kort"}, "12 tecken"),
        ({"current_password": PASSWORD, "new_password": "", "repeated_password": ""}, "Fyll i"),
    ],
)
def test_a_password_is_not_changed_when_it_should_not_be(at_work, anna, data, told):
    response = at_work.post(CHANGE, data)
    assert told in response.content.decode()
    assert User.objects.get(pk=anna.user_id).check_password(PASSWORD)
    assert 'value="' + NEW not in response.content.decode()


SECRET = "mycket hemliga ord"


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("met", ["session over", "another unit", "old form"])
def test_passwords_of_a_form_that_is_not_taken_are_kept_and_shown_nowhere(client, anna, met):
    browser = client.__class__(enforce_csrf_checks=met == "old form")
    log_in(browser, anna)
    names = re.findall(r'<input type="password" name="(\w+)"', browser.get(CHANGE).content.decode())
    assert len(names) == 3
    typed = dict.fromkeys(names, SECRET) | {"assignment": "0" if met == "another unit" else anna.pk}
    at = now() + timedelta(minutes=31 if met == "session over" else 0)
    with time_machine.travel(at):
        answer = browser.post(CHANGE, typed, headers={"origin": "http://testserver"})
    assert answer.status_code == {"session over": 302, "another unit": 409, "old form": 403}[met]
    assert SECRET not in answer.content.decode()
    assert not UnsavedText.objects.exists()
    assert SECRET not in str(again_of(answer.wsgi_request))


def test_every_field_for_a_password_is_known_by_its_name():
    """What is kept, handed back and sent again leaves out fields by their names."""
    import_module(settings.ROOT_URLCONF)
    fields = {
        (form.__name__, name)
        for form in _below(forms.Form)
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.PasswordInput)
    }
    assert {("LoginForm", "password"), ("PasswordForm", "new_password"), ("SignForm", "password")} <= fields
    assert [field for field in fields if "password" not in field[1]] == []


def _below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


@pytest.mark.requirement("L-07")
def test_a_changed_password_ends_the_other_sessions(at_work, client, anna):
    elsewhere = client.__class__()
    log_in(elsewhere, anna)
    at_work.post(CHANGE, {"current_password": PASSWORD, "new_password": NEW, "repeated_password": NEW})
    assert at_work.get(ME).status_code == 200
    assert elsewhere.get(ME).status_code == 302
    assert Entry.objects.get().action == "user.password_changed"


@pytest.mark.requirement("L-07")
def test_guessing_the_present_password_is_stopped_like_a_login(at_work):
    data = {"current_password": "fel", "new_password": NEW, "repeated_password": NEW}
    answers = [at_work.post(CHANGE, data).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert at_work.post(CHANGE, {**data, "current_password": PASSWORD}).status_code == 429


@pytest.mark.requirement("L-06", "K-10")
def test_what_another_wrote_about_the_user_is_shown_beside_what_was_typed(at_work, anna):
    old = at_work.get(ME).context["form"]["seen"].value()
    at_work.post(ME, {**DETAILS, "seen": old})
    page = at_work.post(ME, {**DETAILS, "work_address": "Lillgatan 2", "phone": "", "seen": old})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Dina uppgifter har ändrats" in text
    assert "Nu står det: Storgatan 1" in text
    assert "Lillgatan 2" in text
    anna.user.refresh_from_db()
    assert anna.user.work_address == "Storgatan 1"
    seen = page.context["form"]["seen"].value()
    assert at_work.post(ME, {**DETAILS, "work_address": "Lillgatan 2", "seen": seen}).status_code == 302
