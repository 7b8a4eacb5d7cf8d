"""Two users at the same moment, each with a connection of its own: one wins, nothing is lost, all still holds."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.http import HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import reverse

from samordna.accounts.commands import change_user, create_user
from samordna.accounts.queries import UserDetails
from samordna.assignments.commands.rights import set_right
from samordna.assignments.models import ModuleRight
from samordna.assignments.queries.rights import RightLine
from samordna.assignments.states import Profession
from samordna.audit.commands import seal
from samordna.audit.models import Entry
from samordna.audit.queries import verify
from samordna.audit.states import Action
from samordna.cases.models import Case, CaseCounter, ExistenceQuestion
from samordna.cases.states import CaseStatus
from samordna.cases.tests.discharges import new_discharge
from samordna.casework.case.commands.new_case import ask_for_case
from samordna.casework.messages.commands import answering, voiding
from samordna.documents.states import VersionStatus
from samordna.kernel import clock
from samordna.kernel.identifiers import parse
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refused
from samordna.messaging.commands import Reply
from samordna.messaging.models import Delivery, Message
from samordna.messaging.states import Answer, MessageStatus
from samordna.notifications.commands import choose_events
from samordna.notifications.queries import events_wanted
from samordna.organisations.commands import add_place, change_setting, keep_file
from samordna.organisations.models import IncomingFile, Organisation, Setting
from samordna.organisations.rules import Place
from samordna.organisations.states import CareKind, Level
from samordna.people.commands import find_or_create_person
from samordna.people.states import NameSource
from samordna.sip.events import EVENTS
from samordna.sip.initiative import commands as initiative
from samordna.sip.models import Goal
from samordna.sip.plan.commands import goals, plan
from samordna.sip.plan.commands.goals import GoalText, Responsible
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.web.receipts import once
from tests.process import acts
from tests.process.invariants import Memory, check_all
from tests.support.size import LONG

# A row is held on PostgreSQL alone: only there a lock that was left out shows. On SQLite a transaction has the one
# write lock from its beginning; that acts wait for it is proved by test_order_of_acts.py and test_database_away.py.
pytestmark = [pytest.mark.race, pytest.mark.once("postgresql"), pytest.mark.usefixtures("committed_db")]
ROUNDS = 50 if LONG else 2
CHANCE = Random(7)
Together = Callable[..., list[Any]]


@pytest.fixture(autouse=True)
def the_server_names_nobody(server_said: Callable[[], str]) -> Iterator[None]:
    """A race that ends as an error stands in the database server's own log, with the values of the row."""
    yield
    said = server_said()
    assert "duplicate key" not in said, said
    assert "DETAIL" not in said, said


@pytest.fixture
def county(committed_db: str) -> f.County:
    return f.county()


def refused(results: list[Any]) -> int:
    """How many were refused. Any other exception is a fault."""
    faults = [
        result for result in results if isinstance(result, Exception) and not isinstance(result, Refused)
    ]
    assert not faults, faults
    return sum(isinstance(result, Refused) for result in results)


def written_plan(county: f.County) -> UUID:
    """A plan with all that the lock wants, in its first open edition, written by Anna."""
    case_id = f.summoned_case(county)
    anna = f.actor(county.anna)
    acts.begin_plan(anna, case_id, CHANCE, county)
    acts.complete_plan(anna, case_id, CHANCE, county)
    return case_id


def signed_plan(county: f.County) -> UUID:
    case_id = written_plan(county)
    acts.sign_plan(f.actor(county.anna), case_id, CHANCE, county)
    return case_id


@pytest.mark.requirement("V-23")
def test_two_units_create_a_case_for_one_person_and_one_of_them_gets_it(
    county: f.County, in_threads: Together
) -> None:
    for _ in range(ROUNDS):
        person = f.new_person(f.actor(county.anna))
        results = in_threads(
            *(partial(f.new_case, who, person_id=person) for who in (county.anna, county.david, county.eva))
        )
        assert refused(results) == 2
        assert Case.objects.filter(person_id=person, status=CaseStatus.ACTIVE).count() == 1
    check_all(Memory())


@pytest.mark.requirement("V-23", "L-12")
def test_of_many_questions_at_once_exactly_as_many_pass_as_the_limit_says(
    county: f.County, in_threads: Together
) -> None:
    change_setting(
        actor=None, department_id=None, key="existence_questions_per_hour", value=10, at=clock.now()
    )
    anna, days = f.actor(county.anna), (date(1985, 1, 1) + timedelta(days=n) for n in range(24))
    results = in_threads(*(partial(_ask, anna, f.made_up_number(day)) for day in days))
    assert refused(results) == 14
    assert Entry.objects.filter(action=Action.CASE_EXISTENCE_ASKED).count() == 10


def _ask(who: Any, number: str) -> object:
    return ask_for_case(process=SIP, actor=who, identifier=parse(number), at=clock.now())


@pytest.mark.requirement("V-23", "L-12")
def test_one_question_asked_many_times_at_once_is_counted_and_logged_once(
    county: f.County, in_threads: Together
) -> None:
    f.new_person(f.actor(county.anna), number="19410110-6393")
    results = in_threads(*[partial(_ask, f.actor(county.anna), "19410110-6393")] * 8)
    assert refused(results) == 0
    assert ExistenceQuestion.objects.count() == 1
    assert Entry.objects.filter(action=Action.CASE_EXISTENCE_ASKED).count() == 1


@pytest.mark.requirement("V-53")
def test_two_editors_of_one_goal_the_second_is_told_and_nothing_is_overwritten(
    county: f.County, in_threads: Together
) -> None:
    case_id = signed_plan(county)
    anna, david = f.actor(county.anna), f.actor(county.david)
    acts.edit_plan(anna, case_id, CHANCE, county)
    for turn in range(ROUNDS):
        goal = Goal.objects.get(edition__status=VersionStatus.OPEN)
        results = in_threads(
            *(
                partial(_save, who, case_id, goal, text)
                for who, text in ((anna, f"A{turn}"), (david, f"D{turn}"))
            )
        )
        assert refused(results) == 1
        kept = Goal.objects.get(pk=goal.pk)
        winner = "A" if not isinstance(results[0], Exception) else "D"
        assert (kept.text, kept.version) == (f"{winner}{turn}", goal.version + 1)


def _save(who: Any, case_id: UUID, goal: Goal, text: str) -> object:
    return goals.save_goal(
        actor=who,
        case_id=case_id,
        lineage=goal.lineage,
        version=goal.version,
        goal=GoalText(goal.heading, text, Responsible(as_before=True)),
        at=clock.now(),
    )


@pytest.mark.requirement("V-53")
def test_two_editors_of_two_goals_both_keep_what_they_wrote(county: f.County, in_threads: Together) -> None:
    case_id = signed_plan(county)
    anna, david = f.actor(county.anna), f.actor(county.david)
    acts.edit_plan(anna, case_id, CHANCE, county)
    acts.write_goal(anna, case_id, CHANCE, county)
    for turn in range(ROUNDS):
        first, second = Goal.objects.filter(edition__status=VersionStatus.OPEN).order_by("position")
        results = in_threads(
            lambda first=first, turn=turn: _save(anna, case_id, first, f"A{turn}"),
            lambda second=second, turn=turn: _save(david, case_id, second, f"D{turn}"),
        )
        assert refused(results) == 0
        assert {Goal.objects.get(pk=first.pk).text, Goal.objects.get(pk=second.pk).text} == {
            f"A{turn}",
            f"D{turn}",
        }


@pytest.mark.requirement("V-53", "V-54")
def test_locking_while_another_opens_an_edition_never_leaves_both(
    county: f.County, in_threads: Together
) -> None:
    for _ in range(ROUNDS):
        case_id = signed_plan(county)
        results = in_threads(
            lambda case_id=case_id: acts.lock_plan(f.actor(county.anna), case_id, CHANCE, county),
            lambda case_id=case_id: acts.edit_plan(f.actor(county.david), case_id, CHANCE, county),
        )
        assert refused(results) == 1
        document = f.facts_of(case_id).standing(Part.PLAN)
        assert document is not None
        assert (document.locked_version is None) != (document.open_version is None)
    check_all(Memory())


@pytest.mark.requirement("V-33", "V-95")
def test_accepting_while_the_coordinator_voids_ends_in_one_of_the_two_orders(
    county: f.County, in_threads: Together
) -> None:
    for _ in range(ROUNDS):
        case_id, message_id = f.sent_initiative(county, county.health_centre)
        results = in_threads(
            lambda case_id=case_id, message_id=message_id: f.answer(
                case_id, message_id, county.david, Answer.ACCEPTED
            ),
            lambda case_id=case_id, message_id=message_id: voiding.void_message(
                process=SIP,
                actor=f.actor(county.anna),
                case_id=case_id,
                message_id=message_id,
                reason="Fel",
                at=clock.now(),
            ),
        )
        assert refused(results) <= 1
        assert Message.objects.get(pk=message_id).status == MessageStatus.VOIDED
        answered = Delivery.objects.get(message_id=message_id).answer == Answer.ACCEPTED
        assert answered == (not isinstance(results[0], Exception))
    check_all(Memory())


@pytest.mark.requirement("V-41")
def test_two_colleagues_acknowledge_and_the_unit_has_answered_once(
    county: f.County, in_threads: Together
) -> None:
    for _ in range(ROUNDS):
        case_id = f.accepted_case(county)
        message_id = f.send_a_summons(case_id, county.david, [county.home_care])
        results = in_threads(
            *(
                lambda who=who, case_id=case_id, message_id=message_id: answering.answer_message(
                    process=SIP,
                    actor=f.actor(who),
                    case_id=case_id,
                    message_id=message_id,
                    reply=Reply(Answer.ACKNOWLEDGED),
                    at=clock.now(),
                )
                for who in (county.anna, county.bertil)
            )
        )
        assert refused(results) == 1
        assert (
            Entry.objects.filter(action=Action.MESSAGE_ACKNOWLEDGED, object_id=str(message_id)).count() == 1
        )


@pytest.mark.requirement("V-31")
def test_a_draft_sent_twice_at_once_is_delivered_once(county: f.County, in_threads: Together) -> None:
    for _ in range(ROUNDS):
        case_id = f.new_case(county.anna)
        anna = f.actor(county.anna)
        draft = initiative.save_initiative(
            actor=anna, case_id=case_id, message_id=None, version=0, chosen=f.to_units(county.health_centre),
            text=f.INITIATIVE, at=clock.now(),
        )  # fmt: skip
        send = partial(
            initiative.send_initiative,
            actor=anna,
            case_id=case_id,
            message_id=draft,
            version=1,
            consent=f.CONSENT,
            at=clock.now(),
        )
        assert refused(in_threads(send, send)) == 1
        assert Delivery.objects.filter(message_id=draft).count() == 1


@pytest.mark.requirement("V-54")
def test_two_locks_at_once_lock_once(county: f.County, in_threads: Together) -> None:
    for _ in range(ROUNDS):
        case_id = signed_plan(county)
        document = f.facts_of(case_id).standing(Part.PLAN)
        assert document is not None
        assert document.valid_version is not None
        version_id = document.valid_version.id
        lock = partial(
            plan.lock_plan,
            actor=f.actor(county.anna),
            case_id=case_id,
            version_id=version_id,
            at=clock.now(),
        )
        assert refused(in_threads(lock, lock)) == 1
        locked = Entry.objects.filter(action=Action.DOCUMENT_LOCKED, case_id=case_id)
        assert locked.count() == 1
    check_all(Memory())


# --- What may exist once, and is wanted by several at once -----------------------------------------------------------

WANTED = 6


def test_one_new_number_asked_for_by_many_is_one_person(county: f.County, in_threads: Together) -> None:
    identifier = parse(f.made_up_number(date(1979, 9, 9)))
    anna = f.actor(county.anna)
    results = in_threads(
        *[
            partial(
                find_or_create_person, actor=anna, identifier=identifier, name="Kanariefors Karlsson",
                name_source=NameSource.TYPED, at=clock.now(),
            )
            for _ in range(WANTED)
        ]
    )  # fmt: skip
    assert refused(results) == 0
    assert len({found.id for found in results}) == 1
    assert [found.created for found in results].count(True) == 1


def test_one_user_name_given_by_many_is_given_once(county: f.County, in_threads: Together) -> None:
    make = partial(
        create_user, actor=None, username="KANARIE", details=UserDetails(name="Kanariefors Karlsson"),
        hashed=None, at=clock.now(),
    )  # fmt: skip
    assert refused(in_threads(*[make] * WANTED)) == WANTED - 1


@pytest.mark.requirement("V-11", "K-13")
def test_a_double_click_of_what_is_kept_once_keeps_it_once(county: f.County, in_threads: Together) -> None:
    """A file chosen and notices chosen carry no receipt; the one that comes last stands, and nobody meets an error."""
    anna, unit = f.actor(county.anna), county.home_care.pk
    for turn in range(ROUNDS):
        content, at = f"fil {turn}".encode(), clock.now()
        keep = partial(keep_file, actor=anna, kind="users", content=content, at=at)
        choose = partial(choose_events, unit_id=unit, wanted=EVENTS[turn:], of=EVENTS)
        assert refused(in_threads(*[keep] * 3, *[choose] * 3)) == 0
        assert bytes(IncomingFile.objects.get(user_id=anna.user_id).content) == content
        assert events_wanted(unit, EVENTS) == list(EVENTS[turn:])


@pytest.mark.requirement("K-13")
@pytest.mark.parametrize("same", ["name", "hsa_id"])
def test_one_place_added_by_many_is_added_once(county: f.County, in_threads: Together, same: str) -> None:
    for turn in range(ROUNDS):
        names = [f"Enhet {turn}"] * 3 if same == "name" else [f"Enhet {turn} {letter}" for letter in "abc"]
        hsa_ids = ["", "", ""] if same == "name" else [f"SE2321000016-{turn:04d}"] * 3
        parents = [county.home_care.department, county.social.department, county.hospital.department]
        add = [
            partial(
                add_place,
                actor=None,
                parent_id=(parents[0] if same == "name" else parent).pk,
                place=Place(Level.UNIT, name, hsa_id=hsa_id, care_kind=CareKind.PRIMARY_CARE),
                at=clock.now(),
            )
            for name, hsa_id, parent in zip(names, hsa_ids, parents, strict=True)
        ]
        assert refused(in_threads(*add)) == 2
        assert Organisation.objects.filter(name__in=names).count() == 1


def test_users_changed_while_a_file_of_users_comes_in_wait_for_each_other(
    county: f.County, in_threads: Together
) -> None:
    """Each holds a user whom the other wants: whoever gives names stands in line before anybody's row is held."""
    for turn in range(ROUNDS):
        people = [county.anna, county.bertil, county.cecilia]
        change = [partial(_rename_all, people[n:] + people[:n], f"Ny {turn} {n}") for n in range(len(people))]
        assert refused(in_threads(*change)) == 0


def _rename_all(people: list[Any], name: str) -> None:
    with transaction.atomic():
        for who in people:
            change_user(actor=None, user_id=who.user_id, details=UserDetails(name=name), at=clock.now())


def test_one_form_posted_by_many_tabs_is_acted_upon_once(county: f.County, in_threads: Together) -> None:
    key, acted = uuid4(), []

    def post() -> int:
        request = RequestFactory().post("/", {"form_key": str(key)})
        request.actor = f.actor(county.anna)  # type: ignore[attr-defined]
        return once(request, lambda: acted.append(1) or HttpResponseRedirect("/done/")).status_code

    assert in_threads(*[post] * WANTED) == [302] * WANTED
    assert acted == [1]


def test_one_user_name_tried_by_many_at_once(county: f.County, in_threads: Together) -> None:
    """Failed log-ins are counted per user name, in rows of which there is one."""

    def fail() -> int:
        form = {"username": county.anna.user.username, "password": "fel"}
        return Client().post(reverse("accounts:login"), form).status_code

    assert set(in_threads(*[fail] * WANTED)) <= {200, 429}


def test_one_setting_chosen_by_many_is_kept_once(county: f.County, in_threads: Together) -> None:
    Setting.objects.all().delete()
    line = RightLine(Profession.NURSE, may_initiate=True, may_answer=True)
    department = county.home_care.parent_id
    ModuleRight.objects.filter(department_id=department).delete()
    assert refused(in_threads(*[partial(_set_right, department, line)] * WANTED)) == 0
    assert ModuleRight.objects.filter(department_id=department, profession=line.profession).count() == 1


@transaction.atomic
def _set_right(department_id: int, line: RightLine) -> None:
    set_right(department_id=department_id, module=Module.SIP, line=line)


def test_two_who_seal_at_once_seal_once(county: f.County, in_threads: Together) -> None:
    f.new_case(county.anna)
    in_threads(*[partial(seal, at=clock.now())] * WANTED)
    assert list(verify()) == []


def test_the_first_cases_of_a_year_get_numbers_of_their_own(county: f.County, in_threads: Together) -> None:
    """Whatever their modules."""
    CaseCounter.objects.all().delete()
    persons = [f.new_person(f.actor(county.anna)) for _ in range(WANTED)]
    makers = [f.new_case, new_discharge]
    acts_at_once = [partial(makers[n % 2], county.anna, person_id=one) for n, one in enumerate(persons)]
    results = in_threads(*acts_at_once)
    assert refused(results) == 0
    assert Case.objects.values("number").distinct().count() == WANTED
    assert CaseCounter.objects.get().last == WANTED
