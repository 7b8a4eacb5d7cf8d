"""The one table of symbols, docs/symbols.md: part x situation x viewer (V-21); and that no case sleeps."""

from pathlib import Path

import pytest

from samordna.cases import worklist
from samordna.cases.states import Bucket, StepStatus
from samordna.casework.file.steps.rows import part_views, rows
from samordna.sip.facts import SipFacts
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests.situations import SITUATIONS, Situation

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).resolve().parents[3] / "docs" / "symbols.md"
VIEWERS = ("sender", "receiver", "coordinator", "others")
NOBODY = "–"
# What tells how things stand, and asks nobody for anything.
SAID_ONLY = {"nothing_now", "unread_message", "left_denied", "left_removed", "finish_draft", "keep_draft"}


def _table() -> dict[tuple[Part, str], dict[str, str]]:
    """Rows of the table of situations: those with a part in the first cell."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 2 + len(VIEWERS) and cells[0] in list(Part):
            found[Part(cells[0]), cells[1]] = dict(zip(VIEWERS, cells[2:], strict=True))
    return found


ROWS = _table()


def _seen(facts: SipFacts, seen: Situation, part: Part, viewer: str) -> str:
    unit = getattr(seen, viewer)
    if unit is None:
        return NOBODY
    view = part_views(facts, unit.pk, seen.at)[part]
    acts_from = view.symbol.acts_from
    acting = view.task and (acts_from is None or acts_from <= seen.at)
    return view.symbol.seen_at(seen.at).value + (", task" if acting else "")


def test_every_situation_has_a_row_and_every_row_a_situation() -> None:
    assert set(ROWS) == set(SITUATIONS)
    assert {part for part, _name in ROWS} == set(Part)


@pytest.mark.requirement("V-21", "V-20", "V-32", "V-33", "V-61", "V-81", "V-90")
@pytest.mark.parametrize(("part", "name"), list(ROWS), ids=[f"{part}: {name}" for part, name in ROWS])
def test_each_viewer_sees_what_the_table_says_and_nothing_sleeps(part: Part, name: str) -> None:
    seen = SITUATIONS[part, name](f.county())
    facts = f.facts_of(seen.case_id)
    assert {viewer: _seen(facts, seen, part, viewer) for viewer in VIEWERS} == ROWS[part, name]
    _assert_red_is_a_task(facts, seen)
    _assert_what_is_waited_for_has_a_date(facts)
    _assert_somebody_is_awake(facts)
    stored = worklist.rows_of(seen.case_id)
    assert stored == worklist.computed(facts.case, rows(facts))


def _assert_red_is_a_task(facts: SipFacts, seen: Situation) -> None:
    """In all parts, for every unit of the case (V-21)."""
    for row in rows(facts):
        for view in part_views(facts, row.unit_id, seen.at).values():
            assert view.task or view.symbol.seen_at(seen.at) != StepStatus.TODO
            assert not (view.task and view.status == StepStatus.UNREAD)


def _assert_what_is_waited_for_has_a_date(facts: SipFacts) -> None:
    """In all parts, for every unit: a task, and what others are waited for, ends some day (V-13, V-62)."""
    for row in rows(facts) if facts.case.active else ():
        for view in part_views(facts, row.unit_id).values():
            waited_for = view.task or view.status == StepStatus.WAITING
            assert view.symbol.due_at is not None or not waited_for, view.next_step
        assert row.due_at is not None or row.next_step.code in SAID_ONLY, row.next_step
        assert row.next_step.code != "await_coordinator", "what the coordinator is to do is said"


def _assert_somebody_is_awake(facts: SipFacts) -> None:
    """Of an active case some unit has a task, or waits for something that has a date."""
    awake = [row for row in rows(facts) if row.bucket in {Bucket.TODO, Bucket.DRAFT} or row.due_at]
    assert awake or not facts.case.active
