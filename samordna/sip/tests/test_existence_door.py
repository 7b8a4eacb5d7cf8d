"""No person is shown before right, limit and log are passed, whatever is wrong with the request (V-23, L-04, L-12)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in, worker
from samordna.audit.models import Entry
from samordna.audit.states import Action, Result
from samordna.cases.models import Case, ExistenceQuestion
from samordna.kernel import clock
from samordna.kernel.identifiers import parse
from samordna.operations.commands import EACH_DAY
from samordna.organisations.commands import change_setting
from samordna.people.models import Person
from samordna.people.states import Protection
from samordna.people.tests.factories import ANOTHER, CHILD, GROWN_UP, OLD, person
from samordna.sip.commands.new_case import ask_for_case
from samordna.sip.tests import factories as f

NAME = "Karl-Erik Wallin"
TOO_LONG = "x" * 121

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker(client: Client) -> Client:
    log_in(client, worker(name="Anna Lindqvist"))
    return client


def browser(assignment: Assignment) -> Client:
    client = Client()
    log_in(client, assignment)
    return client


def ask(client: Client, number: str = OLD):
    return client.post(reverse("sip:new"), {"identifier": number})


def create(client: Client, name: str = "", number: str = OLD):
    return client.post(reverse("sip:create"), {"identifier": number, "name": name})


def questions():
    return Entry.objects.filter(action=Action.CASE_EXISTENCE_ASKED).order_by("pk")


def limit_to(questions_an_hour: int) -> None:
    change_setting(
        actor=None,
        department_id=None,
        key="existence_questions_per_hour",
        value=questions_an_hour,
        at=clock.now(),
    )


@pytest.mark.requirement("L-12", "V-23", "L-05")
@pytest.mark.parametrize("name", [TOO_LONG, "", NAME])
def test_an_error_on_the_confirm_page_asks_at_the_door_like_any_question(asker: Client, name: str) -> None:
    who = person(name=NAME)
    answer = create(asker, name)
    assert answer.status_code == 200
    assert NAME in answer.content.decode()
    assert not Case.objects.exists(), "nobody was shown yet, so nothing is made"
    assert [entry.person_id for entry in questions()] == [who]
    assert ExistenceQuestion.objects.count() == 1


@pytest.mark.requirement("L-12", "K-04")
@pytest.mark.parametrize("name", [TOO_LONG, "", NAME])
def test_without_the_right_to_initiate_no_error_shows_anybody(name: str) -> None:
    person(name=NAME)
    answering = browser(worker(initiates=False))
    for answer in (ask(answering), create(answering, name)):
        assert "Karl-Erik" not in answer.content.decode().replace(f'value="{NAME}"', "")
        assert "Ålder" not in answer.content.decode()
    assert not questions().exists()


@pytest.mark.requirement("L-12", "V-23")
def test_past_the_limit_neither_page_tells_anything(asker: Client) -> None:
    limit_to(2)
    person(name=NAME)
    f.new_case(worker(), person_id=person(GROWN_UP, "Siv Exempel"))
    ask(asker, ANOTHER)
    ask(asker, CHILD)
    unknown = "19380102-9202"
    for address in ("sip:new", "sip:create"):
        shown = set()
        for number in (OLD, GROWN_UP, unknown):
            page = asker.post(reverse(address), {"identifier": number, "name": TOO_LONG})
            assert page.context["form"].errors
            shown.add(_without_what_was_typed(page.content.decode(), number))
        assert len(shown) == 1, "known, with a SIP and unknown look the same"
    assert questions().count() == 2
    assert not Entry.objects.filter(result=Result.REFUSED).exclude(person_id=None).exists()


def _without_what_was_typed(page: str, number: str) -> str:
    main = page[page.index("<main") : page.index("</main")].replace(number, "")
    return "\n".join(line for line in main.splitlines() if "form_key" not in line)


@pytest.mark.requirement("L-12", "V-23")
def test_a_sip_is_told_with_its_person_in_the_log_also_when_it_was_made_meanwhile(asker: Client) -> None:
    who = person(name=NAME)
    ask(asker)
    case_id = f.new_case(worker(), person_id=who)
    answer = create(asker)
    assert "Det finns redan en pågående SIP" in answer.content.decode()
    assert [(entry.person_id, entry.case_id) for entry in questions()] == [(who, None), (who, case_id)]
    assert ExistenceQuestion.objects.count() == 1, "the same question is counted once"


@pytest.mark.requirement("L-12")
def test_a_person_who_came_in_meanwhile_is_shown_before_a_case_is_made(asker: Client) -> None:
    ask(asker)
    person(name="Någon Annan")
    answer = create(asker, NAME)
    assert "Någon Annan" in answer.content.decode()
    assert not Case.objects.exists()
    assert create(asker).status_code == 302
    assert Case.objects.get().person.name == "Någon Annan"


@pytest.mark.requirement("L-12", "V-23")
def test_the_same_question_is_counted_and_logged_once_for_a_while(asker: Client) -> None:
    limit_to(1)
    person(name=NAME)
    for _turn in range(3):
        assert NAME in ask(asker).content.decode()
        assert NAME in create(asker, TOO_LONG).content.decode()
    assert questions().count() == 1
    assert create(asker).status_code == 302


@pytest.mark.requirement("V-23")
def test_a_question_counts_for_an_hour_and_is_answered_for_half_of_it() -> None:
    asker, at = f.actor(worker()), clock.now()
    number = parse(OLD)

    def asked(minutes: int) -> int:
        ask_for_case(actor=asker, identifier=number, at=at + timedelta(minutes=minutes))
        return questions().count()

    assert [asked(0), asked(29), asked(31)] == [1, 1, 2]


@pytest.mark.requirement("L-12")
def test_a_question_stands_for_its_user_at_its_unit_only(asker: Client) -> None:
    person(name=NAME)
    ask(asker)
    other = browser(worker())
    create(other, NAME)
    assert not Case.objects.exists()
    assert questions().count() == 2


@pytest.mark.requirement("L-04", "L-12")
def test_of_a_protected_person_no_name_is_shown_that_was_not_typed(asker: Client) -> None:
    who = person(name=NAME)
    Person.objects.update(protection=Protection.FICTITIOUS)
    for answer in (ask(asker), create(asker), create(asker, TOO_LONG), create(asker, "Siv Exempel")):
        page = answer.content.decode()
        assert "Wallin" not in page
        assert "Skyddad identitet" in page
    assert not Case.objects.exists()
    assert questions().get().person_id == who
    assert create(asker, "karl erik WALLIN").status_code == 302
    assert Case.objects.get().person_id == who


@pytest.mark.requirement("L-04")
@pytest.mark.parametrize(
    ("typed", "fits"),
    [("Wallin, Karl-Erik", True), ("Karl-Erik Ek", True), ("Anna Wallin", False), ("", False),
     ("Karl Anna Eva Siv Erik Nils Ek Berg Lind", False), ("K E W", False)],
)  # fmt: skip
def test_a_protected_persons_name_is_not_guessed_by_common_names(
    asker: Client, typed: str, fits: bool
) -> None:
    person(name=NAME)
    Person.objects.update(protection=Protection.CONFIDENTIALITY_MARK)
    ask(asker)
    assert (create(asker, typed).status_code == 302) is fits


@pytest.mark.requirement("L-12")
def test_the_second_post_of_a_form_leads_to_its_case_and_shows_nobody(asker: Client) -> None:
    person(name=NAME)
    ask(asker)
    key = {"form_key": "0b6e8f2e-6a0e-4a39-9f38-50f51f1c8a10"}
    first = asker.post(reverse("sip:create"), {"identifier": OLD, **key})
    limit_to(1)
    second = asker.post(reverse("sip:create"), {"identifier": OLD, **key})
    assert second.url == first.url
    assert second.content == b""


@pytest.mark.requirement("V-22")
def test_the_age_is_shown_before_anything_is_made_also_of_somebody_new(asker: Client) -> None:
    today = clock.today(clock.now())
    age = today.year - 1941 - ((today.month, today.day) < (1, 10))
    assert f"{age} år" in ask(asker).content.decode()


@pytest.mark.requirement("V-23")
def test_old_questions_are_forgotten(asker: Client) -> None:
    ask(asker)
    forget = EACH_DAY["forget_questions"]
    later: list[datetime] = [clock.now() + timedelta(hours=hours) for hours in (23, 25)]
    assert [forget(at) for at in later] == [0, 1]


@pytest.mark.requirement("L-01", "L-12")
def test_of_ten_digits_a_known_person_of_the_century_before_is_offered_too(asker: Client) -> None:
    old = person("19240909-9054", "Ester Exempel")
    page = ask(asker, "240909-9054").content.decode()
    assert f"20{'240909-9054'}" in page
    assert "19240909-9054" in page
    assert "Ester" not in page
    assert [entry.person_id for entry in questions()] == [old]
    assert "Ester Exempel" in ask(asker, "19240909-9054").content.decode()
    assert questions().count() == 1
    assert "Ingen med det här numret" in ask(asker, f"20{'240909-9054'}").content.decode()


@pytest.mark.requirement("L-12", "V-23")
def test_past_the_limit_and_without_right_no_other_century_is_offered(asker: Client) -> None:
    person("19240909-9054", "Ester Exempel")
    limit_to(1)
    ask(asker)
    for client in (asker, browser(worker(initiates=False))):
        page = ask(client, "240909-9054").content.decode()
        assert "19240909" not in page


@pytest.mark.requirement("L-01", "V-22")
def test_a_coordination_number_without_month_has_an_unknown_age(asker: Client) -> None:
    assert "Ålder okänd" in ask(asker, "191500722390").content.decode()
    create(asker, NAME, "191500722390")
    page = asker.get(reverse("sip:case", args=[Case.objects.get().pk]), follow=True).content.decode()
    assert "Ålder okänd" in page
