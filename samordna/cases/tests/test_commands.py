"""Writing a case: who takes part, coordinates, watches and reads it, how it ends and moves."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from samordna.assignments.queries import colleague
from samordna.cases import commands
from samordna.cases.models import (
    Case,
    CoordinatorTerm,
    NamedReader,
    Participation,
    PersonCorrection,
    Round,
    UnitHandler,
)
from samordna.cases.states import Access, CaseStatus, EndReason, LeftReason
from samordna.cases.tests.conftest import a_person, facts
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refused, Stale

AT = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
FULL, INVITED, INFORMED = Access.FULL, Access.INVITED, Access.INFORMED


def create(by, person_id=None, at=AT):
    return commands.create_case(actor=by, person_id=person_id or a_person(by), module=Module.SIP, at=at)


def test_a_new_case_is_its_creators_who_coordinates_and_watches_it(who, county):
    person_id = a_person(who.anna)
    case_id = create(who.anna, person_id)
    row = Case.objects.get(pk=case_id)
    assert (row.module, row.person_id, row.status) == ("SIP", person_id, CaseStatus.ACTIVE)
    found = facts(case_id)
    unit = county.home_care
    assert (found.created_at, found.created_by_name, found.created_unit_id, found.created_unit_name) == (
        AT,
        "Anna Lindqvist",
        unit.pk,
        "Hemtjänsten Norr",
    )
    assert row.created_by_id == who.anna.user_id
    assert [(turn.number, turn.started_at) for turn in found.rounds] == [(1, AT)]
    assert Round.objects.get(case_id=case_id).started_by_id == who.anna.user_id
    assert [(p.unit_id, p.unit_name, p.access, p.from_at, p.until_at) for p in found.participations] == [
        (unit.pk, "Hemtjänsten Norr", FULL, AT, None)
    ]
    assert Participation.objects.get(case_id=case_id).unit_name == "Hemtjänsten Norr"
    assert (found.coordinator.assignment_id, found.coordinator.unit_id, found.coordinator.named_at) == (
        county.anna.pk,
        unit.pk,
        AT,
    )
    term = CoordinatorTerm.objects.get(case_id=case_id)
    assert (term.name, term.unit_name, term.named_by_id, term.named_by_name, term.until_at) == (
        "Anna Lindqvist",
        "Hemtjänsten Norr",
        who.anna.user_id,
        "Anna Lindqvist",
        None,
    )
    handler = UnitHandler.objects.get(case_id=case_id)
    assert (handler.unit_id, handler.assignment_id, handler.name, handler.from_at) == (
        unit.pk,
        county.anna.pk,
        "Anna Lindqvist",
        AT,
    )


def test_cases_are_numbered_by_the_swedish_year(who):
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    numbers = [facts(create(by, at=at)).number for by, at in
               ((who.anna, AT), (who.david, AT), (who.eva, new_year), (who.frida, new_year))]  # fmt: skip
    assert [number.rsplit("-", 1)[0] for number in numbers] == [
        "2026-00001",
        "2026-00002",
        "2027-00001",
        "2027-00002",
    ]


@pytest.mark.requirement("V-23")
def test_a_person_has_one_active_case(who):
    person_id = a_person(who.anna)
    first = create(who.anna, person_id)
    with pytest.raises(Refused) as refused:
        create(who.david, person_id)
    assert refused.value.refusal.code == "case.already_active"
    end(first, who.anna)
    second = create(who.david, person_id)
    with pytest.raises(Refused):
        commands.reopen_case(case_id=first)
    end(second, who.david)
    commands.reopen_case(case_id=first)
    assert facts(first).active


def test_a_case_of_another_module_is_no_hindrance(who):
    person_id = a_person(who.anna)
    Case.objects.filter(pk=create(who.anna, person_id)).update(module="SPU")
    case_id = create(who.anna, person_id)
    assert facts(case_id).active
    commands.reopen_case(case_id=case_id)
    assert facts(case_id).active


def end(case_id, by, **changes):
    how = {"status": CaseStatus.ENDED, "reason": EndReason.MOVED, "comment": "Flyttat till Umeå", "at": LATER}
    commands.end_case(case_id=case_id, actor=by, **how | changes)


def test_a_case_is_ended_once_and_goes_on_as_if_it_had_not(who, case_id):
    other = create(who.david)
    end(case_id, who.anna)
    end(case_id, who.david, status=CaseStatus.VOIDED, comment="Igen", at=LATER + timedelta(hours=1))
    found = facts(case_id)
    assert (found.status, found.ended_at, found.ended_by_name) == (CaseStatus.ENDED, LATER, "Anna Lindqvist")
    assert (found.end_reason, found.end_comment) == ("MOVED", "Flyttat till Umeå")
    assert Case.objects.get(pk=case_id).ended_by_id == who.anna.user_id
    assert facts(other).active
    commands.continue_in(case_id=case_id, other_case_id=other)
    assert facts(case_id).continued_in == facts(other).number
    assert facts(other).continued_in == ""
    commands.reopen_case(case_id=case_id)
    again = facts(case_id)
    assert (again.status, again.ended_at, again.ended_by_name, again.end_reason, again.end_comment) == (
        CaseStatus.ACTIVE,
        None,
        "",
        "",
        "",
    )
    assert again.continued_in == ""


def test_units_are_told_of_the_person_when_the_case_ends(who, case_id, county):
    admit(case_id, county.social, INVITED)
    admit(case_id, county.hospital, INFORMED)
    Participation.objects.update(known_person=None, known_name="")
    end(case_id, who.anna)
    assert told(case_id) == {
        county.home_care.pk: "Karl-Erik Wallin",
        county.social.pk: "Karl-Erik Wallin",
        county.hospital.pk: "",
    }


def told(case_id):
    return dict(Participation.objects.filter(case_id=case_id).values_list("unit_id", "known_name"))


def test_a_round_is_begun_and_cancelled_with_the_reason(who, case_id):
    other = create(who.david)
    for one in (case_id, other):
        commands.start_round(case_id=one, number=2, actor=who.bertil, at=LATER)
    commands.start_round(case_id=case_id, number=3, actor=who.bertil, at=LATER)
    begun = Round.objects.get(case_id=case_id, number=2)
    assert (begun.started_at, begun.started_by_id) == (LATER, who.bertil.user_id)
    for reason, by in (("Av misstag", who.anna), ("Igen", who.bertil)):
        commands.cancel_round(case_id=case_id, number=2, reason=reason, actor=by, at=LATER)
    turn = facts(case_id).rounds[1]
    assert (turn.number, turn.cancelled_at, turn.cancelled_by_name, turn.cancel_reason) == (
        2,
        LATER,
        "Anna Lindqvist",
        "Av misstag",
    )
    assert Round.objects.get(case_id=case_id, number=2).cancelled_by_id == who.anna.user_id
    assert [one.cancelled_at for one in facts(case_id).rounds] == [None, LATER, None]
    assert facts(other).rounds[1].cancelled_at is None


@pytest.mark.requirement("V-24")
def test_there_is_one_coordinator_who_is_named_by_somebody(who, case_id, county):
    other = create(who.david)
    to = colleague(county.bertil.pk, LATER)
    commands.change_coordinator(case_id=case_id, to=to, actor=who.anna, at=LATER)
    former, present = CoordinatorTerm.objects.filter(case_id=case_id).order_by("pk")
    assert (former.until_at, present.until_at) == (LATER, None)
    assert (present.assignment_id, present.name, present.unit_id, present.unit_name) == (
        county.bertil.pk,
        "Bertil Ek",
        county.home_care.pk,
        "Hemtjänsten Norr",
    )
    assert (present.named_at, present.named_by_id, present.named_by_name) == (
        LATER,
        who.anna.user_id,
        "Anna Lindqvist",
    )
    commands.change_coordinator(
        case_id=case_id, to=colleague(county.anna.pk, LATER), actor=who.bertil, at=LATER + timedelta(hours=1)
    )
    former.refresh_from_db()
    assert former.until_at == LATER
    assert facts(other).coordinator.assignment_id == county.david.pk


def admit(case_id, unit, access, at=LATER):
    commands.admit_units(case=facts(case_id), units={unit.pk: unit.name}, access=access, at=at)


def periods(case_id, unit):
    rows = Participation.objects.filter(case_id=case_id, unit=unit).order_by("from_at", "pk")
    return [(row.access, row.from_at, row.until_at) for row in rows]


@pytest.mark.requirement("L-02")
@pytest.mark.parametrize(
    ("first", "then", "widened"),
    [
        (INFORMED, INFORMED, False),
        (INFORMED, INVITED, True),
        (INFORMED, FULL, True),
        (INVITED, INFORMED, False),
        (INVITED, INVITED, False),
        (INVITED, FULL, True),
        (FULL, INFORMED, False),
        (FULL, INVITED, False),
        (FULL, FULL, False),
    ],
)
def test_access_is_widened_and_never_narrowed(case_id, county, first, then, widened):
    admit(case_id, county.social, first, AT)
    admit(case_id, county.social, then)
    expected = [(first, AT, LATER), (then, LATER, None)] if widened else [(first, AT, None)]
    assert periods(case_id, county.social) == expected
    assert periods(case_id, county.home_care)[0][2] is None


def test_a_unit_that_left_begins_anew_and_others_are_let_alone(case_id, county, who):
    other = create(who.david)
    for one in (case_id, other):
        admit(one, county.social, INFORMED, AT)
    commands.end_participation(
        case_id=case_id, unit_id=county.social.pk, reason=LeftReason.REMOVED, at=AT + timedelta(minutes=1)
    )
    admit(case_id, county.social, INVITED)
    assert periods(case_id, county.social) == [
        (INFORMED, AT, AT + timedelta(minutes=1)),
        (INVITED, LATER, None),
    ]
    assert periods(other, county.social) == [(INFORMED, AT, None)]
    row = Participation.objects.get(case_id=case_id, unit=county.social, until_at=None)
    assert row.unit_name == "IFO Vuxen"


def test_several_units_are_admitted_at_once_each_by_what_it_has(case_id, county):
    admit(case_id, county.social, INFORMED, AT)
    units = {unit.pk: unit.name for unit in (county.social, county.hospital, county.home_care)}
    commands.admit_units(case=facts(case_id), units=units, access=INVITED, at=LATER)
    assert periods(case_id, county.social)[-1] == (INVITED, LATER, None)
    assert periods(case_id, county.hospital) == [(INVITED, LATER, None)]
    assert len(periods(case_id, county.home_care)) == 1


def test_a_unit_that_is_informed_is_told_of_whom_and_no_other(case_id, county):
    admit(case_id, county.social, INVITED)
    assert told(case_id)[county.social.pk] == ""
    admit(case_id, county.psychiatry, INFORMED)
    Participation.objects.update(known_person=None, known_name="")
    admit(case_id, county.hospital, INFORMED)
    assert told(case_id) == {
        county.home_care.pk: "",
        county.social.pk: "",
        county.psychiatry.pk: "",
        county.hospital.pk: "Karl-Erik Wallin",
    }
    admit(case_id, county.social, INFORMED)
    assert told(case_id)[county.social.pk] == ""


@pytest.mark.requirement("L-02")
def test_a_unit_that_leaves_keeps_whom_it_knew_and_its_readers_end(case_id, county, who):
    other = create(who.david)
    for one in (case_id, other):
        admit(one, county.social, FULL, AT)
        commands.name_reader(
            case_id=one, unit_id=county.social.pk, user_id=who.cecilia.user_id, name="Cecilia Berg", at=AT
        )
    commands.name_reader(
        case_id=case_id, unit_id=county.home_care.pk, user_id=who.anna.user_id, name="Anna Lindqvist", at=AT
    )
    for at in (LATER, LATER + timedelta(hours=1)):
        commands.end_participation(
            case_id=case_id, unit_id=county.social.pk, reason=LeftReason.REMOVED, at=at
        )
    row = Participation.objects.get(case_id=case_id, unit=county.social)
    assert (row.until_at, row.left_reason, row.known_name) == (LATER, "REMOVED", "Karl-Erik Wallin")
    here = Participation.objects.get(case_id=case_id, unit=county.home_care)
    assert (here.until_at, here.known_name) == (None, "")
    ended = NamedReader.objects.filter(until_at=LATER).values_list("case_id", "unit_id")
    assert list(ended) == [(case_id, county.social.pk)]
    assert set(NamedReader.objects.filter(until_at=None).values_list("case_id", "unit_id")) >= {
        (other, county.social.pk),
        (case_id, county.home_care.pk),
    }
    assert periods(other, county.social) == [(FULL, AT, None)]


def test_a_unit_may_leave_without_a_reason_and_an_informed_one_is_not_told_again(case_id, county):
    admit(case_id, county.social, INFORMED)
    Participation.objects.update(known_person=None, known_name="")
    commands.end_participation(case_id=case_id, unit_id=county.social.pk, reason=None, at=LATER)
    row = Participation.objects.get(case_id=case_id, unit=county.social)
    assert (row.left_reason, row.known_name) == ("", "")


@pytest.mark.requirement("V-25")
def test_a_unit_has_one_handler_or_none(case_id, county, who):
    other = create(who.david)
    admit(other, county.home_care, FULL)
    unit = {"unit_id": county.home_care.pk, "at": LATER}
    commands.name_handler(case_id=other, assignment_id=county.anna.pk, name="Anna Lindqvist", **unit)
    commands.name_handler(case_id=case_id, assignment_id=county.bertil.pk, name="Bertil Ek", **unit)
    former, present = UnitHandler.objects.filter(case_id=case_id).order_by("pk")
    assert (former.until_at, present.until_at, present.from_at) == (LATER, None, LATER)
    assert (present.unit_id, present.assignment_id, present.name) == (
        county.home_care.pk,
        county.bertil.pk,
        "Bertil Ek",
    )
    again = LATER + timedelta(hours=1)
    commands.name_handler(case_id=case_id, assignment_id=None, name="", unit_id=county.home_care.pk, at=again)
    assert [row.until_at for row in UnitHandler.objects.filter(case_id=case_id).order_by("pk")] == [
        LATER,
        again,
    ]
    assert facts(case_id).handlers == ()
    assert {handler.unit_id for handler in facts(other).handlers} == {
        county.home_care.pk,
        county.health_centre.pk,
    }


def test_a_reader_is_named_once_and_may_be_named_again(case_id, county, who):
    naming = {"case_id": case_id, "unit_id": county.home_care.pk, "user_id": who.olle.user_id, "name": "Olle"}
    for at in (AT, LATER):
        commands.name_reader(**naming, at=at)
    row = NamedReader.objects.get(user_id=who.olle.user_id)
    assert (row.case_id, row.unit_id, row.user_id, row.name, row.from_at, row.until_at) == (
        case_id,
        county.home_care.pk,
        who.olle.user_id,
        "Olle",
        AT,
        None,
    )
    commands.name_reader(**naming | {"unit_id": county.social.pk}, at=AT)
    NamedReader.objects.update(until_at=LATER)
    commands.name_reader(**naming, at=LATER)
    assert NamedReader.objects.get(until_at=None).from_at == LATER
    assert NamedReader.objects.filter(user_id=who.olle.user_id).count() == 3


@pytest.mark.requirement("L-12")
def test_a_case_is_moved_to_the_right_person_with_the_reason(case_id, who):
    wrong = facts(case_id).person_id
    right = a_person(who.anna, "Rätta Personen")
    commands.correct_person(
        case_id=case_id,
        from_person_id=wrong,
        to_person_id=right,
        reason="Fel siffra",
        actor=who.bertil,
        at=LATER,
    )
    assert facts(case_id).person_id == right
    row = PersonCorrection.objects.get()
    assert (row.case_id, row.from_person_id, row.to_person_id, row.reason) == (
        case_id,
        wrong,
        right,
        "Fel siffra",
    )
    assert (row.corrected_at, row.corrected_by_id, row.corrected_by_name) == (
        LATER,
        who.bertil.user_id,
        "Bertil Ek",
    )


def test_nobody_gets_a_second_active_case_by_a_move(case_id, who):
    wrong, right = facts(case_id).person_id, a_person(who.david)
    taken = create(who.david, right)
    move = {"from_person_id": wrong, "to_person_id": right}
    for act in (
        lambda: commands.correct_person(case_id=case_id, **move, reason="", actor=who.anna, at=LATER),
        lambda: commands.move_cases(**move, held=commands.hold_cases([case_id, taken])),
        lambda: commands.return_cases([case_id], **move),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == "case.already_active"
    assert facts(case_id).person_id == wrong
    assert not PersonCorrection.objects.exists()
    end(case_id, who.anna)
    assert commands.move_cases(**move, held=commands.hold_cases([case_id])) == (case_id,)


def test_cases_are_held_by_id_and_with_all_of_their_persons(case_id, who):
    person_id = facts(case_id).person_id
    end(case_id, who.anna)
    again, other = create(who.anna, person_id), create(who.david)
    assert set(commands.hold_cases([case_id, other])) == {case_id, other}
    assert set(commands.hold_cases([case_id], all_of_their_persons=True)) == {case_id, again}
    assert commands.has_cases(person_id)
    assert not commands.has_cases(UUID(int=0))


@pytest.mark.requirement("L-01")
def test_two_numbers_of_one_person_bring_the_cases_together_and_apart(case_id, county, who):
    one = facts(case_id).person_id
    admit(case_id, county.social, INFORMED)
    other_case = create(who.david)
    admit(other_case, county.social, INFORMED)
    two = a_person(who.anna, "Karl Wallin")
    move = {"from_person_id": one, "to_person_id": two}
    with pytest.raises(Stale):
        commands.move_cases(**move, held=commands.hold_cases([other_case]))
    assert facts(case_id).person_id == one
    assert commands.move_cases(**move, held=commands.hold_cases([case_id, other_case])) == (case_id,)
    assert facts(case_id).person_id == two
    knows = {p.unit_id: p.known and p.known.person_id for p in facts(case_id).participations}
    assert knows == {county.home_care.pk: None, county.social.pk: two}
    untouched = {p.known.person_id for p in facts(other_case).participations if p.known}
    assert untouched == {facts(other_case).person_id}
    back = {"from_person_id": two, "to_person_id": one}
    commands.return_cases([case_id, other_case], **back)
    assert facts(case_id).person_id == one
    assert facts(other_case).person_id not in {one, two}
    assert {p.known.person_id for p in facts(case_id).participations if p.known} == {one}
