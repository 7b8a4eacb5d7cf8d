"""Requests that reach a real server at the same moment: what each user sees, and what stands in the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from samordna.audit.models import Entry
from samordna.audit.states import Action, Result
from samordna.cases.models import Case, ExistenceQuestion
from samordna.cases.states import CaseStatus
from samordna.documents.models import DocumentVersion
from samordna.documents.queries import signed_content
from samordna.documents.states import VersionStatus
from samordna.kernel import clock
from samordna.messaging.models import Delivery, Message
from samordna.messaging.states import Answer, MessageStatus
from samordna.notifications.commands import choose_events
from samordna.notifications.models import OutboxItem
from samordna.organisations.commands import change_setting
from samordna.people.models import PersonIdentifier
from samordna.sip.events import EVENTS
from samordna.sip.information import commands as information
from samordna.sip.information.text import InformationText
from samordna.sip.models import Goal, PlanContent
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from tests.journeys.steps import county as c
from tests.journeys.steps import states
from tests.journeys.steps.county import Place, settle
from tests.process.browsers import Browser, Post, together
from tests.process.invariants import Memory, check_all
from tests.support.database import Databases
from tests.support.server import serving
from tests.support.size import LONG

# As said in test_races.py.
pytestmark = [pytest.mark.race, pytest.mark.once("postgresql")]
# As many as ever post at once here; production has at least two.
WORKERS = 4
ROUNDS = 25 if LONG else 3
CHANCE = Random(11)
# What a database says when two have met that should have waited for each other.
MET = ("locked", "deadlock", "could not serialize", "Traceback")
Browsers = dict[str, Browser]


@pytest.fixture(scope="module")
def place(
    databases: Databases, migrated_database: str, servers_folder: Any, django_db_blocker: Any
) -> Iterator[Place]:
    """The journeys' county on a server of this module's own; at the end all that must always hold does."""
    with serving(databases, migrated_database, servers_folder, workers=WORKERS) as server:
        place = settle(server, django_db_blocker)
        yield place
        with place.inside():
            check_all(Memory())


@pytest.fixture(scope="module")
def users(place: Place) -> Browsers:
    """Anna and Bertil at home care, David at the health centre, Frida at the hospital, Cecilia at social services."""
    county = place.county
    found = {name: getattr(county, name) for name in ("anna", "bertil", "cecilia", "david", "frida")}
    return {name: Browser(place.server.url).log_in(one.user.username) for name, one in found.items()}


@pytest.fixture(autouse=True)
def nobody_meets_the_database(place: Place, server_said: Callable[[], str]) -> Iterator[None]:
    yield
    assert "duplicate key" not in server_said(), server_said()
    log = place.server.log()
    assert not [word for word in MET if word in log], log[-4_000:]


def url(name: str, *args: object) -> str:
    return reverse(f"sip:{name}", args=args)


def shuffled(*posts: Post) -> list[Post]:
    """Who comes first is left to chance as well."""
    return CHANCE.sample(posts, len(posts))


@contextmanager
def counting(place: Place, case_id: UUID, action: Action) -> Iterator[list[int]]:
    """How many entries of this kind the block adds to the case's log."""
    counted: list[int] = []
    before = _count(place, case_id, action)
    yield counted
    counted.append(_count(place, case_id, action) - before)


def _count(place: Place, case_id: UUID, action: Action) -> int:
    with place.inside():
        return Entry.objects.filter(case_id=case_id, action=action, result=Result.DONE).count()


# --- Two who want the same ------------------------------------------------------------------------------------------


@pytest.mark.requirement("V-23")
def test_three_units_create_a_case_for_one_new_person(place: Place, users: Browsers) -> None:
    """One gets it. The others are told that there is one, and by whom."""
    units = {"anna": c.HOME_CARE, "david": c.HEALTH_CENTRE, "frida": c.HOSPITAL}
    for _ in range(ROUNDS):
        number = place.unused_number()
        posts = [confirmed(users[who], number, f"Skrivet av {who}") for who in units]
        answers = together(*shuffled(*posts))
        assert [answer.done for answer in answers].count(True) == 1
        with place.inside():
            person_id = PersonIdentifier.objects.get(value=number).person_id
            case = Case.objects.get(person_id=person_id, status=CaseStatus.ACTIVE)
            assert Case.objects.filter(person_id=person_id).count() == 1
        for answer in answers:
            assert answer.done or answer.sees("pågående SIP"), answer.page.text
        assert str(case.pk) in next(answer.location for answer in answers if answer.done)


def confirmed(browser: Browser, number: str, name: str) -> Post:
    """*Nytt ärende* up to *Skapa ärende*, which is not pressed yet."""
    asked = together(browser.fill(url("new"), identifier=number))[0]
    return browser.fill_page(asked.page, url("create"), name=name)


@pytest.mark.requirement("V-53")
def test_two_editors_of_one_goal(place: Place, users: Browsers) -> None:
    """The first one's text stands; the second sees both, and finds the own text again afterwards."""
    case_id = states.bring(place, "Tove Tävlan", *states.SIGNED, states.EDIT_PLAN)
    goal = goals_of(place, case_id)[0]
    address = url("goal", case_id, goal.lineage)
    for turn in range(ROUNDS):
        # One word each, which a comparison of the two leaves whole.
        said = {who: f"Skrivet-av-{who}-{turn}" for who in ("anna", "david")}
        posts = {who: users[who].fill(address, text=text, act="save") for who, text in said.items()}
        order = shuffled(*posts.values())
        answers = dict(zip(order_of(posts, order), together(*order), strict=True))
        winner = next(who for who, answer in answers.items() if answer.done)
        loser = next(who for who in answers if who != winner)
        assert answers[loser].status == 409
        assert answers[loser].sees(said[winner], said[loser], "Min", "Deras"), answers[loser].page.text
        kept = goals_of(place, case_id)[0]
        assert (kept.text, kept.version) == (said[winner], goal.version + 1)
        # The tab may be closed meanwhile: the own text is there again, and what is chosen now stands.
        again = users[loser].fill(address, act="resolve", text_choice="mine")
        assert together(again)[0].done
        goal = goals_of(place, case_id)[0]
        assert goal.text == said[loser]


def order_of(posts: dict[str, Post], order: list[Post]) -> list[str]:
    return [next(who for who, one in posts.items() if one is post) for post in order]


@pytest.mark.requirement("V-53")
def test_three_editors_of_three_fields_of_one_passage(place: Place, users: Browsers) -> None:
    """Nobody disputes anything, so all three changes stand, whoever came last."""
    case_id = states.bring(place, "Tina Tävlan", *states.SIGNED, states.EDIT_PLAN)
    address = url("law", case_id)
    for turn in range(ROUNDS):
        before = law_of(place, case_id)
        day = before.met_on - timedelta(days=1) if before.met_on else clock.today(clock.now())
        answers = together(
            *shuffled(
                users["anna"].fill(address, needs=f"Behövs {turn}", act="save"),
                users["david"].fill(address, others_do=f"Andra {turn}", act="save"),
                users["cecilia"].fill(address, met_on=day.isoformat(), act="save"),
            )
        )
        assert [answer.page.text for answer in answers if not answer.done] == []
        kept = law_of(place, case_id)
        assert (kept.needs, kept.others_do, kept.met_on) == (f"Behövs {turn}", f"Andra {turn}", day)
        assert kept.version == before.version + 3


def law_of(place: Place, case_id: UUID) -> PlanContent:
    with place.inside():
        return PlanContent.objects.get(edition__document__case_id=case_id, edition__status=VersionStatus.OPEN)


@pytest.mark.requirement("V-53")
def test_two_editors_of_two_goals(place: Place, users: Browsers) -> None:
    """They never meet: both are saved, and each sees the other's."""
    case_id = states.bring(place, "Tore Tävlan", *states.SIGNED, states.EDIT_PLAN)
    for turn in range(ROUNDS):
        said = {who: f"Det {who} skrev, gång {turn}" for who in ("anna", "david")}
        posts = [
            users[who].fill(url("goal", case_id, goal.lineage), text=text, act="save")
            for (who, text), goal in zip(said.items(), goals_of(place, case_id), strict=True)
        ]
        assert all(answer.done for answer in together(*shuffled(*posts)))
        assert [goal.text for goal in goals_of(place, case_id)] == list(said.values())


def goals_of(place: Place, case_id: UUID) -> list[Goal]:
    """Of the open edition."""
    with place.inside():
        rows = Goal.objects.filter(
            edition__document__case_id=case_id, edition__status=VersionStatus.OPEN, removed_at=None
        )
        return list(rows.order_by("position"))


@pytest.mark.requirement("L-07")
def test_what_is_saved_is_not_kept_as_unsaved_too(place: Place, users: Browsers) -> None:
    """Leaving the text for the button keeps it as unsaved and saves it at the same moment."""
    case_id = states.bring(place, "Tyra Text", *states.SIGNED, states.EDIT_PLAN)
    david, plan = users["david"], url("part", case_id, "plan")
    for turn in range(ROUNDS):
        text = f"Nytt mål {turn}"
        save = david.fill(url("goal_new", case_id), text=text, act="save")
        keep = Post(david, reverse("drafts:save"), save.fields)
        order = shuffled(save, keep)
        answers = together(*order)
        assert (answers[order.index(save)].done, answers[order.index(keep)].status) == (True, 200)
        assert text in [goal.text for goal in goals_of(place, case_id)]
        assert "Du har text som inte är sparad" not in david.open(plan).text
        assert text not in david.open(url("goal_new", case_id)).values()


# --- Two who want what shuts the other out ----------------------------------------------------------------------------


@pytest.mark.requirement("V-53", "V-54")
def test_locking_against_editing(place: Place, users: Browsers) -> None:
    """The coordinator locks while another presses *Redigera*: one of them is told why not, never both do."""
    for turn in range(ROUNDS):
        case_id = states.bring(place, f"Lotta Lås {turn}", *states.SIGNED)
        lock = users["anna"].fill(url("lock", case_id))
        edit = users["david"].fill(url("part", case_id, "plan"), url("edit", case_id))
        order = shuffled(lock, edit)
        answers = together(*order)
        locked, opened = answers[order.index(lock)], answers[order.index(edit)]
        with place.inside():
            document = f.facts_of(case_id).standing(Part.PLAN)
            assert (document.locked_version is None) != (document.open_version is None)
        if document.locked_version:
            assert locked.done
            assert opened.sees("låst"), opened.page.text
            assert not any(form.action == url("sign", case_id) for form in opened.page.forms)
        else:
            assert not locked.done
            assert locked.sees("öppen för redigering"), locked.page.text


@pytest.mark.requirement("V-53")
def test_signing_against_saving(place: Place, users: Browsers) -> None:
    """What is signed is what was read: a goal saved meanwhile is in the next edition or stops the signing."""
    for turn in range(ROUNDS):
        case_id = states.bring(place, f"Signe Signerar {turn}", *states.SIGNED, states.EDIT_PLAN)
        goal = goals_of(place, case_id)[0]
        sign = users["anna"].fill(url("sign", case_id))
        text = f"Skrivet medan Anna signerade, {turn}"
        save = users["david"].fill(url("goal", case_id, goal.lineage), text=text, act="save")
        order = shuffled(sign, save)
        answers = together(*order)
        signed, saved = answers[order.index(sign)], answers[order.index(save)]
        # Not both, since what Anna signs is what she has read; and one of them always can.
        assert signed.done != saved.done
        with place.inside():
            version = DocumentVersion.objects.filter(document__case_id=case_id, status=VersionStatus.SIGNED)
            contents = [str(signed_content(pk)) for pk in version.values_list("pk", flat=True)]
        assert not any(text in content for content in contents)
        if saved.done:
            assert signed.sees(text), signed.page.text
        else:
            assert saved.sees("Planen är signerad", "Det du skrev finns kvar", text), saved.page.text
            assert not saved.sees("ska signera planen"), "the page tells of before and after"


@pytest.mark.requirement("V-33", "V-95")
def test_accepting_against_voiding(place: Place, users: Browsers) -> None:
    """In one of the two orders: accepted and then voided, or voided so that there is nothing to accept."""
    for turn in range(ROUNDS):
        case_id = states.bring(place, f"Vendel Voidad {turn}", states.initiative_sent)
        with place.inside():
            message_id = states.latest(case_id, Part.INITIATIVE)
        accept = users["david"].fill(
            url("part", case_id, "initiative"), url("answer", case_id, message_id), answer="ACCEPTED"
        )
        void = users["anna"].fill(url("void_message", case_id, message_id), reason=states.REASON)
        order = shuffled(accept, void)
        answers = together(*order)
        accepted, voided = answers[order.index(accept)], answers[order.index(void)]
        assert voided.done
        with place.inside():
            assert Message.objects.get(pk=message_id).status == MessageStatus.VOIDED
            delivery = Delivery.objects.get(message_id=message_id, unit=place.county.health_centre)
        assert (delivery.answer == Answer.ACCEPTED) == accepted.done
        assert accepted.done or accepted.sees("makulera"), accepted.page.text


# --- The same thing twice -------------------------------------------------------------------------------------------


@pytest.mark.requirement("V-31")
def test_two_colleagues_send_one_draft(place: Place, users: Browsers) -> None:
    """Each at her own computer: it is delivered once, told once, and the other is told that it has been sent."""
    for turn in range(ROUNDS):
        case_id = states.bring(place, f"Sven Sändning {turn}", *states.ACCEPTED, information_drafted)
        address = url("check", case_id, "information")
        with place.inside() as county:
            for unit in (county.health_centre, county.social):
                choose_events(unit_id=unit.pk, wanted=EVENTS, of=EVENTS)
        with counting(place, case_id, Action.MESSAGE_SENT) as counted:
            answers = together(*shuffled(users["anna"].fill(address), users["bertil"].fill(address)))
        assert counted == [1]
        assert_sent_once(place, case_id)
        assert [answer.sees("Meddelandet är skickat till") for answer in answers].count(True) == 1
        loser = next(answer for answer in answers if not answer.sees("Meddelandet är skickat till"))
        assert loser.sees("redan"), loser.page.text


def information_drafted(county: f.County, case_id: UUID) -> None:
    information.save_information(
        actor=f.actor(county.anna),
        case_id=case_id,
        message_id=None,
        version=0,
        chosen=f.to_units(county.health_centre, county.social),
        text=InformationText("Passar torsdag klockan 13?"),
        at=clock.now(),
    )


def assert_sent_once(place: Place, case_id: UUID) -> None:
    with place.inside() as county:
        message = Message.objects.get(case_id=case_id, kind=Part.INFORMATION)
        assert message.status == MessageStatus.SENT
        units = Delivery.objects.filter(message=message).values_list("unit_id", flat=True)
        assert sorted(units) == sorted([county.health_centre.pk, county.social.pk])
        assert OutboxItem.objects.filter(key__contains=str(message.pk)).count() == len(units)


@dataclass(frozen=True)
class DoubleClick:
    """A form in a case, who posts it, and the one line of the log that it leads to."""

    steps: tuple[states.Step, ...]
    who: str
    action: Action
    fill: Callable[[Browser, UUID, Callable[[Part], UUID]], Post]


DOUBLE_CLICKS = {
    "send": DoubleClick(
        (*states.ACCEPTED, information_drafted),
        "anna",
        Action.MESSAGE_SENT,
        lambda browser, case_id, _latest: browser.fill(url("check", case_id, "information")),
    ),
    "accept": DoubleClick(
        (states.initiative_sent,),
        "david",
        Action.MESSAGE_ACCEPTED,
        lambda browser, case_id, latest: browser.fill(
            url("part", case_id, "initiative"),
            url("answer", case_id, latest(Part.INITIATIVE)),
            answer="ACCEPTED",
        ),
    ),
    "void": DoubleClick(
        (states.initiative_sent,),
        "anna",
        Action.MESSAGE_VOIDED,
        lambda browser, case_id, latest: browser.fill(
            url("void_message", case_id, latest(Part.INITIATIVE)), reason=states.REASON
        ),
    ),
    "goal": DoubleClick(
        (*states.SIGNED, states.EDIT_PLAN),
        "david",
        Action.DOCUMENT_EDITED,
        lambda browser, case_id, _latest: browser.fill(
            url("goal_new", case_id), text="Jag vill dansa", act="save"
        ),
    ),
    "edit": DoubleClick(
        states.SIGNED,
        "david",
        Action.DOCUMENT_REOPENED,
        lambda browser, case_id, _latest: browser.fill(url("part", case_id, "plan"), url("edit", case_id)),
    ),
    "sign": DoubleClick(
        (*states.SIGNED, states.EDIT_PLAN),
        "david",
        Action.DOCUMENT_SIGNED,
        lambda browser, case_id, _latest: browser.fill(url("sign", case_id)),
    ),
    "lock": DoubleClick(
        states.SIGNED,
        "anna",
        Action.DOCUMENT_LOCKED,
        lambda browser, case_id, _latest: browser.fill(url("lock", case_id)),
    ),
}


@pytest.mark.parametrize("name", DOUBLE_CLICKS)
def test_a_double_click(name: str, place: Place, users: Browsers) -> None:
    """Thrice the same form: it acts once, and every answer leads to the same page, which says that it is done."""
    double = DOUBLE_CLICKS[name]
    for turn in range(ROUNDS):
        case_id = states.bring(place, f"Dubbel {name} {turn}", *double.steps)
        with place.inside():
            post = double.fill(users[double.who], case_id, partial(states.latest, case_id))
        with counting(place, case_id, double.action) as counted:
            answers = together(post, post, post)
        assert counted == [1]
        assert all(answer.done for answer in answers), [answer.page.text for answer in answers]
        assert len({answer.location for answer in answers}) == 1


@pytest.mark.requirement("V-23")
def test_a_double_click_makes_one_case(place: Place, users: Browsers) -> None:
    for _ in range(ROUNDS):
        number = place.unused_number()
        post = confirmed(users["anna"], number, "Disa Dubbel")
        answers = together(post, post, post)
        assert {(answer.done, answer.location) for answer in answers} == {(True, answers[0].location)}
        with place.inside():
            person_id = PersonIdentifier.objects.get(value=number).person_id
            assert Case.objects.filter(person_id=person_id).count() == 1


@pytest.mark.requirement("V-23", "L-12")
def test_many_look_ups_at_once_by_a_faulty_form_show_as_many_persons_as_the_limit_and_log_each(
    place: Place, users: Browsers
) -> None:
    """An attacker who posts the form that makes a case, with a fault in it, at all workers at once."""
    with place.inside():
        frida = place.county.frida.user_id
        before = ExistenceQuestion.objects.filter(user_id=frida).count()
        _limit(before + 10)
        by, first = f.actor(place.county.anna), date(1995, 1, 1)
        names = {f.made_up_number(first + timedelta(days=n)): f"Sökta Person{n:02}" for n in range(24)}
        known = {f.new_person(by, number=number, name=name) for number, name in names.items()}
    try:
        page, shown, numbers = users["frida"].open(url("new")), 0, list(names)
        fault = {"name": "x" * 200}
        for start in range(0, 24, WORKERS):
            answers = together(
                *(
                    replace(
                        users["frida"].fill_page(page, url("new"), identifier=number, **fault),
                        address=url("create"),
                    )
                    for number in numbers[start : start + WORKERS]
                )
            )
            shown += sum(answer.sees("Sökta Person") for answer in answers)
    finally:
        with place.inside():
            _limit(30)
    assert shown == 10
    with place.inside():
        asked = Entry.objects.filter(
            action=Action.CASE_EXISTENCE_ASKED, user_id=place.county.frida.user_id, person_id__in=known
        )
        assert asked.count() == 10


def _limit(questions: int) -> None:
    change_setting(
        actor=None,
        department_id=None,
        key="existence_questions_per_hour",
        value=questions,
        at=clock.now(),
    )
