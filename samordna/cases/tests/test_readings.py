"""What is new since somebody read a part: pages of one sitting, and what stood when it began (V-33)."""

from datetime import UTC, datetime, timedelta

import pytest

from samordna.cases.commands import SITTING, mark_read
from samordna.cases.models import CaseReading
from samordna.cases.queries import READINGS, Reading

AT = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
STEP = timedelta(microseconds=1)


def last(case_id, user_id, part="PLAN"):
    rows = READINGS.rows(case_id=case_id, user_id=user_id, part=part)
    return Reading(*rows[0]) if rows else None


def read(case_id, user, at, part="PLAN"):
    return mark_read(
        case_id=case_id, user_id=user.user_id, part=part, last=last(case_id, user.user_id, part), at=at
    )


def test_the_first_page_has_nothing_to_compare_with(case_id, who):
    assert read(case_id, who.anna, AT) is None
    assert last(case_id, who.anna.user_id) == Reading(AT, None, AT)
    # A page in another tab has not seen that: the first stands.
    later = {"case_id": case_id, "user_id": who.anna.user_id, "part": "PLAN", "at": AT + SITTING}
    assert mark_read(last=None, **later) is None
    assert last(case_id, who.anna.user_id) == Reading(AT, None, AT)


@pytest.mark.parametrize(
    ("moments", "compared", "kept"),
    [
        # In the first sitting with its beginning.
        ([AT, AT + SITTING], AT, Reading(AT + SITTING, AT, AT)),
        ([AT, AT + STEP, AT + SITTING], AT, Reading(AT + SITTING, AT, AT)),
        # After it with the last page of it.
        ([AT, AT + SITTING + STEP], AT, Reading(AT + SITTING + STEP, AT, AT + SITTING + STEP)),
        (
            [AT, AT + SITTING, AT + SITTING + STEP],
            AT + SITTING,
            Reading(AT + SITTING + STEP, AT + SITTING, AT + SITTING + STEP),
        ),
        # In the next one with what the first page of that was compared with.
        (
            [AT, AT + 2 * SITTING, AT + 3 * SITTING],
            AT,
            Reading(AT + 3 * SITTING, AT, AT + 2 * SITTING),
        ),
    ],
)
def test_pages_are_compared_with_what_was_read_before_the_sitting(case_id, who, moments, compared, kept):
    found = [read(case_id, who.anna, at) for at in moments]
    assert found[-1] == compared
    assert last(case_id, who.anna.user_id) == kept


def test_a_reading_from_before_sittings_were_kept_began_when_it_was_noted(case_id, who):
    read(case_id, who.anna, AT)
    CaseReading.objects.update(sitting_at=None)
    assert read(case_id, who.anna, AT + SITTING) == AT


def test_each_user_and_part_is_read_by_itself(case_id, who, county):
    read(case_id, who.anna, AT)
    for user, part in ((who.bertil, "PLAN"), (who.anna, "SUMMONS")):
        assert read(case_id, user, AT + STEP, part) is None
    read(case_id, who.anna, AT + SITTING)
    assert last(case_id, who.bertil.user_id).at == AT + STEP
    assert last(case_id, who.anna.user_id, "SUMMONS").at == AT + STEP
    assert CaseReading.objects.count() == 3
