"""The doors to a case: who comes in by which, and what is told to whom outside (L-02, L-04, V-23)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import AssignmentFactory, SystemRoleGrantFactory, set_right
from samordna.cases import commands, queries
from samordna.cases.models import Case, NamedReader
from samordna.cases.states import Access, CaseStatus, EndReason, LeftReason
from samordna.cases.tests.conftest import facts
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible
from samordna.people.models import Person
from samordna.people.states import Protection
from samordna.sip.tests import factories as f

FULL, INVITED, INFORMED = Access.FULL, Access.INVITED, Access.INFORMED


def open_(actor, case_id):
    return queries.open_case(actor, case_id, Module.SIP)


def admit(case_id, unit, access=FULL):
    commands.admit_units(case=facts(case_id), units={unit.pk: unit.name}, access=access, at=clock.now())


def leave(case_id, unit):
    commands.end_participation(case_id=case_id, unit_id=unit.pk, reason=LeftReason.REMOVED, at=clock.now())


def end(case_id, by):
    commands.end_case(
        case_id=case_id, status=CaseStatus.ENDED, reason=EndReason.MOVED, comment="", actor=by, at=clock.now()
    )


def protect(case_id, level=Protection.CONFIDENTIALITY_MARK):
    Person.objects.filter(pk=facts(case_id).person_id).update(protection=level)


def name(case_id, assignment):
    commands.name_reader(
        case_id=case_id,
        unit_id=assignment.unit_id,
        user_id=assignment.user_id,
        name=assignment.user.name,
        at=clock.now(),
    )


@pytest.mark.requirement("L-02")
@pytest.mark.parametrize("access", [FULL, INVITED, INFORMED])
def test_a_unit_that_takes_or_took_part_comes_in(case_id, county, who, access):
    with pytest.raises(NotVisible):
        open_(who.cecilia, case_id)
    admit(case_id, county.social, access)
    assert open_(who.cecilia, case_id).id == case_id
    leave(case_id, county.social)
    assert open_(who.cecilia, case_id).id == case_id


def test_nobody_comes_in_to_a_case_that_is_not(who):
    with pytest.raises(NotVisible):
        open_(who.anna, uuid4())
    with pytest.raises(NotVisible):
        queries.open_case_for_naming(who.anna, uuid4(), Module.SIP)
    assert queries.readers_named_at(who.anna, uuid4(), Module.SIP) == ()


def test_nobody_comes_in_without_a_right_in_the_module(case_id, county):
    set_right(county.anna, initiates=False, answers=False)
    anna = f.actor(county.anna)
    with pytest.raises(NotVisible):
        open_(anna, case_id)
    set_right(county.anna, initiates=False, answers=True)
    assert open_(f.actor(county.anna), case_id).id == case_id


@pytest.mark.requirement("L-04")
def test_a_protected_persons_case_opens_for_those_named_at_their_unit(case_id, county, who):
    NamedReader.objects.update(until_at=clock.now())
    admit(case_id, county.social)
    protect(case_id)
    name(case_id, county.bertil)
    assert open_(who.bertil, case_id).protected
    for other in (who.anna, who.cecilia):
        with pytest.raises(NotVisible):
            open_(other, case_id)


@pytest.mark.requirement("L-04")
def test_somebody_may_take_a_protected_case_on_where_nobody_is_named(case_id, county, who):
    NamedReader.objects.update(until_at=clock.now())
    admit(case_id, county.social)
    with pytest.raises(NotVisible):
        queries.open_case_for_naming(who.anna, case_id, Module.SIP)
    protect(case_id)
    assert queries.open_case_for_naming(who.anna, case_id, Module.SIP).id == case_id
    assert queries.open_case_for_naming(who.anna, case_id, Module.SIP, lock=True).id == case_id
    name(case_id, county.cecilia)
    assert queries.open_case_for_naming(who.anna, case_id, Module.SIP).id == case_id
    for refused in (who.cecilia, who.david):
        with pytest.raises(NotVisible):
            queries.open_case_for_naming(refused, case_id, Module.SIP)
    leave(case_id, county.social)
    with pytest.raises(NotVisible):
        queries.open_case_for_naming(who.cecilia, case_id, Module.SIP)


@pytest.mark.requirement("L-04")
def test_who_may_not_answer_takes_no_case_on(case_id, county):
    NamedReader.objects.update(until_at=clock.now())
    protect(case_id)
    set_right(county.anna, initiates=True, answers=False)
    with pytest.raises(NotVisible):
        queries.open_case_for_naming(f.actor(county.anna), case_id, Module.SIP)


@pytest.mark.requirement("L-04")
def test_a_colleague_is_told_who_at_the_own_unit_may_open_the_case(case_id, county, who):
    NamedReader.objects.update(until_at=clock.now())
    admit(case_id, county.social)
    for one in (county.olle, county.bertil, county.cecilia):
        name(case_id, one)
    other = f.new_case(county.anna)
    name(other, county.anna)
    assert queries.readers_named_at(who.anna, case_id, Module.SIP) == ()
    protect(case_id)
    assert queries.readers_named_at(who.anna, case_id, Module.SIP) == ("Bertil Ek", "Olle Strand")
    assert queries.readers_named_at(who.cecilia, case_id, Module.SIP) == ("Cecilia Berg",)
    assert queries.readers_named_at(who.david, case_id, Module.SIP) == ()
    NamedReader.objects.filter(user=county.olle.user).update(until_at=clock.now())
    assert queries.readers_named_at(who.anna, case_id, Module.SIP) == ("Bertil Ek",)
    set_right(county.anna, initiates=False, answers=False)
    assert queries.readers_named_at(f.actor(county.anna), case_id, Module.SIP) == ()


@pytest.mark.requirement("V-23")
def test_the_existence_door_tells_of_the_active_case_and_its_unit(case_id, county, who):
    found = facts(case_id)
    county.home_care.phone = "0150-570 00"
    county.home_care.save()
    f.new_case(county.david)
    there = queries.active_case_of(found.person_id, Module.SIP)
    assert (
        there.case_id,
        there.person_id,
        there.created_unit_name,
        there.created_unit_phone,
        there.protected,
    ) == (
        case_id,
        found.person_id,
        "Hemtjänsten Norr",
        "0150-570 00",
        False,
    )
    protect(case_id)
    assert queries.active_case_of(found.person_id, Module.SIP).protected
    assert queries.active_case_of(found.person_id, Module.SPU) is None
    assert queries.active_case_of(uuid4(), Module.SIP) is None
    end(case_id, who.anna)
    assert queries.active_case_of(found.person_id, Module.SIP) is None


def holder(assignment, role=SystemRole.ADMINISTRATOR, place=None):
    SystemRoleGrantFactory(user=assignment.user, role=role, organisation=place or assignment.unit.department)
    return f.actor(assignment)


def gone(assignment):
    Assignment.objects.filter(pk=assignment.pk).update(ends_on=clock.today(clock.now()) - timedelta(days=1))


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize("role", [SystemRole.ADMINISTRATOR, SystemRole.SUPERUSER])
def test_who_names_coordinators_is_shown_the_envelopes_of_those_lost(case_id, county, who, role):
    admit(case_id, county.social)
    admit(case_id, county.hospital, INVITED)
    admit(case_id, county.psychiatry)
    leave(case_id, county.psychiatry)
    second = f.new_case(county.anna)
    olle, eva = holder(county.olle, role), holder(county.eva, role)
    at = clock.now()
    assert queries.envelopes_without_coordinator(olle, Module.SIP, at) == ()
    gone(county.anna)
    envelopes = queries.envelopes_without_coordinator(olle, Module.SIP, at)
    assert [(one.case_id, one.person_id, one.number) for one in envelopes] == [
        (one, facts(one).person_id, facts(one).number) for one in (case_id, second)
    ]
    assert {one.lost_coordinator for one in envelopes} == {"Anna Lindqvist, Hemtjänsten Norr"}
    assert [one.unit_names for one in envelopes] == [("Hemtjänsten Norr", "IFO Vuxen"), ("Hemtjänsten Norr",)]
    # Neither a unit that is only invited nor one that has left shows them, nor a role of another kind.
    assert queries.envelopes_without_coordinator(eva, Module.SIP, at) == ()
    assert queries.envelopes_without_coordinator(who.bertil, Module.SIP, at) == ()
    reviewer = holder(county.bertil, SystemRole.SYSTEM_MANAGER)
    assert queries.envelopes_without_coordinator(reviewer, Module.SIP, at) == ()
    end(second, who.anna)
    assert [one.case_id for one in queries.envelopes_without_coordinator(olle, Module.SIP, at)] == [case_id]


def test_a_coordinator_who_was_followed_by_another_is_not_lost(case_id, county, who):
    from samordna.assignments.queries import colleague  # noqa: PLC0415

    at = clock.now()
    commands.change_coordinator(case_id=case_id, to=colleague(county.bertil.pk, at), actor=who.anna, at=at)
    gone(county.anna)
    assert queries.envelopes_without_coordinator(holder(county.olle), Module.SIP, at) == ()


ROLES = (SystemRole.ADMINISTRATOR,)


@pytest.mark.requirement("L-04")
def test_an_envelope_is_shown_to_who_may_lower_a_protection_of_a_unit_in_the_case(case_id, county, who):
    admit(case_id, county.social)
    admit(case_id, county.hospital, INVITED)
    number = facts(case_id).number
    olle = holder(county.olle)
    envelope = queries.envelope_for_protection(olle, ROLES, case_id, Module.SIP)
    assert (envelope.case_id, envelope.person_id, envelope.number) == (
        case_id,
        facts(case_id).person_id,
        number,
    )
    assert (envelope.lost_coordinator, envelope.unit_names) == ("", ("Hemtjänsten Norr", "IFO Vuxen"))
    assert queries.case_numbered_for_protection(olle, ROLES, number, Module.SIP) == case_id
    other = f.new_case(county.david)
    for actor, roles, wanted in (
        (olle, ROLES, other),
        (olle, (SystemRole.SUPERUSER,), case_id),
        (holder(county.frida), ROLES, case_id),
        (who.anna, ROLES, case_id),
    ):
        with pytest.raises(NotVisible):
            queries.envelope_for_protection(actor, roles, wanted, Module.SIP)
        assert queries.case_numbered_for_protection(actor, roles, facts(wanted).number, Module.SIP) is None
    leave(case_id, county.home_care)
    with pytest.raises(NotVisible):
        queries.envelope_for_protection(olle, ROLES, case_id, Module.SIP)


@pytest.mark.requirement("L-04")
def test_what_is_said_of_a_person_is_said_where_her_case_goes_on(case_id, county, who):
    olle = holder(county.olle)
    end(case_id, who.anna)
    assert queries.envelope_for_protection(olle, ROLES, case_id, Module.SIP).case_id == case_id
    f.new_case(county.anna)
    assert queries.envelope_for_protection(olle, ROLES, case_id, Module.SIP).case_id == case_id
    f.new_case(county.david, person_id=facts(case_id).person_id)
    with pytest.raises(NotVisible):
        queries.envelope_for_protection(olle, ROLES, case_id, Module.SIP)


def test_a_case_of_another_module_does_not_hide_it(case_id, county, who):
    olle = holder(county.olle)
    end(case_id, who.anna)
    other = f.new_case(county.david, person_id=facts(case_id).person_id)
    Case.objects.filter(pk=other).update(module=Module.SPU)
    assert queries.envelope_for_protection(olle, ROLES, case_id, Module.SIP).case_id == case_id


def test_colleagues_of_a_case_have_a_right_at_a_unit_in_the_whole_of_it(case_id, county):
    admit(case_id, county.social)
    admit(case_id, county.hospital, INVITED)
    admit(case_id, county.psychiatry)
    leave(case_id, county.psychiatry)
    admit(f.new_case(county.david), county.insurance)
    AssignmentFactory(unit=county.social, profession="TEACHER", user__name="Utan rätt")
    found = queries.colleagues_of_case(case_id, Module.SIP, clock.now())
    assert [one.name for one in found] == ["Anna Lindqvist", "Bertil Ek", "Olle Strand", "Cecilia Berg"]


def test_ongoing_cases_hang_on_their_coordinator_and_handlers(case_id, county, who):
    handled = f.new_case(county.david)
    admit(handled, county.home_care)
    ended, left = f.new_case(county.anna), f.new_case(county.david)
    for one in (handled, left):
        commands.name_handler(
            case_id=one,
            unit_id=county.home_care.pk,
            assignment_id=county.anna.pk,
            name="Anna",
            at=clock.now(),
        )
    commands.name_handler(
        case_id=left, unit_id=county.home_care.pk, assignment_id=None, name="", at=clock.now()
    )
    end(ended, who.anna)
    assert queries.cases_hanging_on(county.anna.pk, Module.SIP) == tuple(sorted({case_id, handled}))
    assert queries.cases_hanging_on(county.bertil.pk, Module.SIP) == ()


def test_numbers_are_told_of_the_cases_asked_for(case_id, county):
    other = f.new_case(county.david)
    f.new_case(county.david)
    assert queries.case_numbers([case_id, other], Module.SIP) == {
        one: facts(one).number for one in (case_id, other)
    }
    assert queries.case_numbers([], Module.SIP) == {}


def test_a_case_that_is_rebuilt_is_asked_for_by_the_system_alone(case_id):
    found, _rows = queries.case_for_rebuild_with(queries._ALONE, case_id, Module.SIP, lock=True)
    assert found.id == case_id
    with pytest.raises(NotVisible):
        queries.case_for_rebuild_with(queries._ALONE, uuid4(), Module.SIP)


# --- What is read of a case ------------------------------------------------------------------------------------------


def test_who_acts_now_is_read_as_she_is_called_now(case_id, county):
    admit(case_id, county.social)
    leave(case_id, county.social)
    for unit in (county.home_care, county.social):
        unit.name += " nu"
        unit.phone = "0150-570 00"
        unit.save()
    user = county.anna.user
    user.name, user.phone = "Anna Berg", "070-174 06 05"
    user.save()
    found = facts(case_id)
    one = found.coordinator
    assert (one.assignment_id, one.user_id, one.name, one.phone) == (
        county.anna.pk,
        user.pk,
        "Anna Berg",
        "070-174 06 05",
    )
    assert (one.unit_id, one.unit_name, one.valid) == (county.home_care.pk, "Hemtjänsten Norr nu", True)
    assert [p.unit_name for p in found.participations] == ["Hemtjänsten Norr nu", "IFO Vuxen"]
    (handler,) = found.handlers
    assert (handler.unit_id, handler.assignment_id, handler.user_id, handler.name, handler.valid) == (
        county.home_care.pk,
        county.anna.pk,
        user.pk,
        "Anna Berg",
        True,
    )
    user.phone = ""
    user.save()
    assert facts(case_id).coordinator.phone == "0150-570 00"
    user.phone, user.protected = "070-174 06 05", True
    user.save()
    assert facts(case_id).coordinator.phone == "0150-570 00"


def test_who_may_use_the_module_no_more_coordinates_and_watches_no_more(case_id, county):
    set_right(county.anna, initiates=False, answers=False)
    found = facts(case_id)
    assert (found.coordinator.valid, found.handlers[0].valid) == (False, False)
    set_right(county.anna, initiates=True, answers=False)
    gone(county.anna)
    found = facts(case_id)
    assert (found.coordinator.valid, found.handlers[0].valid) == (False, False)


def test_units_are_read_with_their_place_their_end_and_whom_they_knew(case_id, county):
    admit(case_id, county.social, INFORMED)
    county.home_care.closed_on = date(2026, 1, 1)
    county.home_care.save()
    here, there = facts(case_id).participations
    assert (here.unit_closed, there.unit_closed) == (True, False)
    assert {
        county.home_care.pk,
        county.home_care.department_id,
        county.home_care.principal_id,
    } <= here.lies_within
    assert None not in here.lies_within
    assert here.known is None
    assert (there.known.person_id, there.known.name) == (facts(case_id).person_id, "Karl-Erik Wallin")
    assert there.known.number == facts(case_id).person_number
    assert (here.left_reason, there.access) == (None, INFORMED)
    leave(case_id, county.social)
    assert facts(case_id).participations[1].left_reason == LeftReason.REMOVED


def test_the_person_is_read_by_her_number_of_today(county, who):
    number = f.made_up_number(date(1980, 5, 5))
    case_id = f.new_case(county.anna, person_id=f.new_person(who.anna, number=number))
    found = facts(case_id)
    assert (found.person_number, found.born) == (number, date(1980, 5, 5))
    assert (found.protected, found.protection_changed_at, found.named_readers) == (False, None, ())


def test_named_readers_are_read_of_a_protected_person_while_they_work_at_the_unit(case_id, county):
    NamedReader.objects.update(until_at=clock.now())
    name(case_id, county.bertil)
    name(case_id, county.olle)
    assert facts(case_id).named_readers == ()
    protect(case_id)
    here = county.home_care.pk
    assert set(facts(case_id).named_readers) == {(here, county.bertil.user_id), (here, county.olle.user_id)}
    gone(county.olle)
    assert facts(case_id).named_readers == ((here, county.bertil.user_id),)
    AssignmentFactory(user=county.olle.user, unit=county.social)
    assert facts(case_id).named_readers == ((here, county.bertil.user_id),)


def test_what_was_logged_last_in_the_case_is_read_with_it(case_id, county):
    from samordna.audit.models import Entry  # noqa: PLC0415

    f.new_case(county.david)
    last = Entry.objects.filter(case_id=case_id).order_by("-id").first()
    assert facts(case_id).last_logged_at == last.at
