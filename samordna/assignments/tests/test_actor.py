"""The actor of a request, colleagues and system roles, as the other rooms ask for them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from samordna.assignments import queries
from samordna.assignments.queries import Visit
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.tests.factories import (
    AppointedRightFactory,
    AssignmentFactory,
    ModuleRightFactory,
    PrincipalFactory,
    SystemRoleGrantFactory,
    UnitFactory,
    actor_for_assignment,
    set_right,
    worker,
)
from samordna.kernel.clock import today
from samordna.kernel.module import Module, Rights

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def visit(assignment):
    return Visit(user_id=assignment.user_id, login_method="password", session_id="s", request_id="r")


def test_the_actor_is_read_in_one_statement(county, django_assert_num_queries):
    with django_assert_num_queries(1):
        actor = queries.actor_for(visit(county.anna), county.anna.pk, AT)
    assert actor.signature_line == "Anna Lindqvist, enhetschef, Hemtjänsten Norr"
    assert (actor.department_name, actor.principal_name) == (
        "Vård- och omsorgsförvaltningen",
        "Exempelköpings kommun",
    )
    assert (actor.rights(Module.SIP), actor.system_roles) == (
        Rights(may_initiate=True, may_answer=True),
        frozenset(),
    )


def test_nobody_acts_with_somebody_elses_assignment(county):
    assert queries.actor_for(visit(county.anna), county.head.pk, AT) is None


@pytest.mark.parametrize(
    ("starts", "ends", "valid"),
    [
        (0, None, True),
        (0, 0, True),
        (-9, 1, True),
        (1, None, False),
        (-9, -1, False),
    ],
)
def test_an_assignment_counts_from_its_first_day_through_its_last(county, starts, ends, valid):
    assignment = AssignmentFactory(
        unit=county.north,
        starts_on=TODAY + timedelta(days=starts),
        ends_on=None if ends is None else TODAY + timedelta(days=ends),
    )
    assert (queries.actor_for(visit(assignment), assignment.pk, AT) is not None) == valid
    assert queries.assignment_is_valid(assignment.pk, AT) == valid
    assert (
        assignment.pk in {person.assignment_id for person in queries.people_of_unit(county.north.pk, AT)}
    ) == valid


@pytest.mark.requirement("K-04")
@pytest.mark.parametrize(
    ("initiates", "answers"), [(True, True), (True, False), (False, True), (False, False)]
)
def test_rights_follow_the_profession_at_the_units_department(county, initiates, answers):
    set_right(county.anna, initiates=initiates, answers=answers)
    actor = actor_for_assignment(county.anna, AT)
    assert actor.rights(Module.SIP) == Rights(may_initiate=initiates, may_answer=answers)
    assert actor.rights(Module.SIP).has_any == may_use(county.anna) == (initiates or answers)


def test_what_one_department_has_chosen_does_not_hold_at_another(county):
    ModuleRightFactory(department=county.care, profession=Profession.TEACHER)
    ModuleRightFactory(department=county.school, profession=Profession.TEACHER, module=Module.SPU)
    assert not may_use(county.teacher)


def test_somebody_appointed_by_name_has_the_right_at_that_unit_only(county):
    other = AssignmentFactory(user=county.teacher.user, unit=county.south, profession=Profession.TEACHER)
    AppointedRightFactory(assignment=county.teacher, may_initiate=True, may_answer=False)
    actor = actor_for_assignment(county.teacher, AT)
    assert actor.rights(Module.SIP) == Rights(may_initiate=True)
    assert not actor_for_assignment(other, AT).rights(Module.SIP).has_any


def test_a_unit_without_a_department_follows_its_principal():
    unit = UnitFactory(parent=PrincipalFactory(), name="Rosenhälsan")
    actor = actor_for_assignment(worker(unit), AT)
    assert actor.department_id == actor.principal_id == unit.principal_id
    assert actor.rights(Module.SIP).may_initiate


test_a_unit_without_a_department_follows_its_principal = pytest.mark.django_db(
    test_a_unit_without_a_department_follows_its_principal
)


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize(
    ("place", "at_north", "at_south"),
    [
        ("north", True, False),
        ("elderly", True, False),
        ("care", True, True),
        ("school", False, False),
    ],
)
def test_a_system_role_holds_at_the_place_and_all_below_it(county, place, at_north, at_south):
    user = county.anna.user
    south = AssignmentFactory(user=user, unit=county.south)
    SystemRoleGrantFactory(user=user, organisation=getattr(county, place), role=SystemRole.SUPERUSER)
    assert ("SUPERUSER" in actor_for_assignment(county.anna, AT).system_roles) == at_north
    assert ("SUPERUSER" in actor_for_assignment(south, AT).system_roles) == at_south
    assert ("SUPERUSER" in queries.system_roles_over(user.pk, county.north.pk, AT)) == at_north
    assert ("SUPERUSER" in queries.system_roles_over(user.pk, county.south.pk, AT)) == at_south


@pytest.mark.requirement("K-05")
def test_a_system_role_counts_only_during_its_time(county):
    for starts, ends in ((TODAY + timedelta(days=1), None), (date(2020, 1, 1), TODAY - timedelta(days=1))):
        SystemRoleGrantFactory(
            user=county.anna.user, organisation=county.care, starts_on=starts, ends_on=ends
        )
    assert actor_for_assignment(county.anna, AT).system_roles == frozenset()


def test_people_of_a_unit_stand_in_swedish_order(county, django_assert_num_queries):
    for name in ("Östen", "Åke", "Zara", "Ärla"):
        AssignmentFactory(unit=county.south, user__name=name)
    AssignmentFactory(unit=county.south, user__name="Borta", user__is_active=False)
    with django_assert_num_queries(1):
        names = [person.name for person in queries.people_of_unit(county.south.pk, AT)]
    assert names == ["Zara", "Åke", "Ärla", "Östen"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("anna", ["Anna Lindqvist"]),
        ("lind ANN", ["Anna Lindqvist"]),
        ("åsa", ["Åsa Rektor"]),
        ("asa", []),
        ("lärare", []),
        ("%", []),
        ("", ["Anna Lindqvist", "Åsa Rektor"]),
    ],
)
def test_colleagues_are_found_by_name_among_those_who_may_use_sip(county, text, found):
    assert [person.name for person in queries.find_colleagues(text, AT, module=Module.SIP)] == found


@pytest.mark.requirement("L-04")
def test_a_protected_colleagues_contacts_are_left_out(county):
    county.anna.user.protected = True
    county.anna.user.save()
    shown = queries.colleague(county.anna.pk, AT)
    assert (shown.name, shown.phone, shown.email) == ("Anna Lindqvist", "", "")


def test_an_ended_assignment_still_says_who_it_was_but_gives_no_right(county):
    county.anna.ends_on = TODAY - timedelta(days=1)
    county.anna.save()
    assert (
        queries.colleague(county.anna.pk, AT).signature_line == "Anna Lindqvist, enhetschef, Hemtjänsten Norr"
    )
    assert not queries.colleague(county.anna.pk, AT).rights(Module.SIP).has_any
    assert queries.colleague(county.head.pk, AT).rights(Module.SIP).has_any
    assert queries.colleague(0, AT) is None
    assert set(queries.colleagues([county.anna.pk, county.head.pk])) == {county.anna.pk, county.head.pk}


def may_use(assignment, module=Module.SIP):
    return queries.using_on(module, today(AT)).filter(pk=assignment.pk).exists()


@pytest.mark.parametrize(
    ("column", "held"),
    [
        ("may_initiate", Rights(may_initiate=True)),
        ("may_answer", Rights(may_answer=True)),
        ("may_decide", Rights(may_decide=True)),
    ],
)
@pytest.mark.parametrize("by_name", [True, False])
def test_each_right_of_a_module_is_held_by_itself_and_in_no_other_module(county, column, held, by_name):
    columns = {"may_initiate": False, "may_answer": False, column: True}
    if by_name:
        AppointedRightFactory(assignment=county.teacher, module=Module.SPU, **columns)
    else:
        ModuleRightFactory(
            department=county.school, profession=Profession.TEACHER, module=Module.SPU, **columns
        )
    actor, colleague = actor_for_assignment(county.teacher, AT), queries.colleague(county.teacher.pk, AT)
    for who in (actor, colleague):
        assert (who.rights(Module.SPU), who.rights(Module.SIP)) == (held, Rights())
    assert may_use(county.teacher, Module.SPU)
    assert not may_use(county.teacher, Module.SIP)
    (unit,) = queries.own_units(county.teacher.user_id, AT)
    assert unit.modules == {Module.SPU}
