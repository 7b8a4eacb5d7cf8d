"""Login and logout through the pages."""

import unicodedata
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth import hashers
from django.contrib.auth.hashers import get_hasher, make_password
from django.urls import reverse

from samordna.accounts.hashers import Argon2Hasher
from samordna.accounts.models import LoginSession
from samordna.assignments.tests.factories import PASSWORD, log_in
from samordna.audit.models import Entry

LOGIN = reverse("accounts:login")


def log_in_by_form(client, username="ANNLIN", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def actions():
    return list(Entry.objects.order_by("id").values_list("action", flat=True))


@pytest.mark.requirement("V-15")
@pytest.mark.parametrize("typed", ["ANNLIN", "annlin", " AnnLin "])
def test_the_case_of_the_user_name_does_not_matter(client, anna, typed):
    response = log_in_by_form(client, typed)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(anna.user_id)
    assert actions() == ["session.logged_in"]


@pytest.mark.requirement("V-15", "L-07")
@pytest.mark.parametrize(
    ("username", "password"),
    [("ANNLIN", PASSWORD.upper()), ("ANNLIN", f" {PASSWORD}"), ("ANNLIN", "fel"), ("FINNSINTE", PASSWORD)],
)
def test_a_wrong_password_and_an_unknown_user_look_the_same(client, anna, username, password):
    response = log_in_by_form(client, username, password)
    assert response.status_code == 200
    assert "Användarnamnet eller lösenordet stämmer inte." in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert actions() == ["session.login_failed"]


@pytest.mark.requirement("V-15")
def test_a_password_with_blanks_is_taken_as_typed(client, anna):
    anna.user.set_password("  två blanka  ")
    anna.user.save()
    assert log_in_by_form(client, password="två blanka").status_code == 200
    assert log_in_by_form(client, password="  två blanka  ").status_code == 302


COMPOSED, APART = "blåbär i mångfald", unicodedata.normalize("NFD", "blåbär i mångfald")


@pytest.mark.requirement("V-15")
@pytest.mark.parametrize("hashed", [COMPOSED, APART], ids=["hashed composed", "hashed apart"])
@pytest.mark.parametrize("typed", [COMPOSED, APART], ids=["typed composed", "typed apart"])
def test_a_password_is_the_same_however_its_letters_are_composed(client, anna, hashed, typed):
    # As passwords were hashed before: of the characters as they came.
    anna.user.password = make_password(hashed)
    anna.user.save()
    assert log_in_by_form(client, password=COMPOSED.upper()).status_code == 200
    assert log_in_by_form(client, password=typed).status_code == 302
    anna.user.refresh_from_db()
    assert hashers.check_password(COMPOSED, anna.user.password)
    assert client.get(reverse("accounts:me")).status_code == 200


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(
    ("field", "told"), [("username", "för lång"), ("password", "högst 1\u00a0000 tecken")]
)
@pytest.mark.parametrize("typed", ["x" * 500_000, "a" + "\u0301" * 60_000 + "\u0323" * 60_000])
def test_what_is_far_too_long_is_told_so_and_nothing_is_done_with_it(client, anna, field, told, typed):
    """Anybody may send it: to put so many marks in order takes minutes."""
    answer = client.post(LOGIN, {"username": "ANNLIN", "password": "fel", field: typed})
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert actions() == []


@pytest.mark.requirement("V-15", "L-07")
@pytest.mark.parametrize("way", ["hashed apart", "by another hasher"])
def test_a_hash_of_before_is_made_anew_at_login_and_nowhere_else(at_work, anna, settings, way):
    settings.PASSWORD_HASHERS = [
        *settings.PASSWORD_HASHERS,
        "django.contrib.auth.hashers.ScryptPasswordHasher",
    ]
    password = COMPOSED if way == "hashed apart" else PASSWORD
    hashed = make_password(APART) if way == "hashed apart" else make_password(PASSWORD, hasher="scrypt")
    anna.user.password = hashed
    anna.user.save()
    log_in(at_work, anna)
    # The password is right, and the act is refused for another reason.
    same = {"current_password": password, "new_password": password, "repeated_password": password}
    assert "ett annat lösenord" in at_work.post(reverse("accounts:password"), same).content.decode()
    assert at_work.get(reverse("accounts:me")).status_code == 200
    anna.user.refresh_from_db()
    assert anna.user.password == hashed
    assert log_in_by_form(at_work, password=password).status_code == 302
    assert at_work.get(reverse("accounts:me")).status_code == 200
    anna.user.refresh_from_db()
    assert anna.user.password != hashed
    assert hashers.verify_password(password, anna.user.password) == (True, False)


@pytest.mark.requirement("V-15")
@pytest.mark.parametrize("typed", ["ann\u2011lin", "ANN\u2013LIN", "ann\u200b\u2212lin", "ann\uff0dlin"])
def test_any_dash_of_a_user_name_is_the_one_on_the_keyboard(client, anna, typed):
    anna.user.username = "ANN-LIN"
    anna.user.save()
    assert log_in_by_form(client, typed).status_code == 302


@pytest.mark.requirement("L-07")
def test_a_closed_user_is_refused_like_an_unknown_one(client, anna):
    anna.user.is_active = False
    anna.user.save()
    assert "stämmer inte" in log_in_by_form(client).content.decode()


@pytest.mark.requirement("L-07")
def test_what_was_typed_as_user_name_is_not_in_the_log(client, anna):
    log_in_by_form(client, PASSWORD, "fel")
    entry = Entry.objects.get()
    assert (entry.object_id, entry.details) == ("", {})


@pytest.mark.requirement("L-07")
def test_repeated_failures_lock_the_user_name_and_the_page_says_until_when(client, anna):
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        for _ in range(4):
            assert log_in_by_form(client, password="fel").status_code == 200
        fifth = log_in_by_form(client, password="fel")
        clock.shift(600)
        right = log_in_by_form(client)
        clock.shift(1201)
        again = log_in_by_form(client)
    assert fifth.status_code == right.status_code == 429
    assert "i dag 10.30" in right.content.decode()
    assert "Din lokala administratör kan ge dig ett nytt" in right.content.decode()
    assert again.status_code == 302
    assert actions() == ["session.login_failed"] * 5 + ["session.locked_out", "session.logged_in"]


@pytest.mark.requirement("L-07")
def test_an_unknown_user_name_is_locked_in_the_same_way(client, anna):
    answers = [log_in_by_form(client, "FINNSINTE", "fel").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert log_in_by_form(client).status_code == 302


@pytest.mark.requirement("L-07")
def test_the_key_of_the_session_is_new_after_login_and_stays_at_the_choice_of_unit(client, anna):
    client.get(LOGIN)
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    response = log_in_by_form(client)
    after = client.session.session_key
    assert after != before
    # The login has just renewed it; an answer that is lost here leaves the browser with a key that works.
    client.get(response.url)
    assert client.session.session_key == after
    assert LoginSession.objects.get().session_key == after


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/sip/", True),
        ("//example.org/", False),
        ("https://example.org/", False),
        ("javascript:alert(1)", False),
        ("/\\example.org", False),
    ],
)
def test_login_leads_back_only_to_pages_of_its_own(client, anna, address, kept):
    response = log_in_by_form(client, next=address)
    assert ("next=" in response.url) == kept


@pytest.mark.requirement("K-22")
def test_logging_out_ends_the_session_and_tells_the_browser_to_forget(at_work, anna):
    # Opened, the address logs nobody out.
    assert at_work.get(reverse("accounts:logout")).url == reverse("accounts:start")
    assert at_work.get(reverse("accounts:me")).status_code == 200
    response = at_work.post(reverse("accounts:logout"))
    assert response.url == LOGIN
    assert response.headers["Clear-Site-Data"] == '"storage"'
    assert at_work.get(reverse("accounts:me")).url.startswith(LOGIN)
    assert LoginSession.objects.get().ended_at is not None
    assert actions() == ["session.logged_out"]


@pytest.mark.requirement("K-24")
@pytest.mark.parametrize("route", ["accounts:start", "accounts:login"])
def test_whom_to_turn_to_stands_where_one_logs_in(client, db, route):
    page = client.get(reverse(route)).content.decode()
    assert "superanvändare" in page
    assert "administratör" in page


def test_the_start_page_leads_to_login_and_to_work(at_work, client):
    assert at_work.get(reverse("accounts:start")).url == reverse("assignments:choose_unit")
    at_work.logout()
    assert f'href="{LOGIN}"' in at_work.get(reverse("accounts:start")).content.decode()


def test_passwords_are_kept_with_argon2_that_fits_a_small_machine(settings):
    settings.PASSWORD_HASHERS = ["samordna.accounts.hashers.Argon2Hasher"]
    hasher = get_hasher("argon2")
    assert isinstance(hasher, Argon2Hasher)
    encoded = hasher.encode(PASSWORD, hasher.salt())
    assert encoded.startswith("argon2$argon2id$v=19$m=20480,t=2,p=1$")
    assert hasher.verify(PASSWORD, encoded)


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Current-URL": "http://["},
        {"Referer": "http://[::1"},
    ],
)
def test_a_page_to_come_back_to_that_is_no_address_is_left_out(client, db, headers):
    response = client.get(reverse("accounts:me"), headers=headers)
    assert response.status_code in {302, 401}
    assert "http" not in response.headers.get("HX-Redirect", response.headers.get("Location", ""))


def test_a_form_in_letters_that_cannot_be_read_gets_a_page(client, db):
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    response = client.post(LOGIN, b"username=ANNALI", content_type=kind)
    assert response.status_code == 400
    assert "Sidan kunde inte visas" in response.content.decode()
