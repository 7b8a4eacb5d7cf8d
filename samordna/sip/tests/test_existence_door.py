"""No person is shown before right, limit and log are passed, whatever is wrong with the request (V-23, L-04, L-12)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in, worker
from samordna.audit.models import Entry
from samordna.audit.queries import always_reviewed
from samordna.audit.states import Action, Result
from samordna.cases.asking import MOST_MISSES
from samordna.cases.models import Case, ExistenceQuestion
from samordna.cases.states import EndReason
from samordna.casework.case.commands.case import end_case
from samordna.casework.case.commands.new_case import ask_for_case
from samordna.kernel import clock
from samordna.kernel.identifiers import parse
from samordna.operations.commands import EACH_DAY
from samordna.organisations.commands import change_setting
from samordna.people.models import Person
from samordna.people.states import Protection
from samordna.people.tests.factories import ANOTHER, CHILD, GROWN_UP, OLD, person
from samordna.sip.process import SIP
from samordna.sip.tests import factories as f
from samordna.sip.tests import identity_pages
from samordna.sip.tests.identity_pages import RESERVE

NAME = "Karl-Erik Wallin"
TOO_LONG = "x" * 121
# Ten digits of it are somebody else's too, born a century later.
EARLIER = "19240909-9054"

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


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


@pytest.mark.requirement("L-12", "V-23")
def test_to_be_told_of_a_sip_or_a_century_is_not_to_be_shown_the_person(asker: Client) -> None:
    eva = worker(name="Eva Sand")
    case_id = f.new_case(eva, person_id=person(name=NAME))
    assert NAME not in ask(asker).content.decode()
    end_case(
        process=SIP, actor=f.actor(eva), case_id=case_id, reason=EndReason.MOVED, comment="", at=clock.now()
    )
    person(EARLIER, name="Gun Ek")
    assert "Gun Ek" not in ask(asker, EARLIER[2:]).content.decode()
    for name, number in ((NAME, OLD), ("Gun Ek", EARLIER)):
        shown = create(asker, number=number)
        assert name in shown.content.decode()
        assert "Kontrollera personen" in shown.content.decode()
        assert Case.objects.exclude(pk=case_id).filter(person__name=name).count() == 0
        assert create(asker, number=number).status_code == 302


@pytest.mark.requirement("L-12", "L-01")
def test_who_goes_by_another_number_now_is_shown_with_both(county: f.County) -> None:
    old, new = identity_pages.BEFORE, identity_pages.AFTERWARDS
    case_id = identity_pages.case_on(old, county.eva, "Gun Ek")
    identity_pages.do(browser(county.eva), "new_number", case_id, new)
    end_case(
        process=SIP,
        actor=f.actor(county.eva),
        case_id=case_id,
        reason=EndReason.MOVED,
        comment="",
        at=clock.now(),
    )
    page = ask(browser(county.anna), old).content.decode()
    assert all(said in page for said in (old, new, "Har nu numret", "Gun Ek"))


@pytest.mark.requirement("L-12")
def test_the_user_says_the_century_when_the_number_tells_no_age(asker: Client) -> None:
    page = ask(asker, "150072-2390").content.decode()
    assert "20150072-2390" in page
    assert "19150072-2390" in page
    assert "Skapa ärende" not in page
    assert "Skapa ärende" in ask(asker, "19150072-2390").content.decode()


@pytest.mark.requirement("L-12")
def test_a_plus_is_for_who_turns_a_hundred(asker: Client) -> None:
    refused = ask(asker, "20150226+2394").content.decode()
    assert "Tecknet + skrivs från det år man fyller hundra" in refused
    assert "Skapa ärende" not in refused


@pytest.mark.requirement("L-12", "L-04")
@pytest.mark.parametrize("ongoing", [True, False])
def test_a_number_that_a_protected_person_had_before_leads_nobody_to_her(ongoing: bool) -> None:
    """Neither by a new case nor by linking or correcting, and the same whether she has a SIP."""
    county = f.county()
    old, new = identity_pages.BEFORE, identity_pages.AFTERWARDS
    case_id = identity_pages.case_on(old, county.eva, "Gun Ek")
    eva, anna = browser(county.eva), browser(county.anna)
    assert identity_pages.do(eva, "new_number", case_id, new).status_code == 302
    Person.objects.filter(cases=case_id).update(protection=Protection.FICTITIOUS)
    if not ongoing:
        end_case(
            process=SIP,
            actor=f.actor(county.eva),
            case_id=case_id,
            reason=EndReason.MOVED,
            comment="",
            at=clock.now(),
        )
    mine = identity_pages.case_on(RESERVE, county.anna, "Gun Ek")
    cases, asked = Case.objects.count(), questions().count()
    answers = [
        ask(anna, old),
        create(anna, "Gun Ek", old),
        identity_pages.ask(anna, "link_number", mine, old, name="Gun Ek"),
        identity_pages.ask(anna, "correct_number", mine, old, name="Gun Ek"),
    ]
    for answer in answers:
        said = answer.content.decode()
        assert "med det här numret visas eller görs ingenting" in said
        assert "Vänd dig till den som länet har utsett" in said
        assert not [hidden for hidden in (new, "Psykiatriska", "pågående SIP") if hidden in said]
    assert Case.objects.count() == cases
    assert questions().count() == asked + 1


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
        ask_for_case(process=SIP, actor=asker, identifier=number, at=at + timedelta(minutes=minutes))
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


_NAMES = [
    ("Wallin, Karl-Erik", NAME, True), ("Karl-Erik Ek", NAME, True), ("Anna Wallin", NAME, False), ("", NAME, False),
    ("Karl Anna Eva Siv Erik Nils Ek Berg Lind", NAME, False), ("K E W", NAME, False), ("Siv", "Siv", True),
    ("Siv", "Siv Exempel", False), ("Siv Ek", "Siv Exempel", False), ("exempel siv", "Siv Exempel", True),
]  # fmt: skip


@pytest.mark.requirement("L-04")
@pytest.mark.parametrize(
    ("act", "typed", "name", "fits"),
    [
        *(("create", *one) for one in _NAMES),
        *((act, *one) for act in ("link_number", "correct_number") for one in _NAMES[-2:]),
    ],
)
def test_a_protected_persons_name_is_not_guessed_by_common_names_or_word_by_word(
    act: str, typed: str, name: str, fits: bool
) -> None:
    assert Protected(act, name).try_name(typed) is fits


class Protected:
    """A protected person whose number is asked about, for a new case or in an act on identity."""

    def __init__(self, act: str, name: str = NAME) -> None:
        self.who = person(name=name)
        Person.objects.update(protection=Protection.CONFIDENTIALITY_MARK)
        self.asker = worker(name="Anna Lindqvist")
        self.client = browser(self.asker)
        self.act = act
        self.case_id = f.new_case(self.asker, person_id=person(RESERVE)) if act != "create" else None
        self.ask()

    def ask(self) -> None:
        if self.case_id is None:
            ask(self.client)
        else:
            identity_pages.ask(self.client, self.act, self.case_id, OLD)

    def post(self, typed: str):
        if self.case_id is None:
            return create(self.client, typed)
        return identity_pages.ask(self.client, self.act, self.case_id, OLD, name=typed)

    def try_name(self, typed: str) -> bool:
        """Whether the name is taken: the case is made, or the act may be confirmed."""
        answer = self.post(typed)
        return answer.status_code == 302 or "seen" in answer.context


@pytest.mark.requirement("L-04", "L-12", "V-23")
@pytest.mark.parametrize("act", ["create", "link_number", "correct_number"])
def test_wrong_names_of_a_protected_person_are_counted_and_always_reviewed(act: str) -> None:
    begun, limit = clock.now(), MOST_MISSES
    wanted = Protected(act)
    for _turn in range(limit - 1):
        assert "stämmer inte med den" in wanted.post("Anna Ek").content.decode()
    closed = wanted.post("Anna Ek").content.decode()
    assert "Fråga om numret igen" in closed
    assert "Skyddad identitet" not in closed
    tried = [entry for entry in always_reviewed(since=begun) if entry.result == Result.REFUSED]
    assert [(entry.person_id, entry.user_id) for entry in tried] == limit * [
        (wanted.who, wanted.asker.user_id)
    ]
    asked = questions().filter(person_id=wanted.who)
    assert asked.count() == 1
    wanted.post(NAME)
    assert asked.count() == 2, "the next one is a question of its own"
    limit_to(2)
    for _turn in range(limit):
        wanted.post("Anna Ek")
    assert "gränsen" in wanted.post(NAME).content.decode()


@pytest.mark.requirement("L-04", "L-12")
def test_a_name_that_is_not_written_is_no_miss() -> None:
    wanted = Protected("create")
    for _turn in range(MOST_MISSES + 1):
        wanted.post("")
    assert wanted.try_name("Karl-Erik Wallin")


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
    assert [entry.person_id for entry in questions()] == [None, old]
    assert "Ester Exempel" in ask(asker, "19240909-9054").content.decode()
    assert "Ingen med det här numret" in ask(asker, f"20{'240909-9054'}").content.decode()
    assert questions().count() == 2


@pytest.mark.requirement("L-12", "V-23")
@pytest.mark.parametrize("likely_asked", [True, False])
@pytest.mark.parametrize("limit", [1, 2])
def test_past_the_limit_and_without_right_no_other_century_is_looked_for(
    asker: Client, likely_asked: bool, limit: int
) -> None:
    limit_to(limit)
    answers = []
    for known in (False, True):
        if known:
            person("19240909-9054", "Ester Exempel")
        client = browser(worker())
        ask(client, f"20{EARLIER[2:]}" if likely_asked else OLD)
        if limit > 1 and likely_asked:
            ask(client, OLD)
        answers.append(ask(client, "240909-9054"))
        assert "19240909" not in answers[-1].content.decode()
        assert "gränsen" in answers[-1].content.decode()
    assert len({_without_what_was_typed(page.content.decode(), "") for page in answers}) == 1
    page = ask(browser(worker(initiates=False)), "240909-9054").content.decode()
    assert "19240909" not in page
    assert not questions().filter(person_id=Person.objects.get(name="Ester Exempel").pk).exists()


@pytest.mark.requirement("L-01", "V-22")
def test_a_coordination_number_without_month_has_an_unknown_age(asker: Client) -> None:
    assert "Ålder okänd" in ask(asker, "191500722390").content.decode()
    create(asker, NAME, "191500722390")
    page = asker.get(reverse("sip:case", args=[Case.objects.get().pk]), follow=True).content.decode()
    assert "Ålder okänd" in page
