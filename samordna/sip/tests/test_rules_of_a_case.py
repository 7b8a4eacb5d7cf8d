"""Who may do what in a case, rule by rule: tables of facts written by hand, without a database."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from samordna.assignments.queries.colleagues import Colleague
from samordna.assignments.states import SystemRole
from samordna.cases.consent import ConsentFacts
from samordna.cases.facts import JoinFacts
from samordna.cases.states import Access, CaseStatus, ConsentForm, ConsentGiver, ConsentScope, LeftReason
from samordna.cases.tests.facts import CASE, ELSEWHERE, HERE, HOUR, NOON, THERE, case, period
from samordna.casework.case.rules import case as of_case
from samordna.casework.case.rules import identity, new_case, protection
from samordna.casework.file import rules as rights
from samordna.kernel.identifiers import Kind
from samordna.kernel.module import Module, Right
from samordna.people.protection import ChangeFacts
from samordna.people.rules import PersonChanges
from samordna.people.states import IdentityKind, Protection, ProtectionAct
from samordna.sip.process import SIP
from samordna.sip.tests.facts import ANNA, BOTH, DAVID, EVA, NAMES, TODAY, UNITS, actor, said, whole_case

DAY = timedelta(days=1)
ENDED, VOIDED = CaseStatus.ENDED, CaseStatus.VOIDED
OVER = "case.not_active"
OUTSIDE = "rights.not_participant"
NO_INITIATE = "rights.may_not_initiate"
NO_ANSWER = "rights.may_not_answer"
NOT_HER = "rights.not_coordinator"

# How the unit of David stands in the case.
GOES_ON = whole_case()
PERIODS = {
    "whole": [period(THERE)],
    "invited": [period(THERE, Access.INVITED)],
    "informed": [period(THERE, Access.INFORMED)],
    "left": [period(THERE, until=NOON + HOUR, why=LeftReason.REMOVED)],
    "never": [],
}


def at_there(how, **changes):
    return case(period(HERE), *PERIODS[how], **changes)


@pytest.mark.parametrize("how", PERIODS)
@pytest.mark.parametrize("status", CaseStatus)
def test_a_unit_in_the_whole_case_writes_and_initiates_while_it_goes_on(how, status):
    found = at_there(how, status=status)
    stopped = OVER if status != CaseStatus.ACTIVE else None if how == "whole" else OUTSIDE
    assert said(rights.participant_refusal(found, actor(DAVID))) == stopped
    assert said(of_case.name_handler_refusal(found, actor(DAVID))) == stopped
    assert said(of_case.consent_refusal(found, actor(DAVID))) == stopped
    assert said(rights.initiate_refusal(found, actor(DAVID))) == stopped
    assert said(identity.change_number_refusal(found, actor(DAVID))) == stopped
    answers = actor(DAVID, rights=[Right.ANSWER])
    assert said(rights.initiate_refusal(found, answers)) == (stopped or NO_INITIATE)
    assert said(rights.participant_refusal(found, answers)) == stopped


@pytest.mark.parametrize("status", CaseStatus)
def test_answering_takes_the_right_and_a_case_that_goes_on(status):
    stopped = None if status == CaseStatus.ACTIVE else OVER
    assert said(rights.answer_refusal(case(status=status), actor(DAVID))) == stopped
    assert said(rights.active_refusal(case(status=status))) == stopped
    found = rights.answer_refusal(case(status=status), actor(DAVID, rights=[Right.INITIATE]))
    assert said(found) == NO_ANSWER
    assert "SIP" in str(found.message)
    assert "SIP" in str(found.who_can)


def test_what_lacks_a_right_names_the_process():
    found = rights.initiate_refusal(GOES_ON, actor(rights=[Right.ANSWER]))
    assert "SIP" in str(found.message)
    assert "SIP" in str(new_case.create_refusal(SIP, actor(rights=[Right.ANSWER])).message)


@pytest.mark.parametrize(
    ("who", "status", "refused"),
    [
        (actor(ANNA), CaseStatus.ACTIVE, None),
        (actor(ANNA, unit_id=THERE), CaseStatus.ACTIVE, NOT_HER),
        (actor(DAVID), CaseStatus.ACTIVE, NOT_HER),
        (actor(DAVID, unit_id=HERE), CaseStatus.ACTIVE, NOT_HER),
        (actor(ANNA), ENDED, OVER),
        (actor(DAVID), VOIDED, OVER),
    ],
)
def test_the_coordinator_alone_and_only_while_the_case_goes_on(who, status, refused):
    found = case(status=status)
    for rule in (rights.coordinator_refusal, rights.change_coordinator_refusal, identity.join_refusal):
        assert said(rule(found, who)) == refused
    at_any_time = None if who == actor(ANNA) else NOT_HER
    assert said(rights.not_coordinator_refusal(found, who)) == at_any_time


def test_who_coordinates_is_named_or_who_names_another():
    left = replace(GOES_ON, coordinator=replace(GOES_ON.coordinator, valid=False))
    for words in (
        rights.can_lock(GOES_ON), rights.can_open(GOES_ON), rights.coordinator_refusal(GOES_ON, actor(DAVID)).who_can,
    ):  # fmt: skip
        assert NAMES[ANNA] in str(words)
        assert UNITS[HERE] in str(words)
    for words in (
        rights.can_lock(left),
        rights.can_open(left),
        rights.not_coordinator_refusal(left, actor(DAVID)).who_can,
    ):
        assert NAMES[ANNA] not in str(words)
        assert words
    assert rights.can_lock(GOES_ON) != rights.can_open(GOES_ON)


@pytest.mark.parametrize(
    ("held", "valid", "status", "refused"),
    [
        ([(SystemRole.ADMINISTRATOR, 80)], False, CaseStatus.ACTIVE, None),
        ([(SystemRole.SUPERUSER, 80)], False, CaseStatus.ACTIVE, None),
        ([(SystemRole.SYSTEM_MANAGER, 80)], False, CaseStatus.ACTIVE, "coordinator.not_yours_to_name"),
        ([(SystemRole.ADMINISTRATOR, 81)], False, CaseStatus.ACTIVE, "coordinator.not_yours_to_name"),
        ([], False, CaseStatus.ACTIVE, "coordinator.not_yours_to_name"),
        ([(SystemRole.ADMINISTRATOR, 80)], True, CaseStatus.ACTIVE, "coordinator.still_there"),
        ([(SystemRole.ADMINISTRATOR, 80)], False, ENDED, OVER),
    ],
)
def test_an_administrator_names_another_coordinator_when_there_is_none(held, valid, status, refused):
    found = case(period(HERE, lies_within=frozenset({HERE, 80})), status=status)
    found = replace(found, coordinator=replace(found.coordinator, valid=valid))
    refusal = rights.replace_coordinator_refusal(found, actor(DAVID, held=held))
    assert said(refusal) == refused
    if refused == "coordinator.still_there":
        assert NAMES[ANNA] in str(refusal.who_can)
        assert UNITS[HERE] in str(refusal.who_can)


# --- Coordinator, handler, units ------------------------------------------------------------------------------------


def colleague(user_id=DAVID, unit_id=THERE, rights=BOTH, module=Module.SIP):
    return Colleague(
        assignment_id=user_id, user_id=user_id, name=NAMES[user_id], title="", profession="OTHER", unit_id=unit_id,
        unit_name=UNITS[unit_id], department_id=1, principal_id=1, phone="", email="",
        module_rights=frozenset((module, one) for one in rights),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("to", "readers", "refused"),
    [
        (None, (), None),
        (colleague(EVA, ELSEWHERE), (), None),
        (colleague(), (), "coordinator.oneself colleague"),
        (colleague(), ((THERE, DAVID),), None),
        (colleague(), ((HERE, DAVID),), "coordinator.oneself colleague"),
    ],
)
def test_nobody_lets_herself_into_a_protected_case(to, readers, refused):
    found = whole_case(protected=True, named_readers=readers)
    assert said(of_case.lets_oneself_in_refusal(found, actor(DAVID), to)) == refused
    assert of_case.lets_oneself_in_refusal(replace(found, protected=False), actor(DAVID), to) is None


@pytest.mark.parametrize(
    ("to", "refused"),
    [
        (colleague(), None),
        (None, "coordinator.no_right colleague"),
        (colleague(rights=()), "coordinator.no_right colleague"),
        (colleague(module=Module.SPU), "coordinator.no_right colleague"),
        (colleague(EVA, ELSEWHERE), "coordinator.unit_outside colleague"),
    ],
)
def test_the_new_coordinator_may_use_the_process_at_a_unit_in_the_whole_case(to, refused):
    found = case(period(HERE), period(THERE), period(ELSEWHERE, Access.INVITED))
    refusal = of_case.new_coordinator_refusal(SIP, found, to)
    assert said(refusal) == refused
    if refusal is not None:
        assert ("SIP" if "no_right" in refused else UNITS[ELSEWHERE]) in str(refusal)


LEAVING = colleague(DAVID, THERE)


@pytest.mark.parametrize(
    ("to", "works_on", "refused"),
    [
        (colleague(EVA, THERE), False, None),
        (colleague(EVA, THERE), True, "hand_over.works_on to"),
        (None, True, "hand_over.works_on to"),
        (colleague(ANNA, THERE), False, "hand_over.oneself to"),
        (None, False, "hand_over.not_here to"),
        (colleague(EVA, ELSEWHERE), False, "hand_over.not_here to"),
        (colleague(DAVID, THERE), False, "hand_over.not_here to"),
        (colleague(EVA, THERE, rights=()), False, "hand_over.not_here to"),
        (colleague(EVA, THERE, module=Module.SPU), False, "hand_over.not_here to"),
    ],
)
def test_cases_are_handed_over_to_another_at_the_unit(to, works_on, refused):
    refusal = of_case.hand_over_refusal(SIP, LEAVING, to, actor(ANNA), works_on=works_on)
    assert said(refusal) == refused
    assert refused != "hand_over.not_here to" or "SIP" in str(refusal)


@pytest.mark.parametrize(
    ("who", "unit_id", "outside", "refused"),
    [
        (actor(), THERE, (), None),
        (actor(DAVID), THERE, (), NOT_HER),
        (actor(), HERE, (), "unit.coordinates"),
        (actor(), 30, (), "unit.not_in"),
        (actor(), 30, (30,), None),
        (actor(), 30, (31,), "unit.not_in"),
        (actor(), 10, (), "unit.not_in"),
    ],
)
def test_the_coordinator_removes_units_but_her_own(who, unit_id, outside, refused):
    found = whole_case(period(10, until=NOON + HOUR, why=LeftReason.REMOVED))
    assert said(of_case.remove_unit_refusal(found, who, unit_id, outside)) == refused


def consent(**changes):
    known = {
        "id": UUID(int=1), "giver": ConsentGiver.SELF, "giver_name": "", "how": ConsentForm.ORAL,
        "scope": ConsentScope.SIP, "unit_ids": frozenset({HERE}), "unit_names": ("Hemtjänsten Norr",),
        "until_on": None, "cannot_consent_reason": "", "child_view": "", "recorded_at": NOON,
        "recorded_by_name": "Anna Lindqvist", "recorded_unit_name": "Hemtjänsten Norr", "withdrawn_at": None,
    }  # fmt: skip
    return ConsentFacts(**known | changes)


@pytest.mark.parametrize(
    ("consents", "refused"),
    [
        ([consent()], None),
        ([], "consent.none_left"),
        ([consent(withdrawn_at=NOON)], "consent.none_left"),
        ([consent(until_on=TODAY)], None),
        ([consent(until_on=TODAY - DAY)], "consent.none_left"),
        ([consent(until_on=TODAY, withdrawn_at=NOON)], "consent.none_left"),
        ([consent(withdrawn_at=NOON), consent()], None),
    ],
)
def test_a_consent_that_is_left_is_withdrawn_through_its_last_day(consents, refused):
    assert said(of_case.withdraw_refusal(GOES_ON, actor(DAVID), consents, TODAY)) == refused
    assert said(of_case.withdraw_refusal(case(), actor(DAVID), consents, TODAY)) == OUTSIDE


# --- The person -----------------------------------------------------------------------------------------------------

RAISED = PersonChanges(protection=Protection.FICTITIOUS)


@pytest.mark.parametrize("how", PERIODS)
@pytest.mark.parametrize("status", CaseStatus)
def test_a_protection_is_raised_also_in_a_case_that_is_over(how, status):
    found = at_there(how, status=status)
    stopped = OVER if status != CaseStatus.ACTIVE else None if how == "whole" else OUTSIDE
    raised = None if how == "whole" else stopped
    assert said(of_case.raise_protection_refusal(found, actor(DAVID))) == raised
    assert said(of_case.change_person_refusal(found, actor(DAVID), RAISED)) == raised
    assert said(of_case.change_person_refusal(found, actor(DAVID), PersonChanges(phone="1"))) == stopped
    both = PersonChanges(phone="1", protection=Protection.FICTITIOUS)
    assert said(of_case.change_person_refusal(found, actor(DAVID), both)) == stopped
    assert said(of_case.change_person_refusal(found, actor(DAVID))) == stopped


def test_a_wrong_number_is_corrected_by_the_coordinator_with_the_right_to_initiate():
    assert of_case.correct_person_refusal(GOES_ON, actor()) is None
    assert said(of_case.correct_person_refusal(GOES_ON, actor(DAVID))) == NOT_HER
    assert said(of_case.correct_person_refusal(GOES_ON, actor(rights=[Right.ANSWER]))) == NO_INITIATE


@pytest.mark.parametrize(
    ("who", "reason", "comment", "refused"),
    [
        (actor(), "MOVED", "", None),
        (actor(DAVID), "MOVED", "", NOT_HER),
        (actor(), "", "", "end.reason_missing reason"),
        (actor(), "", "Hon ville", "end.reason_missing reason"),
        (actor(), "OTHER", "", "end.comment_missing comment"),
        (actor(), "OTHER", "Hon ville", None),
    ],
)
def test_a_case_is_ended_with_a_reason(who, reason, comment, refused):
    assert said(of_case.end_refusal(GOES_ON, who, reason, comment)) == refused
    assert said(of_case.end_refusal(case(status=ENDED), actor(), "MOVED", "")) == OVER


# --- Who somebody is ------------------------------------------------------------------------------------------------

OTHER_CASE = UUID(int=3)
ASKED = JoinFacts(
    id=UUID(int=4), case_id=CASE, other_case_id=OTHER_CASE, keep_case_id=OTHER_CASE, kind="LINKED", number="",
    asked_at=NOON, asked_by_name="David Holm", asked_unit_name="Vårdcentralen Linden", due_at=NOON + DAY,
    other_due_at=NOON + 2 * DAY, agreed_by_name="", other_agreed_by_name="", version=1,
)  # fmt: skip
L, N, C = IdentityKind.LINKED, IdentityKind.NEW_NUMBER, IdentityKind.CORRECTED


@pytest.mark.parametrize(
    ("kind", "who", "join", "refused"),
    [
        (L, actor(DAVID), None, None),
        (N, actor(DAVID), None, None),
        (C, actor(DAVID), None, NOT_HER),
        (C, actor(), None, None),
        (L, actor(DAVID, rights=[Right.ANSWER]), None, NO_INITIATE),
        (L, actor(DAVID), ASKED, "join.waits_here"),
        (C, actor(), ASKED, "join.waits_here"),
        (C, actor(DAVID), ASKED, NOT_HER),
    ],
)
def test_who_says_who_somebody_is(kind, who, join, refused):
    assert said(identity.identity_refusal(kind, GOES_ON, who, join)) == refused


P, K, R = Kind.PERSONAL, Kind.COORDINATION, Kind.LOCAL_RESERVE


@pytest.mark.parametrize(
    ("kind", "present", "new", "same", "refused"),
    [
        (L, R, P, False, None),
        (L, R, P, True, "person.same_number identifier"),
        (L, P, P, False, "person.has_personal_number identifier"),
        (L, R, R, False, "person.not_lasting identifier"),
        (N, P, P, False, None),
        (N, P, P, True, "person.same_number identifier"),
        (N, R, R, False, "person.link_instead identifier"),
        (N, P, K, False, "person.other_kind identifier"),
        (C, P, P, False, None),
        (C, R, P, False, None),
        (C, P, P, True, "person.same identifier"),
    ],
)
def test_which_number_can_follow(kind, present, new, same, refused):
    assert said(identity.number_refusal(kind, present=present, new=new, same_value=same)) == refused


@pytest.mark.parametrize(
    ("kind", "known", "protected", "typed", "refused"),
    [
        (C, None, False, "", "person.no_name name"),
        (C, None, False, "Karl Ek", None),
        (L, None, False, "", None),
        (N, None, True, "", None),
        (L, "Karl Ek", False, "", None),
        (L, "Karl Ek", False, "Karl Ek", None),
        (L, "Karl Ek", False, "Berit Sten", "person.other_name_shown name"),
        (L, "Karl Ek", True, "", "person.no_name name"),
        (L, "Karl Ek", True, "Karl Ek", None),
        (L, "Karl Ek", True, "Berit Sten", "person.other_name name"),
    ],
)
def test_a_typed_name_fits_and_a_protected_ones_is_not_shown(kind, known, protected, typed, refused):
    refusal = identity.named_refusal(kind, known=known, protected=protected, typed=typed)
    assert said(refusal) == refused
    shown = refused == "person.other_name_shown name"
    assert refusal is None or ("Karl Ek" in str(refusal) and "Berit Sten" in str(refusal)) is shown


@pytest.mark.parametrize(
    ("join", "case_id", "takes_part", "refused"),
    [
        (ASKED, CASE, False, "join.other_first"),
        (ASKED, CASE, True, None),
        (ASKED, OTHER_CASE, False, None),
        (replace(ASKED, other_agreed_by_name="Eva Ek"), CASE, False, None),
        (replace(ASKED, agreed_by_name="Eva Ek"), CASE, False, "join.other_first"),
    ],
)
def test_who_asks_from_outside_answers_after_the_other(join, case_id, takes_part, refused):
    assert said(identity.asker_waits_refusal(join, case_id=case_id, takes_part=takes_part)) == refused


def test_a_question_of_two_cases_is_answered_while_both_go_on():
    assert identity.other_ended_refusal(case()) is None
    assert said(identity.other_ended_refusal(case(status=ENDED))) == "join.other_ended"
    assert said(identity.decline_refusal(case(), "")) == "join.no_reason reason"
    assert identity.decline_refusal(case(), "Nej") is None
    assert identity.decline_refusal(case(status=ENDED), "") is None
    assert identity.asked_refusal(None, None) is None
    assert identity.asked_refusal() is None
    assert said(identity.asked_refusal(None, ASKED)) == "join.waits"
    assert said(identity.asked_refusal(ASKED, None)) == "join.waits"
    assert identity.question_waits_refusal(None) is None


@pytest.mark.parametrize(
    ("who", "status", "join", "refused"),
    [
        (actor(), CaseStatus.ACTIVE, None, None),
        (actor(DAVID), CaseStatus.ACTIVE, None, NOT_HER),
        (actor(DAVID), ENDED, None, OVER),
        (actor(), ENDED, None, None),
        (actor(), CaseStatus.ACTIVE, ASKED, "join.waits_here"),
        (actor(), ENDED, ASKED, None),
    ],
)
def test_the_coordinator_undoes_what_was_said_of_who_it_is(who, status, join, refused):
    assert said(identity.undo_identity_refusal(case(status=status), who, join)) == refused


def test_what_cannot_be_undone_or_answered_any_more_is_told():
    assert said(identity.undo_collides("SIP")) == "identity.new_case"
    assert "SIP" in str(identity.undo_collides("SIP").message)
    assert said(identity.join_gone()) == "join.gone"


# --- A new case -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rights_held", "asked", "refused"),
    [
        (BOTH, 0, None),
        (BOTH, 9, None),
        (BOTH, 10, "case.asked_too_often identifier"),
        (BOTH, 11, "case.asked_too_often identifier"),
        ([Right.ANSWER], 0, NO_INITIATE),
        ([Right.ANSWER], 10, NO_INITIATE),
    ],
)
def test_asking_for_a_person_takes_the_right_and_is_limited(rights_held, asked, refused):
    refusal = new_case.asking_refusal(SIP, actor(rights=rights_held), asked, 10)
    assert said(refusal) == refused
    assert refusal is None or refused == NO_INITIATE or "10" in str(refusal.message)


def test_a_case_is_made_of_whom_was_shown():
    assert new_case.confirmed_refusal(shown=True) is None
    assert said(new_case.confirmed_refusal(shown=False)) == "case.not_confirmed"
    assert said(new_case.names_tried()) == "case.names_tried identifier"


@pytest.mark.parametrize(
    ("known", "protected", "typed", "refused"),
    [
        (None, False, "", "person.no_name name"),
        (None, False, "Karl Ek", None),
        ("Karl Ek", False, "", None),
        ("Karl Ek", False, "Berit Sten", None),
        ("Karl Ek", True, "", "person.no_name name"),
        ("Karl Ek", True, "Berit Sten", "person.other_name name"),
        ("Karl Ek", True, "Karl Ek", None),
    ],
)
def test_somebody_new_and_somebody_protected_is_named(known, protected, typed, refused):
    assert said(new_case.naming_refusal(known=known, protected=protected, typed=typed)) == refused


# --- Protection -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "refused"),
    [
        ([("ADMINISTRATOR", 80)], None),
        ([("SUPERUSER", 80)], "protection.not_yours"),
        ([], "protection.not_yours"),
    ],
)
def test_those_whom_the_county_has_named_lower_a_protection(held, refused):
    assert said(protection.lower_protection_refusal(actor(held=held), ["ADMINISTRATOR"])) == refused


@pytest.mark.parametrize(
    ("seen", "to", "refused"),
    [
        ("FICTITIOUS", "NONE", None),
        ("FICTITIOUS", "FICTITIOUS", "protection.not_lower protection"),
        ("NONE", "NONE", "protection.changed"),
    ],
)
def test_a_protection_is_lowered_from_what_was_seen(seen, to, refused):
    refusal = protection.lowering_refusal(
        seen=Protection(seen), present=Protection.FICTITIOUS, to=Protection(to)
    )
    assert said(refusal) == refused


def test_a_lowering_says_why_and_where_it_was_checked():
    assert protection.grounds_refusal(reason="Hävd", checked_where="Registret") is None
    assert said(protection.grounds_refusal(reason="", checked_where="")) == "protection.no_reason reason"
    found = protection.grounds_refusal(reason="Hävd", checked_where="")
    assert said(found) == "protection.not_checked checked_where"
    assert said(protection.other_number()) == "protection.other_number identifier"


LOWERED = ChangeFacts(
    id=UUID(int=1), act=ProtectionAct.LOWERED, before=Protection.FICTITIOUS, after=Protection.NONE, reason="Hävd",
    checked_where="Registret", made_at=NOON, made_by_name="Bo Ek", made_unit_name="", undone_at=None, undone_by_name="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("who", "change", "later", "refused"),
    [
        (actor(), LOWERED, 14 * DAY, None),
        (actor(), LOWERED, 14 * DAY + HOUR, "protection.too_late"),
        (actor(), None, DAY, "protection.nothing_to_undo"),
        (actor(), replace(LOWERED, undone_at=NOON), DAY, "protection.nothing_to_undo"),
        (actor(), replace(LOWERED, act=ProtectionAct.OPENED), DAY, "protection.nothing_to_undo"),
        (actor(DAVID), LOWERED, DAY, NOT_HER),
    ],
)
def test_a_lowering_is_taken_back_by_the_coordinator_within_fourteen_days(who, change, later, refused):
    assert said(protection.undo_lowering_refusal(GOES_ON, who, change, NOON + later)) == refused


def test_in_a_case_that_is_over_a_lowering_is_taken_back_by_the_coordinator_alone():
    over = case(status=ENDED)
    assert protection.undo_lowering_refusal(over, actor(), LOWERED, NOON) is None
    assert said(protection.undo_lowering_refusal(over, actor(DAVID), LOWERED, NOON)) == OVER
