"""What a unit sees of each part, whether it has something to do there, and until when: tables of facts by hand."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from samordna.cases.facts import JoinFacts
from samordna.cases.states import Access
from samordna.cases.tests.facts import CASE, ELSEWHERE, HERE, HOUR, NOON, THERE, case, period
from samordna.casework.file.steps.consent import consent_view
from samordna.casework.file.steps.joining import join_view
from samordna.casework.file.steps.messages import message_view
from samordna.casework.file.steps.summoned import joined_since
from samordna.casework.file.steps.view import Viewer
from samordna.documents.states import VersionStatus as V
from samordna.kernel import clock
from samordna.messaging.states import Answer, MessageStatus
from samordna.sip import messages as kinds
from samordna.sip.evaluation.steps import evaluation_view
from samordna.sip.facts import Progress
from samordna.sip.follow_up.steps import follow_up_view
from samordna.sip.plan.steps import plan_view
from samordna.sip.process import part_views
from samordna.sip.sbar.steps import sbar_view
from samordna.sip.states import Part
from samordna.sip.tests.facts import (
    ANNA,
    DAVID,
    INITIATIVE,
    NAMES,
    TODAY,
    UNITS,
    accepted,
    acknowledged,
    at_hour,
    delivery,
    denied,
    document,
    ended,
    facts,
    informed,
    message,
    met,
    outside,
    version,
    voided,
    whole_case,
)
from samordna.sip.tests.test_rules_of_a_case import consent
from samordna.sip.tests.test_rules_of_documents import (
    CALLED,
    CALLED_ANEW,
    DAVIDS,
    EDITED,
    EVALUATED,
    EVALUATION_LOCKED,
    EVALUATION_SIGNED,
    FOLLOWED,
    LOCKED,
    NEW,
    NEW_SIGNED,
    NO_SBAR,
    OPEN,
    REPORTED,
    SBAR_OPEN,
    SBAR_SIGNED,
    SECOND,
    SENT,
    SIGNED,
    TO_EVALUATE,
    VOID,
    of_david,
)

AT = NOON + HOUR
DAY = timedelta(days=1)
DRAFT, VOIDED, TAKEN_BACK = MessageStatus.DRAFT, MessageStatus.VOIDED, MessageStatus.TAKEN_BACK
COORDINATOR, RECEIVER, OTHER = HERE, THERE, ELSEWHERE
CLOSED_ON = date(2026, 5, 12)
NOTHING = {"part": "", "acts_from": None, "due_at": None, "unit": "", "who": "", "reason": "", "count": 0, "total": 0,
           "at": "", "spread": False, "task": False, "holds": True}  # fmt: skip


def due(day):
    """The end of that working day in May, in the settings of these facts: other 3, begin 4, sign 5, lock 6 days."""
    return datetime(2026, 5, day, 14, 30, tzinfo=UTC)


OTHER_STEP, PLAN_START, PLAN_SIGNED, PLAN_LOCKED = due(19), due(20), due(21), due(22)


def viewer(unit_id=HERE, at=AT):
    return Viewer(unit_id, unit_id == HERE, at)


def seen(view):
    """All that a view says, but for what is left empty; a step named as its status goes without its code."""
    if view is None:
        return None
    assert view.next_step.part in {*Part, ""}
    told = {**asdict(view.next_step), "status": view.status.value, "due_at": view.symbol.due_at,
            "acts_from": view.symbol.acts_from, "task": view.task, "holds": view.holds}  # fmt: skip
    if told["code"] == view.status.lower():
        del told["code"]
    del told["part"]
    return {name: value for name, value in told.items() if NOTHING.get(name, ...) != value}


def is_(status, code=None, **more):
    named = {"code": code} if code else {}
    return {"status": status, **named, **more}


def task(code, due_at=None, status="TODO", **more):
    return is_(status, code, task=True, **({"due_at": due_at} if due_at else {}), **more)


# --- Messages -------------------------------------------------------------------------------------------------------

SUMMONS = message(Part.SUMMONS, delivery(THERE), delivery(ELSEWHERE, due_at=NOON + 2 * DAY))
DRAFTED = message(Part.SUMMONS, status=DRAFT)
OF_DAVID = message(Part.SUMMONS, status=DRAFT, unit_id=THERE)
GONE = message(Part.SUMMONS, acknowledged(), status=VOIDED)
BACK = message(Part.SUMMONS, status=TAKEN_BACK)


@pytest.mark.parametrize(
    ("held", "changes", "unit", "shown"),
    [
        ((), {}, HERE, is_("NOT_YET")),
        (SENT, {}, HERE, task("send_summons", PLAN_START)),
        (SENT, {}, THERE, is_("NOT_STARTED")),
        ((replace(INITIATIVE, sent_at=NOON + 5 * DAY),), {}, HERE, task("send_summons", due(22))),
        ((*SENT, DRAFTED), {}, HERE, task("finish_draft", PLAN_START, "DRAFT")),
        ((*SENT, DRAFTED), {}, THERE, is_("NOT_STARTED")),
        ((*SENT, OF_DAVID), {}, THERE, is_("DRAFT", "finish_draft")),
        ((DRAFTED,), {}, HERE, is_("DRAFT", "keep_draft")),
        ((*SENT, GONE, DRAFTED), {}, HERE, task("finish_draft", OTHER_STEP, "DRAFT")),
        ((*SENT, GONE, OF_DAVID), {}, THERE, is_("DRAFT", "finish_draft")),
        # Voided or taken back: the coordinator summons anew as long as there is no plan.
        ((*SENT, GONE), {}, HERE, task("summons_anew", OTHER_STEP, "VOIDED")),
        ((*SENT, GONE), {}, THERE, is_("VOIDED")),
        ((*SENT, GONE, OPEN), {}, HERE, is_("VOIDED")),
        ((GONE,), {}, HERE, is_("NOT_YET")),
        ((*SENT, BACK), {}, HERE, task("summons_anew", OTHER_STEP, "TAKEN_BACK")),
        ((*SENT, BACK, OPEN), {}, HERE, is_("TAKEN_BACK")),
        ((*SENT, BACK), {}, THERE, is_("NOT_STARTED")),
        # From when a new plan was begun, whenever the initiative was sent.
        ((replace(INITIATIVE, sent_at=NOON - 9 * DAY), LOCKED), {"of": SECOND}, HERE, task("send_summons", PLAN_START)),
        ((*SENT, SUMMONS), {}, THERE, task(
            "answer_summons", NOON + DAY, unit=UNITS[HERE], at=NOON.isoformat())),
        ((*SENT, SUMMONS), {}, HERE, is_(
            "WAITING", "await_summons", due_at=NOON + DAY, unit=f"{UNITS[THERE]}, {UNITS[ELSEWHERE]}", total=2,
            spread=True)),
        ((*SENT, SUMMONS), {}, 40, is_(
            "WAITING", "await_summons", due_at=NOON + DAY, unit=f"{UNITS[THERE]}, {UNITS[ELSEWHERE]}", total=2,
            spread=True)),
    ],
)  # fmt: skip
def test_a_summons_from_before_it_is_written_until_it_is_gone(held, changes, unit, shown):
    assert seen(message_view(facts(*held, **changes), kinds.SUMMONS, viewer(unit))) == shown


WAITING = {"due_at": NOON + DAY, "unit": UNITS[THERE]}


@pytest.mark.parametrize(
    ("deliveries", "unit", "shown"),
    [
        ((delivery(), acknowledged(ELSEWHERE)), HERE, is_("WAITING", "await_summons", count=1, total=2, **WAITING)),
        ((delivery(), acknowledged(ELSEWHERE)), ELSEWHERE, is_("DONE")),
        ((acknowledged(), acknowledged(ELSEWHERE)), HERE, is_("DONE")),
        ((informed(), delivery(ELSEWHERE)), HERE, is_(
            "WAITING", "await_summons", total=1, unit=UNITS[ELSEWHERE], due_at=NOON + DAY)),
        # For information only, nobody waits.
        ((informed(), acknowledged(ELSEWHERE)), HERE, is_("DONE")),
        ((informed(), delivery(ELSEWHERE)), THERE, is_("UNREAD", "unread_message", unit=UNITS[HERE])),
        ((informed(opened_at=NOON), delivery(ELSEWHERE)), THERE, is_("DONE")),
        ((delivery(due_at=None), acknowledged(ELSEWHERE)), HERE,
         is_("WAITING", "await_summons", count=1, total=2, unit=UNITS[THERE])),
        # The one with a day before the one without.
        ((delivery(due_at=None), delivery(ELSEWHERE)), HERE, is_(
            "WAITING", "await_summons", total=2, unit=f"{UNITS[ELSEWHERE]}, {UNITS[THERE]}", due_at=NOON + DAY,
            spread=True)),
        ((delivery(), delivery(ELSEWHERE), delivery(40)), HERE, is_(
            "WAITING", "await_summons", total=3, unit=f"{UNITS[THERE]}, {UNITS[ELSEWHERE]}", due_at=NOON + DAY)),
        # Outside the system somebody is told first.
        ((delivery(), outside(due_at=NOON + 3 * DAY)), HERE,
         task("tell_external", NOON + 3 * DAY, unit="Försäkringskassan")),
        ((delivery(), outside(told_at=NOON)), ELSEWHERE, is_(
            "WAITING", "await_summons", total=2, unit=f"{UNITS[THERE]}, Försäkringskassan", due_at=NOON + DAY)),
        ((acknowledged(), outside(unit_closed_on=CLOSED_ON)), HERE,
         task("handle_closed", due(18), "DENIED", unit="Försäkringskassan")),
        # Closed since the start of that day, which was a Tuesday: three working days after it.
        ((delivery(unit_closed_on=CLOSED_ON), acknowledged(ELSEWHERE)), HERE,
         task("handle_closed", due(18), "DENIED", unit=UNITS[THERE])),
        ((delivery(unit_closed_on=CLOSED_ON), acknowledged(ELSEWHERE)), ELSEWHERE, is_("DONE")),
        ((delivery(unit_closed_on=CLOSED_ON), delivery(40)), ELSEWHERE, is_(
            "WAITING", "await_summons", total=1, unit="Enhet 40", due_at=NOON + DAY)),
        ((ended(delivery()), delivery(ELSEWHERE)), THERE, is_(
            "WAITING", "await_summons", total=1, unit=UNITS[ELSEWHERE], due_at=NOON + DAY)),
    ],
)  # fmt: skip
def test_a_summons_that_is_sent(deliveries, unit, shown):
    found = facts(*SENT, message(Part.SUMMONS, *deliveries))
    assert seen(message_view(found, kinds.SUMMONS, viewer(unit))) == shown


ASKED = {"status": "DENIED", "task": True, "due_at": OTHER_STEP, "unit": UNITS[THERE], "holds": True}
DENIAL = denied(suggested_text="Rehab")


@pytest.mark.parametrize(
    ("deliveries", "unit", "shown"),
    [
        ((accepted(), delivery(ELSEWHERE)), HERE,
         is_("WAITING", "await_initiative", count=1, total=2, due_at=NOON + DAY, unit=UNITS[ELSEWHERE])),
        ((accepted(), delivery(ELSEWHERE)), ELSEWHERE,
         task("answer_initiative", NOON + DAY, unit=UNITS[HERE], at=NOON.isoformat())),
        ((accepted(), accepted(ELSEWHERE)), HERE, is_("DONE")),
        # A denial names a unit that does not have it yet; else the sender finds one.
        ((DENIAL, accepted(ELSEWHERE)), HERE, task("handle_denial", OTHER_STEP, "DENIED", unit=UNITS[THERE])),
        ((replace(DENIAL, suggested_unit_id=40), accepted(ELSEWHERE)), HERE,
         task("handle_denial", OTHER_STEP, "DENIED", unit=UNITS[THERE], who="Rehab")),
        ((replace(DENIAL, suggested_unit_id=ELSEWHERE), accepted(ELSEWHERE)), HERE,
         task("handle_denial", OTHER_STEP, "DENIED", unit=UNITS[THERE])),
        ((replace(DENIAL, suggested_unit_id=40), ended(delivery(40))), HERE,
         task("handle_denial", OTHER_STEP, "DENIED", unit=UNITS[THERE], who="Rehab")),
        ((DENIAL, accepted(ELSEWHERE)), THERE, is_("DENIED", "denied_here")),
        ((DENIAL, accepted(ELSEWHERE)), ELSEWHERE, is_("DONE")),
        # Nobody has accepted, and nobody is left to: counted from the last answer.
        ((ended(denied()), ended(denied(ELSEWHERE))), HERE, task("find_recipient", OTHER_STEP)),
        ((ended(denied(answered_at=NOON + 5 * DAY), NOON + 2 * DAY),), HERE, task("find_recipient", due(21))),
        ((ended(denied(), NOON + 5 * DAY),), HERE, task("find_recipient", due(21))),
        ((), HERE, task("find_recipient", OTHER_STEP)),
        ((), OTHER, is_("DONE")),
        ((accepted(), ended(denied(ELSEWHERE))), HERE, is_("DONE")),
        ((ended(accepted()),), HERE, task("find_recipient", OTHER_STEP)),
    ],
)  # fmt: skip
def test_an_initiative_that_is_sent(deliveries, unit, shown):
    found = facts(message(Part.INITIATIVE, *deliveries))
    assert seen(message_view(found, kinds.INITIATIVE, viewer(unit))) == shown


def test_an_initiative_before_it_is_sent_and_when_it_is_gone():
    gone = message(Part.INITIATIVE, status=VOIDED, voided_at=NOON + 5 * DAY)
    assert seen(message_view(facts(), kinds.INITIATIVE, viewer())) == task("send_initiative", OTHER_STEP)
    assert seen(message_view(facts(), kinds.INITIATIVE, viewer(THERE))) == is_("NOT_STARTED")
    assert seen(message_view(facts(gone), kinds.INITIATIVE, viewer())) == task(
        "initiative_anew", due(21), "VOIDED"
    )
    assert seen(message_view(facts(gone), kinds.INITIATIVE, viewer(THERE))) == is_("VOIDED")
    assert seen(message_view(facts(gone, OPEN), kinds.INITIATIVE, viewer())) == is_("VOIDED")
    back = message(Part.INITIATIVE, status=TAKEN_BACK, taken_back_at=NOON + 5 * DAY)
    assert seen(message_view(facts(back), kinds.INITIATIVE, viewer())) == task(
        "initiative_anew", due(21), "TAKEN_BACK"
    )


@pytest.mark.parametrize(
    ("periods", "sees_to"),
    [
        ([period(THERE)], [False, True]),
        ([period(THERE, until=NOON + HOUR)], [True, True]),
        ([period(THERE, unit_closed=True)], [True, True]),
    ],
)
def test_the_coordinators_unit_sees_to_what_another_unit_sent_that_has_left(periods, sees_to):
    found = facts(
        *SENT,
        message(Part.SUMMONS, outside(), unit_id=THERE),
        of=case(period(HERE), *periods, period(ELSEWHERE)),
    )
    tasks = [message_view(found, kinds.SUMMONS, viewer(unit)).task for unit in (HERE, THERE)]
    assert tasks == sees_to


# --- Whether the process waits for an answer, and whether it is too late to tell somebody ----------------------------

SIGNED_PLAN = document(Part.PLAN, V.SIGNED)
AHEAD, BEGUN = met(TODAY, time(14)), met(TODAY, time(13))
CALLS = message(Part.SUMMONS, delivery(THERE), outside())
CALLS_TO_EVALUATE = message(Part.EVALUATION_SUMMONS, delivery(THERE), outside())


@pytest.mark.parametrize(
    ("held", "meeting", "holds", "late"),
    [
        ((), None, True, False),
        ((), AHEAD, True, False),
        ((), BEGUN, False, True),
        ((OPEN,), AHEAD, True, False),
        ((SIGNED_PLAN,), AHEAD, False, True),
        ((VOID,), AHEAD, True, False),
        ((EVALUATED,), None, False, False),
    ],
)
def test_a_summons_holds_the_process_up_until_its_meeting(held, meeting, holds, late):
    found = facts(*SENT, CALLS, *held, meetings=[(CALLS, meeting)] if meeting else ())
    view = message_view(found, kinds.SUMMONS, viewer())
    assert view.holds is holds
    told = is_("WAITING", "await_summons", due_at=NOON + DAY, unit=UNITS[THERE], count=1, total=2)
    untold = task("tell_external", NOON + DAY, unit="Försäkringskassan")
    assert seen(replace(view, holds=True)) == (told if late else untold)


@pytest.mark.parametrize(
    ("held", "meeting", "holds", "late"),
    [
        ((), None, True, False),
        ((), AHEAD, True, False),
        ((), BEGUN, False, True),
        ((EVALUATED,), AHEAD, True, False),
        ((EVALUATION_SIGNED,), AHEAD, False, True),
    ],
)
def test_a_summons_to_evaluation_holds_it_up_until_its_meeting(held, meeting, holds, late):
    found = facts(
        LOCKED, CALLS_TO_EVALUATE, *held, meetings=[(CALLS_TO_EVALUATE, meeting)] if meeting else ()
    )
    view = message_view(found, kinds.EVALUATION_SUMMONS, viewer())
    assert view.holds is holds
    assert view.task is not late


@pytest.mark.parametrize(
    ("held", "of", "holds", "late"),
    [
        ((), None, True, False),
        ((SUMMONS,), None, False, False),
        ((LOCKED,), SECOND, False, True),
    ],
)
def test_an_initiative_holds_the_process_up_until_somebody_is_called(held, of, holds, late):
    asks = message(Part.INITIATIVE, accepted(), outside())
    view = message_view(facts(asks, *held, of=of), kinds.INITIATIVE, viewer())
    assert (view.holds, view.task) == (holds, not late)


def test_it_is_too_late_to_tell_of_an_initiative_when_the_meeting_has_begun():
    asks = message(Part.INITIATIVE, accepted(), outside())
    found = facts(asks, SUMMONS, meetings=[(SUMMONS, BEGUN)])
    assert seen(message_view(found, kinds.INITIATIVE, viewer())) == is_("DONE", holds=False)
    assert message_view(facts(asks, SUMMONS, meetings=[(SUMMONS, AHEAD)]), kinds.INITIATIVE, viewer()).task


# --- Information messages -------------------------------------------------------------------------------------------


def news(*deliveries, **changes):
    return message(Part.INFORMATION, *deliveries, **changes)


@pytest.mark.parametrize(
    ("held", "unit", "shown"),
    [
        ((), HERE, is_("NOT_YET")),
        (SENT, HERE, is_("NOT_STARTED")),
        ((*SENT, news(status=DRAFT)), HERE, is_("DRAFT", "finish_draft")),
        ((news(status=DRAFT),), HERE, is_("DRAFT", "keep_draft")),
        ((*SENT, news(status=VOIDED), news(status=DRAFT)), HERE, is_("DRAFT", "finish_draft")),
        ((*SENT, news(status=DRAFT)), THERE, is_("NOT_STARTED")),
        ((*SENT, news(status=VOIDED)), HERE, is_("VOIDED")),
        ((*SENT, news(status=TAKEN_BACK)), HERE, is_("NOT_STARTED")),
        ((*SENT, news(informed(opened_at=NOON))), HERE, is_("DONE")),
        ((*SENT, news(informed())), THERE, is_("UNREAD", "unread_message", unit=UNITS[HERE], holds=False)),
        # Of several the most urgent: first what is to be answered, by the first day.
        ((*SENT, news(informed()), news(delivery())), THERE,
         task("answer_information", NOON + DAY, unit=UNITS[HERE], at=NOON.isoformat(), holds=False)),
        ((*SENT, news(delivery(due_at=NOON + 2 * DAY)), news(delivery())), THERE,
         task("answer_information", NOON + DAY, unit=UNITS[HERE], at=NOON.isoformat(), holds=False)),
        ((*SENT, news(delivery(due_at=None)), news(delivery())), THERE,
         task("answer_information", NOON + DAY, unit=UNITS[HERE], at=NOON.isoformat(), holds=False)),
        ((*SENT, news(delivery()), news(delivery(unit_closed_on=CLOSED_ON))), HERE,
         task("handle_closed", due(18), "DENIED", unit=UNITS[THERE], holds=False)),
        ((*SENT, news(delivery())), HERE,
         is_("WAITING", "await_information", due_at=NOON + DAY, unit=UNITS[THERE], total=1, holds=False)),
        ((*SENT, news(acknowledged()), news(status=DRAFT)), HERE, is_("DRAFT", "finish_draft")),
        ((*SENT, news(delivery()), news(status=DRAFT)), HERE,
         is_("WAITING", "await_information", due_at=NOON + DAY, unit=UNITS[THERE], total=1, holds=False)),
        # What was sent is seen also when what must come before is gone.
        ((news(acknowledged()),), HERE, is_("DONE")),
        ((*SENT, news(outside())), HERE, task("tell_external", NOON + DAY, unit="Försäkringskassan", holds=False)),
    ],
)  # fmt: skip
def test_all_information_messages_are_one_part(held, unit, shown):
    assert seen(message_view(facts(*held), kinds.INFORMATION, viewer(unit))) == shown


# --- Who joins after the others were called --------------------------------------------------------------------------

LATE = period(40, since=NOON + HOUR)
CALLED_ALL = message(Part.SUMMONS, acknowledged(THERE), acknowledged(ELSEWHERE))


@pytest.mark.parametrize(
    ("more", "asked", "called", "joined"),
    [
        ([LATE], (), (), {40: ("Enhet 40", NOON + HOUR)}),
        ([replace(LATE, from_at=NOON)], (), (), {}),
        ([replace(LATE, until_at=NOON + 2 * HOUR)], (), (), {}),
        ([replace(LATE, unit_closed=True)], (), (), {}),
        ([replace(LATE, access=Access.INVITED)], (), (), {}),
        ([LATE], (), (ended(delivery(40)),), {}),
        ([], (outside(20, Answer.ACCEPTED),), (), {20: ("Försäkringskassan", NOON + HOUR)}),
        ([], (outside(20, Answer.ACCEPTED, answered_at=NOON),), (), {}),
        ([], (outside(20, Answer.DENIED),), (), {}),
        ([], (outside(20),), (), {}),
        ([], (ended(outside(20, Answer.ACCEPTED)),), (), {}),
        ([], (accepted(20),), (), {}),
    ],
)
def test_who_has_come_into_the_case_since_the_others_were_called(more, asked, called, joined):
    summons = replace(CALLED_ALL, deliveries=(*CALLED_ALL.deliveries, *called))
    found = facts(message(Part.INITIATIVE, *asked), summons, of=whole_case(*more))
    assert joined_since(found, kinds.SUMMONS) == joined
    assert joined_since(facts(*SENT, summons, of=whole_case(LATE)), kinds.INITIATIVE) == {}
    assert joined_since(found, kinds.EVALUATION_SUMMONS) == {}


def test_without_an_initiative_those_who_came_in_are_told_all_the_same():
    assert joined_since(facts(CALLED_ALL, of=whole_case(LATE)), kinds.SUMMONS) == {
        40: ("Enhet 40", NOON + HOUR)
    }


def test_who_joined_first_is_called_first_until_the_meeting():
    later = period(39, since=NOON + 5 * DAY)
    found = facts(*SENT, CALLED_ALL, of=whole_case(later, LATE), meetings=[(CALLED_ALL, AHEAD)])
    assert seen(message_view(found, kinds.SUMMONS, viewer())) == task("call_too", OTHER_STEP, unit="Enhet 40")
    late = message_view(found, kinds.SUMMONS, viewer(at=AHEAD.starts_at))
    assert seen(late) == is_("DONE", holds=False)


# --- The question whether it is the same person, and consent ---------------------------------------------------------

JOIN = JoinFacts(
    id=UUID(int=4), case_id=CASE, other_case_id=UUID(int=3), keep_case_id=CASE, kind="LINKED", number="",
    asked_at=NOON, asked_by_name="", asked_unit_name="", due_at=NOON + DAY, other_due_at=NOON + 2 * DAY,
    agreed_by_name="", other_agreed_by_name="Bo Berg", version=1,
)  # fmt: skip


def test_the_question_is_the_coordinators_task_until_she_has_answered():
    asked = task("decide_join", NOON + DAY)
    assert seen(join_view(facts(join=JOIN), viewer())) == asked
    assert join_view(facts(join=JOIN), viewer(THERE)) is None
    assert join_view(facts(), viewer()) is None
    assert join_view(facts(join=replace(JOIN, agreed_by_name="Anna")), viewer()) is None
    from_other = replace(JOIN, case_id=JOIN.other_case_id, other_case_id=CASE, other_agreed_by_name="")
    assert seen(join_view(facts(join=from_other), viewer())) == task("decide_join", NOON + 2 * DAY)


GROWN = consent(adult_on=TODAY, lapsed_at=NOON, judgement="", recorded_at=NOON - 9 * DAY)
ANEW = consent(recorded_at=NOON + HOUR)


@pytest.mark.parametrize(
    ("consents", "shown"),
    [
        ((), None),
        ((consent(),), None),
        ((GROWN,), task("renew_consent", OTHER_STEP, at=NOON.isoformat())),
        ((replace(GROWN, withdrawn_at=NOON),), None),
        ((GROWN, ANEW), None),
        ((GROWN, replace(ANEW, recorded_at=NOON)), task("renew_consent", OTHER_STEP, at=NOON.isoformat())),
        ((GROWN, replace(ANEW, withdrawn_at=NOON)), task("renew_consent", OTHER_STEP, at=NOON.isoformat())),
        # Since the last one that ended.
        (
            (GROWN, replace(GROWN, lapsed_at=NOON + 5 * DAY), ANEW),
            task("renew_consent", due(21), at=(NOON + 5 * DAY).isoformat()),
        ),
    ],
)
def test_a_consent_that_ended_by_age_is_asked_for_anew(consents, shown):
    assert seen(consent_view(facts(consents=consents), viewer())) == shown
    assert consent_view(facts(consents=consents), viewer(THERE)) is None


# --- Plan, survey, follow-up, evaluation ----------------------------------------------------------------------------

CALLED_TO = CALLED[1]
MEETS = met(date(2026, 5, 15), time(13))
MEETS_AT = MEETS.starts_at
# Five working days after Friday the 15th, and six.
AFTER_MEETING, LOCKED_AFTER = due(22), due(25)
LEFT = [period(THERE, until=NOON + HOUR)]


@pytest.mark.parametrize(
    ("held", "meeting", "changes", "unit", "shown"),
    [
        ((), None, {}, HERE, is_("NOT_YET")),
        (CALLED, None, {}, HERE, task("write_plan")),
        (CALLED, MEETS, {}, HERE, task("write_plan", AFTER_MEETING, acts_from=MEETS_AT, at=MEETS_AT.isoformat())),
        (CALLED, MEETS, {}, THERE, is_("NOT_STARTED")),
        # When one has been voided since, after that.
        ((*CALLED, replace(VOID, voided_at=NOON + 5 * DAY)), MEETS, {}, HERE,
         task("write_plan", due(25), "VOIDED", acts_from=MEETS_AT, at=MEETS_AT.isoformat())),
        ((*CALLED, replace(VOID, voided_at=NOON)), MEETS, {}, HERE,
         task("write_plan", AFTER_MEETING, "VOIDED", acts_from=MEETS_AT, at=MEETS_AT.isoformat())),
        ((*CALLED, VOID), None, {}, THERE, is_("VOIDED")),
        # A draft until it is signed, by the meeting's day, and nobody else's.
        ((*CALLED, OPEN), MEETS, {}, HERE, task("sign_plan", AFTER_MEETING, "DRAFT")),
        ((*CALLED, OPEN), None, {}, HERE, task("sign_plan", PLAN_SIGNED, "DRAFT")),
        ((*CALLED, OPEN), MEETS, {}, THERE,
         is_("WAITING", "await_sign_plan", due_at=AFTER_MEETING, unit=UNITS[HERE], who=NAMES[ANNA])),
        ((*CALLED, EDITED), MEETS, {}, HERE, task("sign_plan", PLAN_SIGNED)),
        ((*CALLED, DAVIDS), MEETS, {}, HERE,
         is_("WAITING", "await_sign_plan", due_at=AFTER_MEETING, unit=UNITS[THERE], who=NAMES[DAVID])),
        ((*CALLED, DAVIDS), MEETS, {"of": case(period(HERE), *LEFT)}, HERE, task("sign_plan", AFTER_MEETING, "DRAFT")),
        ((*CALLED, DAVIDS), MEETS, {"of": case(period(HERE), *LEFT, period(ELSEWHERE))}, ELSEWHERE,
         is_("WAITING", "await_sign_plan", due_at=AFTER_MEETING, unit=UNITS[HERE], who=NAMES[ANNA])),
        # Signed: to be locked, counted from the signature, or from the meeting when that comes after it.
        ((*CALLED, SIGNED), None, {}, HERE, task("lock_plan", PLAN_LOCKED)),
        ((*CALLED, SIGNED), MEETS, {}, HERE, task("lock_plan", LOCKED_AFTER)),
        ((*CALLED, SIGNED), met(TODAY, time(8)), {}, HERE, task("lock_plan", PLAN_LOCKED)),
        ((*CALLED, SIGNED), None, {}, THERE, is_("WAITING", "await_lock_plan", due_at=PLAN_LOCKED, who=NAMES[ANNA])),
        ((*CALLED, SIGNED), None, {"gaps": {SIGNED.versions[0].id: 2}}, HERE,
         task("complete_plan", PLAN_LOCKED, count=2)),
        ((*CALLED, SIGNED), None, {"gaps": {SIGNED.versions[0].id: 2}}, THERE,
         is_("WAITING", "await_lock_plan", due_at=PLAN_LOCKED, who=NAMES[ANNA])),
        # Locked: printed by the coordinator.
        ((*CALLED, LOCKED), None, {}, HERE, task("print_plan", OTHER_STEP, "LOCKED")),
        ((*CALLED, LOCKED), None, {}, THERE, is_("LOCKED")),
        ((*CALLED, LOCKED), None, {"plan_printed": True}, HERE, is_("LOCKED")),
        # A new one beside the one that holds.
        ((*SENT, LOCKED), None, {"of": SECOND, "plan_printed": True}, HERE, is_("LOCKED")),
        ((*SENT, LOCKED), None, {"of": SECOND}, HERE, task("print_plan", OTHER_STEP, "LOCKED")),
        ((*SENT, CALLED_ANEW, LOCKED), None, {"of": SECOND}, HERE, task("write_plan", None, "LOCKED")),
        ((*SENT, CALLED_ANEW, LOCKED), None, {"of": SECOND}, THERE, is_("LOCKED")),
        ((*SENT, CALLED_ANEW, LOCKED, NEW), None, {"of": SECOND}, HERE, task("sign_plan", PLAN_SIGNED, "DRAFT")),
        ((*SENT, CALLED_ANEW, LOCKED, FOLLOWED, NEW_SIGNED), None, {"of": SECOND}, HERE,
         is_("WAITING", "lock_after_follow_up", due_at=PLAN_LOCKED, who=NAMES[ANNA], holds=False)),
        ((*SENT, CALLED_ANEW, LOCKED, FOLLOWED, NEW_SIGNED), None, {"of": SECOND}, THERE,
         is_("WAITING", "lock_after_follow_up", due_at=PLAN_LOCKED, who=NAMES[ANNA], holds=False)),
    ],
)  # fmt: skip
def test_the_plan(held, meeting, changes, unit, shown):
    meetings = [(one, meeting) for one in held if meeting and one.kind == Part.SUMMONS]
    assert seen(plan_view(facts(*held, meetings=meetings, **changes), viewer(unit))) == shown


def test_what_was_opened_after_a_lock_waits_from_then():
    opened = document(Part.PLAN, version(V.SIGNED, locked_at=at_hour(2), unlocked_at=NOON + 5 * DAY))
    assert seen(plan_view(facts(*CALLED, opened), viewer())) == task("lock_plan", due(26))


@pytest.mark.parametrize(
    ("held", "changes", "unit", "shown"),
    [
        ((), {}, HERE, is_("NOT_YET")),
        (SENT, {}, HERE, is_("NOT_STARTED")),
        (SENT, NO_SBAR, HERE, is_("DONE")),
        ((*SENT, SBAR_OPEN), {}, THERE, task("sign_sbar", OTHER_STEP, "DRAFT")),
        ((*SENT, SBAR_OPEN), {}, HERE, is_("NOT_STARTED")),
        ((*SENT, SBAR_OPEN), {"of": case(period(HERE), *LEFT)}, HERE, task("sign_sbar", OTHER_STEP, "DRAFT")),
        ((*SENT, SBAR_SIGNED), {}, HERE, is_("DONE")),
        ((*SENT, of_david(V.SIGNED, V.OPEN, kind=Part.SBAR)), {}, THERE, task("sign_sbar", OTHER_STEP)),
        ((*SENT, of_david(V.SIGNED, V.OPEN, kind=Part.SBAR)), {}, HERE, is_("DONE")),
        ((*SENT, SBAR_OPEN), NO_SBAR, THERE, is_("DONE")),
    ],
)
def test_the_survey(held, changes, unit, shown):
    assert seen(sbar_view(facts(*held, **changes), viewer(unit))) == shown


SET_ON = date(2026, 5, 26)
SET = {"follow_up_due_on": SET_ON}
SET_AT, NOTICED_AT = clock.at_local(SET_ON, time(16)), clock.at_local(date(2026, 5, 19), time(0))
FOLLOW_UP_BY_DAVID = of_david(V.OPEN, kind=Part.FOLLOW_UP)
SOME, ALL, NONE = Progress(1, 2), Progress(2, 2), Progress(0, 2)
GONE_FOLLOW_UP = voided(document(Part.FOLLOW_UP, V.SIGNED), NOON + 5 * DAY)


@pytest.mark.parametrize(
    ("held", "changes", "unit", "shown"),
    [
        ((), {}, HERE, is_("NOT_YET")),
        ((LOCKED,), {}, THERE, is_("NOT_STARTED")),
        # What comes next is decided within the common time: since the plan was locked, or the last follow-up ended.
        ((LOCKED,), {}, HERE, task("set_follow_up", OTHER_STEP)),
        ((LOCKED, GONE_FOLLOW_UP), {}, HERE, task("set_follow_up", due(21), "VOIDED")),
        ((LOCKED, GONE_FOLLOW_UP), {}, THERE, is_("VOIDED")),
        ((LOCKED, REPORTED), {}, HERE, task("decide_next", OTHER_STEP, "LOCKED")),
        ((LOCKED, REPORTED), {}, THERE, is_("LOCKED")),
        ((SIGNED, REPORTED), {}, HERE, is_("LOCKED")),
        ((LOCKED,), SET, HERE, task("follow_up", SET_AT, acts_from=NOTICED_AT, at=NOTICED_AT.isoformat())),
        ((LOCKED, REPORTED), SET, HERE,
         task("follow_up", SET_AT, "LOCKED", acts_from=NOTICED_AT, at=NOTICED_AT.isoformat())),
        ((LOCKED,), SET, THERE, is_("NOT_STARTED")),
        # Nothing is to be decided when it is evaluated, or a new plan is made of what was followed up.
        ((LOCKED, TO_EVALUATE), {}, HERE, is_("NOT_STARTED")),
        ((LOCKED, EVALUATED), {}, HERE, is_("NOT_STARTED")),
        ((LOCKED, REPORTED), {"of": SECOND}, HERE, is_("LOCKED")),
        ((LOCKED,), {"of": SECOND}, HERE, task("set_follow_up", OTHER_STEP)),
        # Being followed up: reported by who opened it, then locked by the coordinator.
        ((LOCKED, FOLLOWED), {"follow_up_progress": NONE}, HERE, task("report_follow_up", OTHER_STEP)),
        ((LOCKED, FOLLOWED), {"follow_up_progress": SOME}, THERE,
         is_("WAITING", "await_follow_up", due_at=OTHER_STEP, unit=UNITS[HERE])),
        ((LOCKED, FOLLOWED), {"follow_up_progress": ALL}, HERE, task("lock_follow_up", OTHER_STEP)),
        ((LOCKED, FOLLOWED), {"follow_up_progress": ALL}, THERE,
         is_("WAITING", "await_lock_follow_up", due_at=OTHER_STEP, who=NAMES[ANNA])),
        ((LOCKED, FOLLOW_UP_BY_DAVID), {"follow_up_progress": ALL}, HERE,
         task("lock_follow_up", OTHER_STEP, unit=UNITS[THERE])),
        ((LOCKED, FOLLOW_UP_BY_DAVID), {"follow_up_progress": SOME}, HERE,
         is_("WAITING", "await_follow_up", due_at=OTHER_STEP, unit=UNITS[THERE])),
        ((LOCKED, FOLLOW_UP_BY_DAVID), {"follow_up_progress": SOME, "of": case(period(HERE), *LEFT)}, HERE,
         task("report_follow_up", OTHER_STEP)),
        ((LOCKED, FOLLOW_UP_BY_DAVID), {"follow_up_progress": SOME, "of": case(period(HERE), *LEFT, period(ELSEWHERE))},
         ELSEWHERE, is_("WAITING", "await_follow_up", due_at=OTHER_STEP, unit=UNITS[HERE])),
        ((LOCKED, FOLLOWED), {"follow_up_progress": Progress(0, 0)}, HERE,
         is_("WAITING", "await_lock_follow_up", due_at=OTHER_STEP, who=NAMES[ANNA])),
        # The day that was set for it stands, when it is the one that was due.
        ((LOCKED, FOLLOWED), {"follow_up_progress": NONE, "follow_up_due_on": date(2026, 5, 20)}, HERE,
         task("report_follow_up", clock.at_local(date(2026, 5, 20), time(16)))),
        ((LOCKED, FOLLOWED), {"follow_up_progress": NONE, "follow_up_due_on": date(2026, 5, 21)}, HERE,
         task("report_follow_up", OTHER_STEP)),
    ],
)  # fmt: skip
def test_the_follow_up(held, changes, unit, shown):
    assert seen(follow_up_view(facts(*held, **changes), viewer(unit))) == shown


VOID_EVALUATION = voided(EVALUATION_SIGNED)


@pytest.mark.parametrize(
    ("held", "meeting", "unit", "shown"),
    [
        ((), None, HERE, is_("NOT_YET")),
        ((LOCKED,), None, HERE, is_("NOT_YET")),
        ((LOCKED, REPORTED), None, HERE, is_("NOT_STARTED")),
        ((LOCKED, TO_EVALUATE), None, HERE, task("write_evaluation")),
        ((LOCKED, TO_EVALUATE), MEETS, HERE,
         task("write_evaluation", AFTER_MEETING, acts_from=MEETS_AT, at=MEETS_AT.isoformat())),
        ((LOCKED, TO_EVALUATE), MEETS, THERE, is_("NOT_STARTED")),
        ((LOCKED, TO_EVALUATE, VOID_EVALUATION), None, HERE, task("write_evaluation", None, "VOIDED")),
        ((LOCKED, TO_EVALUATE, VOID_EVALUATION), None, THERE, is_("VOIDED")),
        ((LOCKED, REPORTED, VOID_EVALUATION), None, HERE, is_("VOIDED")),
        # When one has been voided since the meeting, after that.
        ((LOCKED, TO_EVALUATE, replace(VOID_EVALUATION, voided_at=NOON + 7 * DAY)), MEETS, HERE,
         task("write_evaluation", due(27), "VOIDED", acts_from=MEETS_AT, at=MEETS_AT.isoformat())),
        ((LOCKED, TO_EVALUATE, EVALUATED), MEETS, HERE, task("sign_evaluation", AFTER_MEETING, "DRAFT")),
        ((LOCKED, TO_EVALUATE, EVALUATED), None, THERE,
         is_("WAITING", "await_sign_evaluation", due_at=PLAN_SIGNED, unit=UNITS[HERE], who=NAMES[ANNA])),
        ((LOCKED, TO_EVALUATE, EVALUATION_SIGNED), None, HERE, task("lock_evaluation", PLAN_LOCKED)),
        ((LOCKED, TO_EVALUATE, EVALUATION_SIGNED), MEETS, HERE, task("lock_evaluation", LOCKED_AFTER)),
        ((LOCKED, TO_EVALUATE, EVALUATION_SIGNED), None, THERE,
         is_("WAITING", "await_lock_evaluation", due_at=PLAN_LOCKED, who=NAMES[ANNA])),
        ((LOCKED, EVALUATION_LOCKED), None, HERE, is_("LOCKED")),
    ],
)  # fmt: skip
def test_the_evaluation(held, meeting, unit, shown):
    meetings = [(TO_EVALUATE, meeting)] if meeting else ()
    assert seen(evaluation_view(facts(*held, meetings=meetings), viewer(unit))) == shown


def test_a_summons_to_evaluation_is_nobodys_task():
    gone = message(Part.EVALUATION_SUMMONS, status=VOIDED)
    back = message(Part.EVALUATION_SUMMONS, status=TAKEN_BACK)
    shown = [
        [
            seen(message_view(facts(LOCKED, *held), kinds.EVALUATION_SUMMONS, viewer(unit)))
            for unit in (HERE, THERE)
        ]
        for held in ((), (gone,), (back,))
    ]
    nothing = is_("NOT_STARTED")
    assert shown == [[nothing, nothing], [is_("VOIDED")] * 2, [is_("TAKEN_BACK"), nothing]]


def test_the_parts_come_in_the_order_of_the_process_and_the_survey_where_it_is_used_or_was():
    all_parts = list(Part)
    assert list(part_views(facts(), viewer())) == all_parts
    without = [part for part in all_parts if part != Part.SBAR]
    assert list(part_views(facts(**NO_SBAR), viewer())) == without
    assert list(part_views(facts(SBAR_SIGNED, **NO_SBAR), viewer())) == all_parts
    assert list(part_views(facts(SBAR_OPEN, **NO_SBAR), viewer())) == without
    views = part_views(facts(*SENT, SUMMONS, OPEN), viewer())
    assert {view.next_step.part for view in views.values()} == set(all_parts)
    assert all(view.next_step.part == part for part, view in views.items())
