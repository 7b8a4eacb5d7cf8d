"""The search: by number, case number or name, among the unit's own cases, never in an address (L-08, L-11)."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in, worker
from samordna.audit.models import Entry
from samordna.cases.states import Bucket
from samordna.overview.tests.factories import row
from samordna.overview.tests.test_worklist import names
from samordna.people.models import PersonIdentifier
from samordna.people.states import Protection
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s

pytestmark = pytest.mark.both


def found(client: Client, text: str) -> str:
    answer = client.post(reverse("overview:search"), {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


def number_of(made: object) -> str:
    return PersonIdentifier.objects.get(person_id=made.person_id).value  # type: ignore[attr-defined]


@pytest.fixture
def made(anna: Assignment, at: datetime) -> object:
    row(anna.unit, at=at, name="Berit Björk")
    row(worker().unit, at=at, name="Maj Ström")
    return row(anna.unit, at=at, name="Maj Öhrström")


@pytest.mark.requirement("L-08")
@pytest.mark.parametrize(
    "write",
    [
        lambda number: number,
        lambda number: f"{number[:8]}-{number[8:]}",
        lambda number: number[2:],
        lambda number: f" {number[2:8]} {number[8:]} ",
        lambda number: f"{number[2:8]}-{number[8:]}",
    ],
)
def test_a_person_is_found_by_the_number_in_any_form(page: Client, made: object, write) -> None:
    assert names(found(page, write(number_of(made)))) == ["Maj Öhrström"]


@pytest.mark.requirement("L-08")
@pytest.mark.parametrize("text", ["maj", "ÖHRSTRÖM", "hrst", "öhr maj"])
def test_a_person_is_found_by_part_of_the_name(page: Client, made: object, text: str) -> None:
    assert names(found(page, text)) == ["Maj Öhrström"]


@pytest.mark.requirement("L-08")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Lars-Göran Mogård", "Mogård, Lars-Göran"),
        ("Lars-Göran Mogård", "lars\u2013göran mogård"),
        ("Lars\u2011Göran Mogård", "Lars-Göran"),
        ("Lars Göran Mogård", "Lars-Göran"),
        ("Siobhán O\u2019Brien", "o'brien"),
        ("Anna\u00ad\u200bLisa Ek", "annalisa"),
    ],
)
def test_order_of_words_commas_and_kinds_of_dash_do_not_matter(
    page: Client, made: object, anna: Assignment, at: datetime, name: str, text: str
) -> None:
    row(anna.unit, at=at, name=name)
    assert names(found(page, text)) == [name]


@pytest.mark.parametrize("dash", ["\u2011", "\u2013", "\u2212", "\uff0d"])
def test_numbers_are_found_with_any_dash(page: Client, made: object, dash: str) -> None:
    number = number_of(made)
    for text in (f"{number[:8]}{dash}{number[8:]}", made.case_number.replace("-", dash)):  # type: ignore[attr-defined]
        assert names(found(page, text)) == ["Maj Öhrström"]


@pytest.mark.requirement("L-11", "L-08")
def test_a_case_is_found_by_its_number_as_people_write_it(page: Client, made: object) -> None:
    number = made.case_number  # type: ignore[attr-defined]
    for text in (number, f"SIP {number}", number.lower().replace("-", "")):
        assert names(found(page, text)) == ["Maj Öhrström"]


@pytest.mark.requirement("L-08")
@pytest.mark.django_db
def test_no_word_of_a_message_or_a_plan_finds_anybody() -> None:
    county = f.county()
    case_id = s.locked_follow_up(county)
    f.send_information(case_id, county.anna, f.to_units(county.social), "Passar torsdag?")
    anna = Client()
    log_in(anna, county.anna)
    words = (
        "Behov av samordning", "trappgång", "Ledstång", "bo kvar hemma", "Stöd i trappan", "Passar", "torsdag",
        "Går i trappan", "rum 4",
    )  # fmt: skip
    assert names(found(anna, "karl-erik")) == ["Karl-Erik Wallin"]
    for word in words:
        assert names(found(anna, word)) == [], word


def test_finished_cases_are_found_after_ongoing_ones(page: Client, anna: Assignment, at: datetime) -> None:
    row(anna.unit, at=at, name="Maj Avslutad", bucket=Bucket.ENDED)
    row(anna.unit, at=at, name="Maj Pågående")
    assert names(found(page, "maj")) == ["Maj Pågående", "Maj Avslutad"]


@pytest.mark.requirement("L-04")
def test_a_protected_person_is_found_by_number_only_and_shown_without_name(
    page: Client, anna: Assignment, at: datetime
) -> None:
    made = row(anna.unit, at=at, name="Hemlig Person", protection=Protection.FICTITIOUS)
    by_name = found(page, "hemlig")
    assert names(by_name) == []
    assert "Inget ärende hittades" in by_name
    for text in (number_of(made), made.case_number):
        shown = found(page, text)
        assert names(shown) == ["Skyddade uppgifter"]
        assert "Hemlig" not in shown


@pytest.mark.requirement("L-08")
def test_another_units_case_is_not_found(page: Client, made: object, at: datetime) -> None:
    other = row(worker().unit, at=at, name="Annan Enhet")
    for text in ("annan", number_of(other), other.case_number):
        assert names(found(page, text)) == []


@pytest.mark.requirement("L-08")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Skriv ett namn, ett personnummer eller ett ärendenummer."),
        ("   ", "Skriv ett namn, ett personnummer eller ett ärendenummer."),
        ("a", "Skriv minst två bokstäver av namnet."),
        ("19760103-2380", "Den sista siffran stämmer inte"),
        ("1976010", "Numret har 7 tecken"),
        ("2026-00012", "2026-00012-K"),
        ("2026-00012-A", "Bokstaven"),
        ("SIP 12", "2026-00012-K"),
        ("x" * 5000, "för lång"),
    ],
)
def test_what_cannot_be_searched_for_is_told_at_the_field(
    page: Client, at: datetime, text: str, reason: str
) -> None:
    shown = found(page, text)
    error = re.search(r'id="id_q_error"[^>]*>(.*?)</div>', shown, re.DOTALL)
    assert error is not None
    assert reason in error.group(1)
    assert re.search(r"<title>\s*Fel: Sök bland våra ärenden", shown)
    assert not Entry.objects.filter(action="case.searched").exists()


@pytest.mark.requirement("L-05", "L-08")
def test_every_search_is_logged_with_whom_it_found_and_not_with_what_was_typed(
    page: Client, made: object
) -> None:
    found(page, "öhrström")
    found(page, "finns inte")
    first, second = Entry.objects.filter(action="case.searched").order_by("id")
    assert (first.persons, first.details) == ([str(made.person_id)], {"by": "name", "found": 1})  # type: ignore[attr-defined]
    assert (second.persons, second.details) == ([], {"by": "name", "found": 0})
    assert "hrstr" not in str(vars(first))


def test_the_search_page_opens_without_searching(page: Client, at: datetime) -> None:
    answer = page.get(reverse("overview:search"), {"q": "maj"})
    assert answer.status_code == 200
    assert "hittades" not in answer.content.decode()
    assert not Entry.objects.filter(action="case.searched").exists()


def test_a_search_takes_the_same_statements_whatever_it_finds(
    page: Client, anna: Assignment, at: datetime, statements
) -> None:
    row(anna.unit, at=at, name="Alfa Ett")
    for serial in range(60):
        row(anna.unit, at=at, name=f"Beta {serial}")
    # The foot of the first page asks for the support chain, which is kept for a while.
    found(page, "alfa")
    one = statements(lambda: found(page, "alfa"))
    many = statements(lambda: found(page, "beta"))
    # The log of several persons has rows of its own.
    assert len(many) == len(one) + 1 <= 8
    assert "Bara de första visas." in found(page, "beta")
