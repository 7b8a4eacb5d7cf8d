"""Guesses at passwords: told apart by where they come from, with ceilings; nobody is kept out by what others do."""

from datetime import UTC, datetime

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.urls import reverse

from samordna.accounts.origins import address_of
from samordna.assignments.tests.factories import PASSWORD, worker
from samordna.audit.models import Entry

pytestmark = pytest.mark.both

LOGIN = reverse("accounts:login")
TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TEN, tick=False) as travel:
        yield travel


def tries(
    password: str, *, times: int = 1, address: str = "192.0.2.1", name: str = "ANNLIN", browser=None
) -> int:
    """The status of the last of so many log-ins from that address; 302 lets in."""
    for _ in range(times):
        answer = (browser or Client()).post(
            LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address
        )
    return answer.status_code


@pytest.mark.requirement("L-07")
def test_who_fails_on_somebodys_behalf_locks_only_the_place_it_is_done_from(anna):
    assert tries("fel", times=6) == 429
    assert tries(PASSWORD) == 429
    assert tries(PASSWORD, address="192.0.2.2") == 302


@pytest.mark.requirement("L-07")
def test_a_browser_known_to_be_the_users_is_let_in_from_the_address_of_the_attack(anna, settings):
    settings.MOST_GUESSES_PER_USER = settings.MOST_GUESSES_PER_ADDRESS = settings.MOST_GUESSES_IN_ALL = 10
    own = Client()
    assert tries(PASSWORD, browser=own) == 302
    own.post(reverse("accounts:logout"))
    for last in range(2, 6):
        tries("fel", times=6, address=f"192.0.2.{last}")
    tries("fel", times=6)
    assert tries(PASSWORD, address="192.0.2.99") == 429
    assert tries(PASSWORD, browser=own) == 302
    # It is no way round the limit: what it fails with itself shuts it out.
    own.post(reverse("accounts:logout"))
    assert tries("fel", times=5, browser=own) == 429
    assert tries(PASSWORD, browser=own) == 429


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(
    ("ceiling", "attack"),
    [
        ("MOST_GUESSES_PER_USER", [("ANNLIN", f"192.0.2.{n}") for n in range(10, 14)]),
        ("MOST_GUESSES_PER_ADDRESS", [(f"NAMN{n}", "192.0.2.1") for n in range(4)]),
        # One subscriber has 65,536 networks of 64 bits.
        ("MOST_GUESSES_PER_ADDRESS", [(f"NAMN{n}", f"2001:db8:7:{n}::5") for n in range(4)]),
        ("MOST_GUESSES_IN_ALL", [(f"NAMN{n}", f"192.0.2.{n}") for n in range(10, 14)]),
    ],
)
def test_a_ceiling_stops_the_next_guess_and_what_is_written(anna, settings, clock, ceiling, attack):
    setattr(settings, ceiling, 12)
    for name, address in attack:
        tries("fel", times=4, name=name, address=address)
    kept = AccessAttempt.objects.count(), Entry.objects.count()
    own = "2001:db8:7:99::1" if attack[0][1].startswith("2001") else "192.0.2.1"
    assert tries(PASSWORD, address=own) == 429
    assert tries("fel", times=3, name="NAMN9", address=own) in {200, 429}
    if ceiling == "MOST_GUESSES_IN_ALL":
        assert (AccessAttempt.objects.count(), Entry.objects.count()) == kept
    elsewhere = "2001:db8:8::1"
    assert (tries(PASSWORD, address=elsewhere) == 302) == (ceiling == "MOST_GUESSES_PER_ADDRESS")
    clock.shift(31 * 60)
    assert tries(PASSWORD, address=own) == 302


@pytest.mark.requirement("L-07", "L-05")
def test_each_wrong_password_is_logged_until_it_is_locked_and_then_nothing_more(anna):
    tries("fel", times=40)
    actions = list(Entry.objects.order_by("id").values_list("action", "object_id"))
    who = str(anna.user_id)
    assert actions == [("session.login_failed", who)] * 5 + [("session.locked_out", who)]


@pytest.mark.requirement("L-07")
def test_nothing_that_was_posted_is_kept_with_the_count(at_work):
    wrong = {
        "current_password": "mitt gamla hemliga",
        "new_password": "ett nytt som duger bra",
        "repeated_password": "ett nytt som duger bra",
    }
    page = at_work.post(reverse("accounts:password"), wrong).content.decode()
    assert "Det nuvarande lösenordet stämmer inte." in page
    kept = AccessAttempt.objects.get()
    assert (kept.post_data, kept.get_data, kept.user_agent) == ("", "", "<unknown>")


@pytest.mark.requirement("L-07")
def test_changing_the_password_is_locked_as_login_is(at_work):
    wrong = {
        "current_password": "fel",
        "new_password": "ett nytt som duger bra",
        "repeated_password": "ett nytt som duger bra",
    }
    pages = [at_work.post(reverse("accounts:password"), wrong).content.decode() for _ in range(5)]
    right = at_work.post(
        reverse("accounts:password"), {**wrong, "current_password": PASSWORD}
    ).content.decode()
    assert "för många gånger. Du kan försöka igen klockan 10.30" in pages[-1]
    assert "för många gånger" in right
    assert [entry.details for entry in Entry.objects.all()] == [{"door": "change"}] * 6


@pytest.mark.parametrize(
    ("header", "told", "address"),
    [
        ("", "198.51.100.7", "192.0.2.1"),
        ("HTTP_X_REAL_IP", "198.51.100.7", "198.51.100.7"),
        ("HTTP_X_REAL_IP", "", "192.0.2.1"),
        ("HTTP_X_REAL_IP", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("HTTP_X_REAL_IP", "::ffff:198.51.100.7", "198.51.100.7"),
        ("HTTP_X_REAL_IP", "skräp", "0.0.0.0"),  # noqa: S104
    ],
)
def test_the_address_comes_from_the_trusted_header_alone(settings, header, told, address):
    settings.ADDRESS_HEADER = header
    more = {"HTTP_X_REAL_IP": told, "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **more)) == address


@pytest.mark.requirement("L-07")
def test_an_address_with_many_users_is_not_shut_by_a_few_who_mistype(anna):
    colleagues = [worker(anna.unit, username=f"KOLLEGA{n}") for n in range(8)]
    for colleague in colleagues:
        tries("fel", times=4, name=colleague.user.username)
    assert tries(PASSWORD) == 302
