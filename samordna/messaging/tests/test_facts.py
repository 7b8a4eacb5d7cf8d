"""What a message and its deliveries tell of themselves: tables of facts written by hand, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.messaging.states import Answer, EndedReason, MessageStatus, ToldHow

NOON = datetime(2026, 5, 13, 10, 0, tzinfo=UTC)
BEFORE, AFTER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)

SENT = DeliveryFacts(
    id=UUID(int=1), unit_id=7, unit_name="Vårdcentralen Linden", external=False, must_acknowledge=True,
    shared_why="CONSENT", added_at=BEFORE, due_at=AFTER, predecessor_id=None, opened_at=None, answer=None,
    answered_at=None, answered_by_name="", comment="", suggested_unit_id=None, suggested_text="", told_how=None,
    told_at=None, told_day_only=False, told_by_name="", told_note="", ended_at=None, ended_reason=None,
)  # fmt: skip
FOR_INFORMATION = replace(SENT, must_acknowledge=False, due_at=None)
ACCEPTED = replace(SENT, answer=Answer.ACCEPTED, answered_at=NOON, answered_by_name="David Holm")
DENIED = replace(
    SENT, answer=Answer.DENIED, answered_at=NOON, answered_by_name="David Holm", comment="Nej",
    suggested_unit_id=9, suggested_text="Psykiatrin",
)  # fmt: skip
ENDED = {"ended_at": NOON, "ended_reason": EndedReason.REMOVED}
CLOSED = {"unit_closed_on": date(2026, 5, 12)}


@pytest.mark.parametrize(
    ("delivery", "true"),
    [
        (SENT, {"awaited"}),
        (replace(SENT, opened_at=NOON), {"awaited"}),
        (replace(SENT, **CLOSED), {"stuck"}),
        (replace(SENT, **ENDED), set()),
        (replace(SENT, **ENDED, **CLOSED), set()),
        (ACCEPTED, set()),
        (replace(ACCEPTED, **CLOSED), set()),
        (DENIED, {"denied"}),
        (replace(DENIED, **ENDED), set()),
        (FOR_INFORMATION, {"unread"}),
        (replace(FOR_INFORMATION, **CLOSED), {"unread"}),
        (replace(FOR_INFORMATION, opened_at=NOON), set()),
        (replace(FOR_INFORMATION, external=True), set()),
        (replace(FOR_INFORMATION, **ENDED), set()),
        (replace(FOR_INFORMATION, answer=Answer.ACKNOWLEDGED), set()),
    ],
)
def test_what_is_wanted_of_a_delivery(delivery, true):
    states = ("awaited", "stuck", "denied", "unread")
    assert {name for name in states if getattr(delivery, name)} == true


TOLD = {"told_how": ToldHow.PHONE, "told_at": NOON, "told_by_name": "Anna Lindqvist", "told_note": "Växeln"}
ALL = replace(DENIED, opened_at=NOON, **TOLD, **ENDED)


def test_at_a_moment_all_is_known_that_had_come_by_then():
    assert ALL.as_of(NOON) == ALL
    assert ALL.as_of(AFTER) == ALL


def test_nothing_is_known_of_what_came_after_the_moment():
    known = ALL.as_of(NOON - timedelta(microseconds=1))
    assert known == SENT


@pytest.mark.parametrize("moment", ["opened_at", "answered_at", "told_at", "ended_at"])
def test_each_is_known_from_its_own_moment(moment):
    known = replace(ALL, **{moment: AFTER}).as_of(NOON)
    nothing = {
        "opened_at": {"opened_at": None},
        "answered_at": {
            "answer": None, "answered_at": None, "answered_by_name": "", "comment": "", "suggested_unit_id": None,
            "suggested_text": "",
        },
        "told_at": {"told_how": None, "told_at": None, "told_by_name": "", "told_note": ""},
        "ended_at": {"ended_at": None, "ended_reason": None},
    }  # fmt: skip
    assert known == replace(ALL, **nothing[moment])
    assert SENT.as_of(NOON) == SENT


@pytest.mark.parametrize(
    "changed",
    [
        {"told_how": ToldHow.FAX}, {"told_at": AFTER}, {"told_by_name": "Bertil Ek"}, {"told_note": "Rek"},
        {"answer": Answer.ACCEPTED},
    ],
)  # fmt: skip
def test_what_was_recorded_of_a_unit_outside_is_told_apart(changed):
    assert replace(ALL, **changed).recorded != ALL.recorded


def test_what_else_is_changed_is_the_same_record():
    assert replace(ALL, opened_at=None, comment="Annat").recorded == ALL.recorded


def message(*deliveries):
    return MessageFacts(
        id=UUID(int=2), kind="INITIATIVE", round_number=1, status=MessageStatus.SENT, unit_id=3,
        unit_name="Hemtjänsten Norr", written_at=BEFORE, written_by_id=4, written_by_name="Anna Lindqvist",
        sent_at=BEFORE, sent_by_name="Anna Lindqvist", sent_by_title="enhetschef", taken_back_at=None,
        voided_at=None, voided_by_name="", void_reason="", version=1, deliveries=deliveries,
    )  # fmt: skip


def test_a_message_tells_which_deliveries_count_are_awaited_or_unmet():
    ended, stuck = replace(SENT, **ENDED), replace(SENT, unit_id=8, **CLOSED)
    told = message(ended, SENT, ACCEPTED, DENIED, stuck)
    assert told.standing == (SENT, ACCEPTED, DENIED, stuck)
    assert told.awaited == (SENT,)
    assert told.unmet == (DENIED, stuck)


def test_a_units_delivery_is_the_standing_one_else_the_last():
    first, last = replace(SENT, **ENDED), replace(SENT, ended_at=AFTER, ended_reason=EndedReason.SENT_ON)
    assert message(first, SENT, last).delivery_to(7) == SENT
    assert message(first, last).delivery_to(7) == last
    assert message(SENT).delivery_to(8) is None


@pytest.mark.parametrize(
    ("delivery", "opened"),
    [
        (SENT, False),
        (replace(SENT, opened_at=NOON), True),
        (ACCEPTED, True),
        (replace(SENT, external=True, told_at=NOON), True),
    ],
)
def test_a_message_is_opened_when_one_unit_knows_of_it(delivery, opened):
    assert message(replace(SENT, unit_id=8), delivery).opened_by_anyone is opened


def test_a_message_at_a_moment_has_the_recipients_of_then():
    added = replace(SENT, unit_id=8, added_at=AFTER)
    at_noon = replace(SENT, unit_id=9, added_at=NOON)
    assert message(ALL, added, at_noon).as_of(NOON).deliveries == (ALL, at_noon)
    assert message(replace(ALL, opened_at=AFTER)).as_of(NOON).deliveries == (replace(ALL, opened_at=None),)
