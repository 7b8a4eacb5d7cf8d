"""The rows of the worklist: what stands in them, and that they are the case's own."""

from datetime import UTC, datetime, timedelta

import pytest

from samordna.cases import commands, worklist
from samordna.cases.models import UnitCase
from samordna.cases.states import Access, Bucket, LeftReason, StepStatus
from samordna.cases.tests.conftest import facts
from samordna.cases.worklist import FAR_AWAY, NextStep, Row, Symbol
from samordna.people.queries import stored_key
from samordna.sip.tests import factories as f

AT = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
STEP = timedelta(microseconds=1)
TODO, WAITING, LOCKED, NOT_STARTED = (
    StepStatus.TODO,
    StepStatus.WAITING,
    StepStatus.LOCKED,
    StepStatus.NOT_STARTED,
)


@pytest.mark.parametrize(
    ("symbol", "seen"),
    [
        (Symbol(TODO), TODO),
        (Symbol(WAITING), WAITING),
        (Symbol(WAITING, acts_from=AT), TODO),
        (Symbol(TODO, acts_from=AT + STEP), NOT_STARTED),
        (Symbol(LOCKED, acts_from=AT + STEP), LOCKED),
        (Symbol(LOCKED, acts_from=AT - STEP), TODO),
        (Symbol(LOCKED, due_at=AT), LOCKED),
    ],
)
def test_a_part_is_a_task_from_its_moment(symbol, seen):
    assert symbol.seen_at(AT) == seen


@pytest.mark.parametrize(
    ("symbol", "stored"),
    [
        (Symbol(TODO), "TODO"),
        (
            Symbol(LOCKED, AT, AT + STEP),
            ["LOCKED", "2026-05-13T08:00:00+00:00", "2026-05-13T08:00:00.000001+00:00"],
        ),
        (Symbol(WAITING, None, AT), ["WAITING", None, "2026-05-13T08:00:00+00:00"]),
    ],
)
def test_a_symbol_is_read_as_it_was_stored(symbol, stored):
    assert symbol.stored() == stored
    assert Symbol.loaded(stored) == symbol


def test_a_symbol_that_was_stored_before_is_read_too():
    assert Symbol.loaded(["TODO", None, None]) == Symbol(TODO)


@pytest.mark.parametrize(
    ("step", "stored"),
    [
        (NextStep("wait"), {"code": "wait"}),
        (
            NextStep("answer", part="INITIATIVE", count=1, spread=True),
            {"code": "answer", "part": "INITIATIVE", "count": 1, "spread": True},
        ),
    ],
)
def test_of_a_next_step_that_is_stored_which_is_not_as_from_the_start(step, stored):
    assert step.stored() == stored
    assert NextStep(**stored) == step


def row(unit, **changes):
    known = {
        "unit_id": unit.pk, "bucket": Bucket.TODO, "has_draft": True, "acts_from": AT, "due_at": AT + STEP,
        "next_step": NextStep("answer", part="INITIATIVE", unit="IFO Vuxen", count=1, total=2),
        "symbols": {"PLAN": Symbol(LOCKED, AT, None)}, "last_change": AT, "renew_at": AT + 2 * STEP,
    }  # fmt: skip
    return Row(**known | changes)


def store(case_id, *rows):
    worklist.store_rows(case=facts(case_id), rows=rows)


def test_a_row_has_what_was_computed_and_what_the_case_tells(case_id, county):
    store(case_id, row(county.home_care))
    stored, found = UnitCase.objects.get(case_id=case_id), facts(case_id)
    assert (stored.unit_id, stored.module, stored.bucket, stored.has_draft) == (
        county.home_care.pk,
        "SIP",
        "TODO",
        True,
    )
    assert (stored.acts_from, stored.next_due, stored.overdue_from, stored.last_change, stored.renew_at) == (
        AT,
        AT + STEP,
        AT + STEP,
        AT,
        AT + 2 * STEP,
    )
    assert stored.next_step == {
        "code": "answer", "part": "INITIATIVE", "unit": "IFO Vuxen", "count": 1, "total": 2,
    }  # fmt: skip
    assert stored.symbols == {"PLAN": ["LOCKED", "2026-05-13T08:00:00+00:00", None]}
    assert (stored.case_number, stored.person_id) == (found.number, found.person_id)
    assert (stored.known_name, stored.known_number, stored.known_key) == ("", "", "")
    assert (stored.coordinator_name, stored.coordinator_unit_name, stored.coordinator_here) == (
        "Anna Lindqvist",
        "Hemtjänsten Norr",
        True,
    )
    assert (stored.handler_assignment_id, stored.handler_name) == (county.anna.pk, "Anna Lindqvist")


def test_a_row_without_a_due_time_stands_last_and_is_never_late(case_id, county):
    store(case_id, row(county.home_care, due_at=None))
    stored = UnitCase.objects.get(case_id=case_id)
    assert (stored.next_due, stored.overdue_from) == (FAR_AWAY, None)


def admit(case_id, unit, access=Access.FULL):
    commands.admit_units(case=facts(case_id), units={unit.pk: unit.name}, access=access, at=AT)


def test_a_unit_that_has_left_has_whom_it_knew_in_its_row(case_id, county):
    admit(case_id, county.social)
    commands.end_participation(case_id=case_id, unit_id=county.social.pk, reason=LeftReason.REMOVED, at=AT)
    store(case_id, row(county.social))
    stored = UnitCase.objects.get(case_id=case_id, unit=county.social)
    assert (stored.known_name, stored.known_number) == ("Karl-Erik Wallin", facts(case_id).person_number)
    assert stored.known_key == stored_key("Karl-Erik Wallin")
    assert (stored.coordinator_here, stored.handler_assignment_id, stored.handler_name) == (False, None, "")


CHANGED = {
    "bucket": Bucket.WAITING, "has_draft": False, "acts_from": None, "due_at": None, "next_step": NextStep("wait"),
    "symbols": {}, "last_change": AT + STEP, "renew_at": None,
}  # fmt: skip


def test_rows_are_replaced_and_those_of_units_that_are_gone_deleted(case_id, county):
    other = f.new_case(county.david)
    admit(case_id, county.social)
    admit(case_id, county.psychiatry)
    for one in (case_id, other):
        store(one, row(county.home_care), row(county.social), row(county.psychiatry))
    store(case_id, row(county.home_care, **CHANGED), row(county.social))
    assert set(worklist.rows_of(case_id)) == {county.home_care.pk, county.social.pk}
    assert len(worklist.rows_of(other)) >= 3
    expected = worklist.computed(facts(case_id), [row(county.home_care, **CHANGED), row(county.social)])
    assert worklist.rows_of(case_id) == expected


def test_a_row_that_is_stored_again_has_all_that_changed_in_the_case(case_id, county, who):
    store(case_id, row(county.home_care))
    county.anna.user.name = "Anna Berg"
    county.anna.user.save()
    county.home_care.name = "Hemtjänsten"
    county.home_care.save()
    store(case_id, row(county.home_care))
    assert worklist.rows_of(case_id) == worklist.computed(facts(case_id), [row(county.home_care)])
    stored = UnitCase.objects.get(case_id=case_id)
    assert (stored.coordinator_name, stored.coordinator_unit_name) == ("Anna Berg", "Hemtjänsten")


@pytest.mark.parametrize(
    "changed",
    [
        {"bucket": Bucket.WAITING}, {"has_draft": False}, {"acts_from": None}, {"due_at": None},
        {"next_step": NextStep("wait")}, {"symbols": {}}, {"last_change": AT + STEP}, {"renew_at": None},
    ],
)  # fmt: skip
def test_each_thing_computed_is_stored_anew(case_id, county, changed):
    store(case_id, row(county.home_care))
    store(case_id, row(county.home_care, **changed))
    again = [row(county.home_care, **changed)]
    assert worklist.rows_of(case_id) == worklist.computed(facts(case_id), again)


def test_a_row_as_plain_values_has_every_column_but_its_id(case_id, county):
    store(case_id, row(county.home_care))
    stored = UnitCase.objects.get(case_id=case_id)
    plain = worklist.plain(stored)
    assert "id" not in plain
    assert {name: getattr(stored, name) for name in plain} == plain
    assert {"case_id", "unit_id", "module", "symbols", "renew_at"} <= plain.keys()
