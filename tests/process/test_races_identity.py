"""Two who say at the same moment who somebody is: one of them does, nobody is lost, and nobody has two SIPs (L-12)."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Event
from time import monotonic
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from samordna.cases.asking import MOST_MISSES
from samordna.cases.consent import ConsentChoice, record_consent
from samordna.cases.models import Case, Consent, JoinRequest
from samordna.cases.states import (
    CaseStatus,
    ConsentForm,
    ConsentGiver,
    ConsentScope,
    Guardians,
    JoinStatus,
)
from samordna.casework.case.commands.identity import ask_about_number, change_identity
from samordna.casework.case.commands.joining import confirm_join
from samordna.casework.case.commands.naming import try_name
from samordna.casework.case.commands.new_case import ask_for_case, create_case
from samordna.casework.case.commands.pairs import pair_of
from samordna.casework.case.commands.undoing import undo_identity
from samordna.casework.consent.commands import lapse_outgrown_consents
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Kind, parse
from samordna.kernel.refusal import Refused
from samordna.people import identity
from samordna.people.models import Person, PersonIdentifier
from samordna.people.states import IdentityKind, Protection
from samordna.sip.evaluation.commands import void_evaluation
from samordna.sip.process import SIP
from samordna.sip.queries import hold_sip
from samordna.sip.tests import factories as f
from samordna.sip.tests import identities, stages
from tests.process.invariants import Memory, check_all
from tests.support.size import LONG
from tests.support.threads import PATIENCE

# As said in test_races.py.
pytestmark = [pytest.mark.race, pytest.mark.once("postgresql"), pytest.mark.usefixtures("committed_db")]
ROUNDS = 20 if LONG else 2
Together = Callable[..., list[Any]]


@pytest.fixture
def county(committed_db: str) -> f.County:
    return f.county()


def refused(results: list[Any]) -> int:
    """How many were refused. Any other exception is a fault."""
    faults = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert not faults, faults
    return sum(isinstance(one, Refused) for one in results)


def reserve(turn: int, place: int) -> str:
    return f"20260101K{turn:02}{place}"


def lasting(turn: int) -> str:
    return f.made_up_number(
        clock.today(clock.now()).replace(year=1977, month=1 + turn % 12, day=3 + turn // 12)
    )


def shown(who: Actor, case_id: UUID, number: str, kind: IdentityKind = IdentityKind.LINKED) -> str:
    return ask_about_number(
        process=SIP,
        actor=who,
        case_id=case_id,
        kind=kind,
        identifier=parse(number),
        name="Gun Ek",
        at=clock.now(),
    ).seen


def link(
    who: Actor, case_id: UUID, number: str, seen: str, kind: IdentityKind = IdentityKind.LINKED
) -> object:
    return change_identity(
        process=SIP,
        actor=who,
        case_id=case_id,
        kind=kind,
        identifier=parse(number),
        name="Gun Ek",
        reason="Fel siffra",
        seen=seen,
        at=clock.now(),
    )


def no_person_has_two_active_sips_or_none_of_her_numbers() -> None:
    active = Case.objects.filter(status=CaseStatus.ACTIVE).values_list("person_id", flat=True)
    assert len(active) == len(set(active))
    for person in Person.objects.filter(merged_into=None):
        assert person.identifiers.filter(replaced_at=None).count() == 1
    check_all(Memory())


@pytest.mark.requirement("L-12", "L-01")
@pytest.mark.parametrize("kind", [IdentityKind.LINKED, IdentityKind.CORRECTED])
def test_two_give_the_same_number_and_one_of_them_gets_it(
    county: f.County, in_threads: Together, kind: IdentityKind
) -> None:
    people = (county.anna, county.david)
    for turn in range(ROUNDS):
        number, acts = lasting(turn), []
        for place, who in enumerate(people):
            actor = f.actor(who)
            case_id = f.new_case(who, person_id=f.new_person(actor, number=reserve(turn, place)))
            acts.append(partial(link, actor, case_id, number, shown(actor, case_id, number, kind), kind))
        assert refused(in_threads(*acts)) == 1
        assert PersonIdentifier.objects.filter(value=number).count() == 1
    no_person_has_two_active_sips_or_none_of_her_numbers()


@pytest.mark.requirement("L-12", "L-01", "V-23")
@pytest.mark.parametrize("known", [True, False])
def test_a_link_meets_a_new_case_on_either_number(
    county: f.County, in_threads: Together, known: bool
) -> None:
    anna, david, eva = (f.actor(who) for who in (county.anna, county.david, county.eva))
    for turn in range(ROUNDS):
        number, old = lasting(turn), reserve(turn, 0)
        case_id = f.new_case(county.anna, person_id=f.new_person(anna, number=old))
        if known:
            f.new_person(eva, number=number)
        seen = shown(anna, case_id, number)
        for asker, one in ((david, number), (eva, old)):
            ask_for_case(process=SIP, actor=asker, identifier=parse(one), at=clock.now())
        results = in_threads(
            partial(link, anna, case_id, number, seen),
            partial(
                create_case,
                process=SIP,
                actor=david,
                identifier=parse(number),
                name="Karl-Erik Wallin",
                at=clock.now(),
            ),
            partial(
                create_case,
                process=SIP,
                actor=eva,
                identifier=parse(old),
                name="Karl-Erik Wallin",
                at=clock.now(),
            ),
        )
        # The old number has a SIP whatever happens; of the two others one comes first.
        assert refused(results) >= 2
        assert isinstance(results[2], Refused)
    no_person_has_two_active_sips_or_none_of_her_numbers()


@pytest.mark.requirement("L-12", "L-01")
@pytest.mark.parametrize("agree", [True, False])
def test_both_coordinators_confirm_at_the_same_moment(
    county: f.County, in_threads: Together, agree: bool
) -> None:
    anna, eva = f.actor(county.anna), f.actor(county.eva)
    for turn in range(ROUNDS):
        mine, other = identities.two_sips(
            county.anna, county.eva, reserve=reserve(turn, 0), number=lasting(turn)
        )
        pair = pair_of(f.facts_of(mine))
        assert pair is not None
        # The older case is proposed.
        wants = (other if agree else mine, other)
        results = in_threads(
            *(
                partial(
                    confirm_join,
                    process=SIP,
                    actor=who,
                    case_id=own,
                    keep_case_id=keep,
                    seen=pair.seen,
                    at=clock.now(),
                )
                for who, own, keep in ((anna, mine, wants[0]), (eva, other, wants[1]))
            )
        )
        # Whoever asked is refused when she comes first; who comes second is asked to look again, or asks the first to.
        assert refused(results) <= 1
        join = JoinRequest.objects.get(case_id=mine)
        if join.status == JoinStatus.AGREED:
            assert agree
            continue
        assert bool(join.agreed_by_name) != bool(join.other_agreed_by_name)
        for who, own in ((anna, mine), (eva, other)):
            again = pair_of(f.facts_of(own))
            assert again is not None
            if not again.join.confirmed_by(own):
                confirm_join(
                    process=SIP,
                    actor=who,
                    case_id=own,
                    keep_case_id=again.join.keep_case_id,
                    seen=again.seen,
                    at=clock.now(),
                )
                break
    ended = Case.objects.filter(status=CaseStatus.ENDED)
    assert ended.count() == ROUNDS
    assert all(case.continued_in_id for case in ended)
    no_person_has_two_active_sips_or_none_of_her_numbers()


@pytest.mark.requirement("L-04", "L-12")
def test_many_names_at_the_same_moment_are_counted_one_by_one(county: f.County, in_threads: Together) -> None:
    anna, identifier = f.actor(county.anna), parse(lasting(0))
    Person.objects.filter(pk=f.new_person(anna, number=identifier.value)).update(
        protection=Protection.FICTITIOUS
    )
    ask_for_case(process=SIP, actor=anna, identifier=identifier, at=clock.now())
    tried = partial(try_name, process=SIP, actor=anna, identifier=identifier, name="Siv Ek", at=clock.now())
    codes = Counter(refusal.code for refusal in in_threads(*[tried] * 12))
    compared = {"person.other_name": MOST_MISSES - 1, "case.names_tried": 1}
    assert codes == compared | {"case.not_confirmed": 12 - MOST_MISSES}


@pytest.mark.requirement("L-12")
def test_an_undo_meets_itself_and_a_new_case(county: f.County, in_threads: Together) -> None:
    anna, david = f.actor(county.anna), f.actor(county.david)
    for turn in range(ROUNDS):
        number, old = lasting(turn), reserve(turn, 0)
        case_id = f.new_case(county.anna, person_id=f.new_person(anna, number=old))
        link(
            anna,
            case_id,
            number,
            shown(anna, case_id, number, IdentityKind.CORRECTED),
            IdentityKind.CORRECTED,
        )
        (change,) = identity.changes_of([case_id])
        ask_for_case(process=SIP, actor=david, identifier=parse(old), at=clock.now())
        undo = partial(
            undo_identity,
            process=SIP,
            actor=anna,
            case_id=case_id,
            change_id=change.id,
            reason="Fel",
            at=clock.now(),
        )
        results = in_threads(
            undo,
            undo,
            partial(
                create_case,
                process=SIP,
                actor=david,
                identifier=parse(old),
                name="Karl-Erik Wallin",
                at=clock.now(),
            ),
        )
        # Either one undo comes first and the old number has its SIP again, or the new SIP does and nothing is undone.
        assert refused(results) == 2
    active = Case.objects.filter(status=CaseStatus.ACTIVE).values_list("person_id", flat=True)
    assert (
        len(active)
        == len(set(active))
        == ROUNDS
        + sum(not one.undone_at for one in identity.changes_of(Case.objects.values_list("pk", flat=True)))
    )
    check_all(Memory())


@pytest.mark.requirement("L-12", "L-01")
@pytest.mark.parametrize("joined", [True, False])
def test_an_act_on_identity_and_an_older_case_that_goes_on_again_wait_for_each_other_in_one_order(
    county: f.County, in_threads: Together, joined: bool
) -> None:
    """The older case is held while the other act runs, and wants the person only when that waits for the case."""
    anna = f.actor(county.anna)
    older = stages.ended_case(county)
    person = Case.objects.get(pk=older).person
    person.identifiers.update(value=reserve(0, 0), kind=Kind.LOCAL_RESERVE)
    mine = f.new_case(county.anna, person_id=person.pk)
    number = lasting(0)
    if joined:
        _mine, other = identities.two_sips(
            county.anna, county.eva, reserve=reserve(0, 0), number=number, asking=mine
        )
        identities.say_yes(other, county.eva, keep=mine)
        act = partial(identities.say_yes, mine, county.anna, keep=mine)
    else:
        f.new_person(f.actor(county.eva), name="Gun Ek", number=number)
        act = partial(link, anna, mine, number, shown(anna, mine, number))

    def go_on_again() -> None:
        with transaction.atomic():
            hold_sip(anna, older, clock.now())
            holds.set()
            wait_until_somebody_waits()
            void_evaluation(actor=anna, case_id=older, reason="Fel", at=clock.now())

    def meanwhile() -> None:
        assert holds.wait(timeout=PATIENCE)
        act()

    holds = Event()
    results = in_threads(go_on_again, meanwhile)
    assert refused(results) == 1
    assert isinstance(results[0], Refused), "the person has another SIP"
    no_person_has_two_active_sips_or_none_of_her_numbers()


@pytest.mark.requirement("L-03", "L-12")
def test_a_consent_is_not_noted_as_ended_when_the_case_is_corrected_meanwhile(
    county: f.County, in_threads: Together
) -> None:
    """The worker has chosen the case and waits for it; then it is about another child."""
    anna, today = f.actor(county.anna), clock.today(clock.now())
    day = min(today.day, 28)
    grown = f.new_person(anna, number=f.made_up_number(today.replace(year=today.year - 18, day=day)))
    case_id = f.new_case(county.anna, person_id=grown)
    child = f.made_up_number(today.replace(year=today.year - 17, day=day))
    consent = ConsentChoice(
        ConsentGiver.GUARDIAN, "Eva Ek", ConsentForm.ORAL, ConsentScope.SIP, guardians=Guardians.BOTH
    )
    record_consent(case=f.facts_of(case_id).case, choice=consent, units=[], actor=anna, at=clock.now())
    seen = shown(anna, case_id, child, IdentityKind.CORRECTED)

    def correct() -> None:
        with transaction.atomic():
            hold_sip(anna, case_id, clock.now())
            holds.set()
            wait_until_somebody_waits()
            link(anna, case_id, child, seen, IdentityKind.CORRECTED)

    def meanwhile() -> int:
        assert holds.wait(timeout=PATIENCE)
        return lapse_outgrown_consents(process=SIP, at=clock.now())

    holds = Event()
    assert in_threads(correct, meanwhile) == [None, 0]
    assert Consent.objects.get().lapsed_at is None
    check_all(Memory())


def wait_until_somebody_waits() -> None:
    """Until another connection to this database waits for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    until = monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while monotonic() < until:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")
