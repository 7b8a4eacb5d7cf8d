"""When a message may be written, sent, answered, sent on, taken back and voided: tables of facts written by hand."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from samordna.cases.states import Access, CaseStatus, ConsentScope
from samordna.cases.tests.facts import ELSEWHERE, HERE, HOUR, NOON, THERE, case, period
from samordna.casework.meetings.rules import meeting_refusal
from samordna.casework.meetings.states import MeetingForm
from samordna.casework.meetings.text import MeetingText
from samordna.casework.messages.rules import messages as rules
from samordna.casework.messages.rules.drafts import draft_gone_refusal
from samordna.kernel import clock
from samordna.kernel.module import Right
from samordna.messaging.commands import Reply
from samordna.messaging.states import Answer, MessageStatus
from samordna.sip.information.rules import information_refusal
from samordna.sip.information.text import InformationText
from samordna.sip.initiative.rules import initiative_refusal
from samordna.sip.initiative.states import Initiator
from samordna.sip.initiative.text import InitiativeText
from samordna.sip.states import Part
from samordna.sip.tests.facts import (
    ANNA,
    CALLED,
    DAVID,
    EVA,
    INITIATIVE,
    NAMES,
    SUMMONS,
    TODAY,
    UNITS,
    acknowledged,
    actor,
    delivery,
    denied,
    ended,
    facts,
    informed,
    message,
    outside,
    said,
    whole_case,
)
from samordna.sip.tests.test_rules_of_a_case import consent

DRAFT, SENT, VOIDED, TAKEN_BACK = (
    MessageStatus.DRAFT, MessageStatus.SENT, MessageStatus.VOIDED, MessageStatus.TAKEN_BACK,
)  # fmt: skip
OVER, OUTSIDE = "case.not_active", "rights.not_participant"
NO_INITIATE, NO_ANSWER, NOT_HER = (
    "rights.may_not_initiate", "rights.may_not_answer", "rights.not_coordinator",
)  # fmt: skip
ANSWERS_ONLY = actor(DAVID, rights=[Right.ANSWER])
ENDED = whole_case(status=CaseStatus.ENDED)
BY_STATUS = {status: message(Part.SUMMONS, acknowledged(), status=status) for status in MessageStatus}


@pytest.mark.parametrize(
    ("found", "refused"),
    [
        (None, "message.not_sent"),
        (BY_STATUS[DRAFT], "message.not_sent"),
        (BY_STATUS[SENT], None),
        (BY_STATUS[VOIDED], "message.voided"),
        (BY_STATUS[TAKEN_BACK], "message.taken_back"),
        (BY_STATUS[MessageStatus.DISCARDED], "message.gone"),
    ],
)
def test_nothing_is_done_with_a_message_that_is_not_there(found, refused):
    refusal = rules.gone_refusal(found)
    assert said(refusal) == refused
    assert said(rules.void_refusal(facts(), actor(), found)) == refused
    assert (
        said(rules.change_recipients_refusal(facts(*([found] if found else [])), actor(), found)) == refused
    )
    if refused == "message.voided":
        assert NAMES[ANNA] in str(refusal)
        assert "Fel dag" in str(refusal)


@pytest.mark.parametrize(
    ("found", "refused", "named"),
    [
        (None, "draft.discarded", ""),
        (BY_STATUS[DRAFT], None, ""),
        (BY_STATUS[SENT], "draft.sent", NAMES[ANNA]),
        (BY_STATUS[VOIDED], "draft.voided", NAMES[ANNA]),
        (BY_STATUS[TAKEN_BACK], "draft.taken_back", ""),
    ],
)
def test_what_became_of_a_draft_is_told(found, refused, named):
    refusal = draft_gone_refusal(found)
    assert said(refusal) == refused
    assert named in str(refusal)


def test_who_voided_a_draft_that_was_sent_is_told_and_not_who_sent_it():
    refusal = draft_gone_refusal(replace(BY_STATUS[VOIDED], sent_by_name="Eva Ek", voided_by_name="Bo Berg"))
    assert "Bo Berg" in str(refusal)
    assert "Bo Berg" not in str(draft_gone_refusal(replace(BY_STATUS[SENT], voided_by_name="Bo Berg")))


@pytest.mark.parametrize(
    ("held", "who", "kind", "refused"),
    [
        ((), actor(), Part.INITIATIVE, None),
        ((), ANSWERS_ONLY, Part.INITIATIVE, NO_INITIATE),
        ((), actor(40, unit_id=40), Part.INITIATIVE, OUTSIDE),
        ((), actor(), Part.SUMMONS, "process.initiative_accepted"),
        ((INITIATIVE,), actor(), Part.SUMMONS, None),
        ((INITIATIVE,), actor(), Part.INITIATIVE, "message.already_sent"),
        (CALLED, actor(), Part.SUMMONS, "message.already_sent"),
        (CALLED, ANSWERS_ONLY, Part.SUMMONS, NO_INITIATE),
        # To inform takes either right, and several stand.
        ((INITIATIVE,), ANSWERS_ONLY, Part.INFORMATION, None),
        ((INITIATIVE,), actor(40, unit_id=40, rights=[Right.ANSWER]), Part.INFORMATION, OUTSIDE),
        ((INITIATIVE, message(Part.INFORMATION, informed())), actor(DAVID), Part.INFORMATION, None),
        ((), actor(), Part.INFORMATION, "process.initiative_sent"),
    ],
)
def test_who_writes_which_message_when(held, who, kind, refused):
    assert said(rules.write_refusal(facts(*held), who, kind)) == refused


@pytest.mark.parametrize(
    ("who", "kind", "refused"),
    [
        (actor(), Part.SUMMONS, None),
        (ANSWERS_ONLY, Part.SUMMONS, NO_INITIATE),
        (ANSWERS_ONLY, Part.INFORMATION, None),
        (actor(40, unit_id=40), Part.INFORMATION, OUTSIDE),
    ],
)
def test_a_draft_is_thrown_away_by_who_may_write_it_whatever_the_process_says(who, kind, refused):
    assert said(rules.discard_refusal(facts(), who, kind)) == refused


@pytest.mark.parametrize(
    ("status", "more", "who", "refused"),
    [
        (VOIDED, (), actor(), None),
        (TAKEN_BACK, (), actor(), None),
        (VOIDED, (), ANSWERS_ONLY, NO_INITIATE),
        (SENT, (), actor(), "message.already_sent"),
        (DRAFT, (), actor(), "message.stands"),
        (VOIDED, (message(Part.SUMMONS, status=DRAFT),), actor(), "message.draft_begun"),
        (VOIDED, (message(Part.SUMMONS, status=DRAFT, unit_id=THERE),), actor(), None),
        (VOIDED, (message(Part.INITIATIVE, status=DRAFT),), actor(), None),
    ],
)
def test_a_new_one_is_made_of_what_is_gone(status, more, who, refused):
    found = facts(INITIATIVE, BY_STATUS[status], *more)
    assert said(rules.anew_refusal(found, who, BY_STATUS[status])) == refused


# --- Opening and answering ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "who", "refused"),
    [
        (delivery(), actor(DAVID), None),
        (delivery(), actor(DAVID, rights=[Right.INITIATE]), NO_ANSWER),
        (informed(), actor(DAVID, rights=[Right.INITIATE]), None),
        (delivery(), actor(EVA), "message.not_awaited"),
        (ended(delivery()), actor(DAVID), "message.not_awaited"),
    ],
)
def test_a_message_is_opened_by_who_may_answer_it(one, who, refused):
    assert said(rules.open_refusal(facts(), who, message(Part.SUMMONS, one))) == refused
    stopped = NO_ANSWER if refused == NO_ANSWER else OVER if refused is None else refused
    assert said(rules.open_refusal(facts(of=ENDED), who, message(Part.SUMMONS, one))) == stopped
    assert (
        said(rules.open_refusal(facts(), who, message(Part.SUMMONS, one, status=VOIDED))) == "message.voided"
    )
    assert said(rules.open_refusal(facts(), who, None)) == "message.not_sent"


YES, NO, SEEN = Reply(Answer.ACCEPTED), Reply(Answer.DENIED), Reply(Answer.ACKNOWLEDGED)
HELD = (consent(unit_ids=frozenset({THERE})),)
ONE = delivery()
ASKED = message(Part.INITIATIVE, ONE)
CALLING = message(Part.SUMMONS, ONE)


def reply(found=ASKED, one=ONE, reply=YES, who=None, held=HELD, day=TODAY, of=None):
    return rules.reply_refusal(
        facts(found, of=of, consents=held), who or actor(DAVID), found, one, reply, day
    )


GONE = "consent.gone_for_accepting"


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, None),
        ({"who": actor(DAVID, rights=[Right.INITIATE])}, NO_ANSWER),
        ({"of": ENDED}, OVER),
        ({"found": replace(ASKED, status=VOIDED)}, "message.voided"),
        ({"one": None}, "message.not_awaited"),
        ({"who": actor(EVA)}, "message.not_awaited"),
        ({"one": ended(ONE)}, "message.not_awaited"),
        ({"one": replace(ONE, answer=Answer.DENIED, answered_by_name="Bo Berg")}, "message.already_answered"),
        # Accepting opens the whole case, so consent holds for the unit that day, through its last one.
        ({"held": ()}, GONE),
        ({"held": (consent(),)}, GONE),
        ({"held": (consent(), *HELD)}, None),
        ({"held": (replace(HELD[0], until_on=TODAY),)}, None),
        ({"held": (replace(HELD[0], until_on=TODAY), ), "day": TODAY + timedelta(days=1)}, GONE),
        ({"held": (replace(HELD[0], scope=ConsentScope.INFORMATION),)}, GONE),
        ({"held": (), "reply": replace(NO, suggested_text="Rehab")}, None),
        ({"held": (), "found": CALLING, "reply": SEEN}, None),
        # An initiative is accepted or denied, the rest acknowledged; a denial names somebody.
        ({"reply": SEEN}, "message.accept_or_deny answer"),
        ({"found": CALLING}, "message.acknowledge_only answer"),
        ({"found": CALLING, "reply": NO}, "message.acknowledge_only answer"),
        ({"reply": NO}, "message.denial_names_nobody suggested_text"),
        ({"reply": replace(NO, suggested_text="Rehab")}, None),
        ({"reply": replace(NO, suggested_unit_id=ELSEWHERE)}, None),
    ],
)  # fmt: skip
def test_a_unit_answers_once_what_is_awaited(given, refused):
    refusal = reply(**given)
    assert said(refusal) == refused
    if refused == GONE:
        assert NAMES[ANNA] in str(refusal)
    if refused == "message.already_answered":
        assert "Bo Berg" in str(refusal)


def test_a_message_that_is_not_there_is_not_answered():
    assert said(rules.reply_refusal(facts(), actor(DAVID), None, ONE, YES, TODAY)) == "message.not_sent"


# --- Taking back, voiding, recipients -------------------------------------------------------------------------------

OPENED = replace(ONE, opened_at=NOON)


@pytest.mark.parametrize(
    ("found", "who", "refused"),
    [
        (CALLING, actor(), None),
        (CALLING, actor(rights=[Right.ANSWER]), None),
        (CALLING, actor(DAVID), "message.not_sender"),
        (CALLING, actor(40, unit_id=40), OUTSIDE),
        (None, actor(), "message.not_sent"),
        (BY_STATUS[TAKEN_BACK], actor(), "message.taken_back"),
        (message(Part.SUMMONS, ONE, OPENED), actor(), "message.opened"),
        (message(Part.SUMMONS, outside(told_at=NOON)), actor(), "message.opened"),
        (message(Part.SUMMONS, outside()), actor(), None),
    ],
)
def test_the_sender_takes_back_what_nobody_has_opened(found, who, refused):
    refusal = rules.take_back_refusal(facts(), who, found)
    assert said(refusal) == refused
    assert refused != "message.not_sender" or UNITS[HERE] in str(refusal)


@pytest.mark.parametrize(
    ("deliveries", "inside"),
    [
        ((OPENED,), True),
        ((acknowledged(),), True),
        ((outside(told_at=NOON),), False),
        ((outside(answer=Answer.ACCEPTED),), False),
        ((outside(told_at=NOON), OPENED), True),
        ((outside(told_at=NOON), ONE), False),
    ],
)
def test_why_it_cannot_be_taken_back_is_told(deliveries, inside):
    by_a_unit = rules.take_back_refusal(facts(), actor(), message(Part.SUMMONS, OPENED)).message
    told = rules.take_back_refusal(facts(), actor(), message(Part.SUMMONS, *deliveries)).message
    assert (told == by_a_unit) is inside


def test_the_coordinator_voids():
    assert rules.void_refusal(facts(), actor(), CALLING) is None
    assert said(rules.void_refusal(facts(), actor(DAVID), CALLING)) == NOT_HER


RENEWED = replace(BY_STATUS[SENT], round_number=2)
NEWS = message(Part.INFORMATION, informed())


@pytest.mark.parametrize(
    ("held", "found", "who", "refused"),
    [
        ((CALLING,), CALLING, actor(), None),
        ((CALLING,), CALLING, ANSWERS_ONLY, NO_INITIATE),
        ((CALLING,), BY_STATUS[VOIDED], actor(), "message.voided"),
        ((CALLING, RENEWED), CALLING, actor(), None),
        ((RENEWED,), RENEWED, actor(), "message.earlier_plan"),
        ((NEWS, message(Part.INFORMATION, informed())), NEWS, actor(), None),
    ],
)
def test_recipients_are_changed_of_what_stands(held, found, who, refused):
    assert said(rules.change_recipients_refusal(facts(*held), who, found)) == refused


DENIAL, CLOSED = denied(), delivery(unit_closed_on=date(2026, 5, 12))


@pytest.mark.parametrize(
    ("one", "refused"),
    [
        (DENIAL, None),
        (CLOSED, None),
        (ONE, "message.denial_handled"),
        (ended(DENIAL), "message.denial_handled"),
        (None, "message.denial_handled"),
    ],
)
def test_one_goes_on_without_a_unit_that_denied_or_is_closed(one, refused):
    found = message(Part.INITIATIVE, ONE, DENIAL, CLOSED, ended(DENIAL))
    assert said(rules.set_aside_refusal(facts(found), actor(), found, one)) == refused
    assert said(rules.set_aside_refusal(facts(found), ANSWERS_ONLY, found, DENIAL)) == NO_INITIATE
    assert said(rules.set_aside_refusal(facts(), actor(), None, DENIAL)) == "message.not_sent"


@pytest.mark.parametrize(
    ("units", "refused"),
    [
        ([30], None),
        ([THERE], "recipients.has_it recipients"),
        ([30, THERE], "recipients.has_it recipients"),
        ([HERE], "recipients.has_it recipients"),
        # One that denied, or is closed, or was taken off may get it again.
        ([21], None),
        ([22], None),
        ([23], None),
    ],
)
def test_a_unit_does_not_get_a_message_twice(units, refused):
    found = message(
        Part.INITIATIVE, ONE, denied(21), delivery(22, unit_closed_on=TODAY), ended(delivery(23)),
    )  # fmt: skip
    assert said(rules.add_recipient_refusal(found, units)) == refused


# --- Units outside the system ---------------------------------------------------------------------------------------

FAR = outside(added_at=NOON + timedelta(seconds=30))
TOLD = message(Part.INITIATIVE, FAR, ONE, ended(outside(21)))
SUMMONED = message(Part.SUMMONS, FAR)
NOW = NOON + 5 * HOUR


def external(found=TOLD, one=FAR, who=None, of=None, **given):
    return rules.external_refusal(facts(of=of), who or actor(), found, one.id, **{"at": NOW} | given)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, None),
        ({"who": actor(DAVID, rights=[Right.ANSWER])}, None),
        ({"who": actor(40, unit_id=40)}, OUTSIDE),
        ({"of": ENDED}, OVER),
        ({"found": None}, "message.not_sent"),
        ({"found": replace(TOLD, status=TAKEN_BACK)}, "message.taken_back"),
        ({"one": ONE}, "message.not_external"),
        ({"one": TOLD.deliveries[2]}, "message.not_awaited"),
        ({"one": delivery()}, "message.not_awaited"),
        ({"told_at": NOW}, None),
        ({"told_at": NOW + timedelta(seconds=1)}, "external.told_ahead told_on"),
        ({"told_at": NOW + HOUR, "at": None}, None),
        # By the minute, as it is typed; by the day, when that is all that is known.
        ({"told_at": NOON}, None),
        ({"told_at": NOON - timedelta(seconds=1)}, "external.told_before told_on"),
        ({"told_at": NOON - 11 * HOUR, "day_only": True}, None),
        ({"told_at": NOON - 13 * HOUR, "day_only": True}, "external.told_before told_on"),
        ({"reply": YES}, None),
        ({"reply": SEEN}, "message.accept_or_deny answer"),
        ({"reply": YES, "found": SUMMONED}, "message.acknowledge_only answer"),
        ({"reply": SEEN, "found": SUMMONED}, None),
        ({"reply": NO}, "message.denial_names_nobody suggested_text"),
    ],
)
def test_what_is_recorded_of_a_unit_outside(given, refused):
    assert said(external(**given)) == refused


def test_the_moment_is_taken_by_its_minute():
    late = replace(FAR, added_at=NOON + timedelta(seconds=59, microseconds=7))
    found = message(Part.INITIATIVE, late)
    assert external(found, late, told_at=NOON) is None
    assert (
        said(external(found, late, told_at=NOON - timedelta(microseconds=1)))
        == "external.told_before told_on"
    )


def test_an_answer_from_outside_is_recorded_once_and_a_denial_names_somebody_in_words():
    answered = replace(FAR, answer=Answer.DENIED, answered_by_name="Bo Berg")
    refusal = external(message(Part.INITIATIVE, answered), answered, reply=YES)
    assert said(refusal) == "message.already_answered answer"
    assert "Bo Berg" in str(refusal)
    assert external(reply=NO).message != reply(reply=NO).message
    assert external(message(Part.INITIATIVE, answered), answered) is None


# --- What is written ------------------------------------------------------------------------------------------------

AT = clock.at_local(TODAY, time(12))
MEETING = MeetingText(meets_on=TODAY, starts=time(13), ends=time(14), place="Rum 1")
TOMORROW = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, None),
        ({"meets_on": None}, "summons.date_missing meets_on"),
        ({"starts": None}, "summons.time_missing starts"),
        ({"place": ""}, "summons.place_missing place"),
        ({"meets_on": TODAY - timedelta(days=1)}, "summons.date_past meets_on"),
        ({"starts": time(12)}, "summons.time_past starts"),
        ({"starts": time(12, 1)}, None),
        ({"ends": None}, None),
        ({"ends": time(13)}, "summons.ends_before_start ends"),
        ({"ends": time(13, 1)}, None),
        ({"meets_on": TOMORROW}, "summons.day_off meets_on"),
        ({"meets_on": date(2026, 5, 16)}, "summons.day_off meets_on"),
        ({"meets_on": date(2026, 5, 17)}, "summons.day_off meets_on"),
        ({"meets_on": date(2026, 5, 15)}, None),
    ],
)
def test_a_meeting_lies_ahead_and_says_where(changes, refused):
    text = replace(MEETING, **changes)
    assert said(meeting_refusal(text, day_off_confirmed=False, at=AT)) == refused
    confirmed = None if refused == "summons.day_off meets_on" else refused
    assert said(meeting_refusal(text, day_off_confirmed=True, at=AT)) == confirmed


def test_which_day_off_it_is_and_which_place_is_missing_is_told():
    days = [TOMORROW, date(2026, 5, 16), date(2026, 5, 17)]
    told = [meeting_refusal(replace(MEETING, meets_on=day), day_off_confirmed=False, at=AT) for day in days]
    assert len({str(one.message) for one in told}) == 3
    places = [replace(MEETING, place="", form=form) for form in MeetingForm]
    missing = [meeting_refusal(text, day_off_confirmed=False, at=AT) for text in places]
    assert len({str(one.message) for one in missing}) == 3


def test_an_initiative_says_why_and_whose_it_is():
    text = InitiativeText(reason="Behöver hjälp", initiator=Initiator.INDIVIDUAL)
    assert initiative_refusal(text) is None
    assert said(initiative_refusal(replace(text, reason=""))) == "initiative.reason_missing reason"
    assert said(initiative_refusal(replace(text, initiator=""))) == "initiative.initiator_missing initiator"
    assert (
        said(initiative_refusal(replace(text, initiator="CAT"))) == "initiative.initiator_missing initiator"
    )


def test_an_information_message_says_something():
    assert information_refusal(InformationText(text="Hej")) is None
    assert said(information_refusal(InformationText())) == "information.text_missing text"


def test_a_unit_that_is_asked_only_is_outside_the_whole_case():
    found = facts(INITIATIVE, of=case(period(HERE), period(THERE, Access.INVITED)))
    assert said(rules.write_refusal(found, actor(DAVID), Part.SUMMONS)) == OUTSIDE
    assert said(rules.take_back_refusal(found, actor(DAVID), SUMMONS)) == OUTSIDE
