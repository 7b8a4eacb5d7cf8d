"""The situations of docs/symbols.md, each built by the commands that users reach."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from samordna.assignments.models import Assignment
from samordna.cases.consent import ConsentChoice
from samordna.cases.states import ConsentForm, ConsentGiver, ConsentScope, EndReason
from samordna.casework.case.commands import case as case_commands
from samordna.casework.messages.commands import recipients, voiding
from samordna.casework.messages.commands.answering import open_message, record_external
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.commands import Reply
from samordna.messaging.states import Answer, ToldHow
from samordna.organisations.models import Organisation
from samordna.sip.evaluation import commands as evaluation
from samordna.sip.follow_up import commands as follow_up
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.information.commands import save_information
from samordna.sip.information.text import InformationText
from samordna.sip.initiative.commands import save_initiative
from samordna.sip.plan.commands import plan
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.summons.commands import save_summons
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from tests.support.stages import built_once

BY_PHONE = ConsentChoice(ConsentGiver.SELF, "", ConsentForm.ORAL, ConsentScope.SIP)


@dataclass
class Situation:
    """A case, and which unit stands for each column of the table. `at`: when it is looked at."""

    case_id: UUID
    sender: Organisation | None = None
    receiver: Organisation | None = None
    coordinator: Organisation | None = None
    others: Organisation | None = None
    at: datetime = field(default_factory=clock.now)


Builder = Callable[[f.County], Situation]
SITUATIONS: dict[tuple[Part, str], Builder] = {}


def situation(part: Part, *names: str) -> Callable[[Builder], Builder]:
    def keep(build: Builder) -> Builder:
        for name in names:
            SITUATIONS[part, name] = built_once(build)
        return build

    return keep


def void(case_id: UUID, message_id: UUID, by: Assignment) -> None:
    voiding.void_message(
        process=SIP,
        actor=f.actor(by),
        case_id=case_id,
        message_id=message_id,
        reason="Fel datum",
        at=clock.now(),
    )


@built_once
def four_units(county: f.County) -> UUID:
    """Home care coordinates; health centre, social services and psychiatry have accepted."""
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.social, county.psychiatry)
    for who in (county.david, county.cecilia, county.eva):
        f.answer(case_id, message_id, who, Answer.ACCEPTED)
    return case_id


# --- Initiative ---------------------------------------------------------------------------------------------------


def _initiative(county: f.County, case_id: UUID, **more: Organisation | None) -> Situation:
    """The coordinator's unit is the sender's."""
    return Situation(case_id, sender=county.home_care, coordinator=county.home_care, **more)


@situation(Part.INITIATIVE, "possible")
def _(county: f.County) -> Situation:
    return _initiative(county, f.new_case(county.anna))


@situation(Part.INITIATIVE, "draft")
def _(county: f.County) -> Situation:
    case_id = f.new_case(county.anna)
    chosen = f.to_units(county.health_centre)
    save_initiative(
        actor=f.actor(county.anna), case_id=case_id, message_id=None, version=0, chosen=chosen, text=f.INITIATIVE,
        at=clock.now(),
    )  # fmt: skip
    return _initiative(county, case_id)


@situation(Part.INITIATIVE, "sent")
def _(county: f.County) -> Situation:
    case_id, _message = f.sent_initiative(county)
    return _initiative(county, case_id, receiver=county.health_centre)


@situation(Part.INITIATIVE, "partly accepted")
def _(county: f.County) -> Situation:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    return _initiative(county, case_id, receiver=county.social, others=county.health_centre)


@situation(Part.INITIATIVE, "all accepted")
def _(county: f.County) -> Situation:
    case_id = f.accepted_case(county)
    return _initiative(county, case_id, receiver=county.social, others=county.health_centre)


def _denied(county: f.County, first: Answer = Answer.ACCEPTED) -> tuple[UUID, UUID]:
    case_id, message_id = f.sent_initiative(county)
    named = {"suggested_text": "Rehab Väster"}
    f.answer(case_id, message_id, county.david, first, **(named if first == Answer.DENIED else {}))
    f.answer(case_id, message_id, county.cecilia, Answer.DENIED, **named)
    return case_id, message_id


@situation(Part.INITIATIVE, "denied by one")
def _(county: f.County) -> Situation:
    case_id, _message = _denied(county)
    return _initiative(county, case_id, receiver=county.social, others=county.health_centre)


@situation(Part.INITIATIVE, "denial sent on")
def _(county: f.County) -> Situation:
    case_id, message_id = _denied(county)
    delivery = f.facts_of(case_id).message(message_id).unmet[0]
    to = f.to_units(county.psychiatry)[0]
    recipients.send_on(process=SIP,
        actor=f.actor(county.anna), case_id=case_id, message_id=message_id, delivery_id=delivery.id, to=to,
        consent=BY_PHONE, at=clock.now(),
    )  # fmt: skip
    return _initiative(county, case_id, receiver=county.psychiatry, others=county.health_centre)


def _all_denied(county: f.County) -> UUID:
    case_id, message_id = _denied(county, Answer.DENIED)
    for delivery in f.facts_of(case_id).message(message_id).unmet:
        recipients.set_denial_aside(process=SIP,
            actor=f.actor(county.anna), case_id=case_id, message_id=message_id, delivery_id=delivery.id, at=clock.now()
        )  # fmt: skip
    return case_id


@situation(Part.INITIATIVE, "denied by all, set aside")
def _(county: f.County) -> Situation:
    return _initiative(county, _all_denied(county))


@situation(Part.INITIATIVE, "taken back")
def _(county: f.County) -> Situation:
    case_id, message_id = f.sent_initiative(county)
    voiding.take_back_message(
        process=SIP, actor=f.actor(county.anna), case_id=case_id, message_id=message_id, at=clock.now()
    )
    return _initiative(county, case_id)


@situation(Part.INITIATIVE, "voided")
def _(county: f.County) -> Situation:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    void(case_id, message_id, county.anna)
    return _initiative(county, case_id, receiver=county.social, others=county.health_centre)


@situation(Part.INITIATIVE, "unit outside not told")
def _(county: f.County) -> Situation:
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.insurance)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    return _initiative(county, case_id, others=county.health_centre)


@situation(Part.INITIATIVE, "unit outside told, no answer")
def _(county: f.County) -> Situation:
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.insurance)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    _tell_outside(county, case_id, message_id, None)
    return _initiative(county, case_id, others=county.health_centre)


def _tell_outside(county: f.County, case_id: UUID, message_id: UUID, reply: Reply | None) -> None:
    delivery = next(d for d in f.facts_of(case_id).message(message_id).standing if d.external)
    at = clock.now()
    record_external(process=SIP,
        actor=f.actor(county.anna), case_id=case_id, message_id=message_id, delivery_id=delivery.id,
        how=ToldHow.PHONE, told_at=at, note="", reply=reply, at=at,
    )  # fmt: skip


# --- Summons to planning ------------------------------------------------------------------------------------------


@situation(Part.SUMMONS, "not possible")
def _(county: f.County) -> Situation:
    case_id, _message = f.sent_initiative(county)
    return Situation(case_id, coordinator=county.home_care)


@situation(Part.SUMMONS, "possible")
def _(county: f.County) -> Situation:
    return Situation(f.accepted_case(county), coordinator=county.home_care, others=county.social)


def _draft_of(part: Part, case_id: UUID, by: Assignment, to: Organisation) -> None:
    save_summons(
        actor=f.actor(by), case_id=case_id, part=part, message_id=None, version=0, chosen=f.to_units(to),
        text=f.a_meeting(), at=clock.now(),
    )  # fmt: skip


@situation(Part.SUMMONS, "draft at the coordinator's")
def _(county: f.County) -> Situation:
    case_id = f.accepted_case(county)
    _draft_of(Part.SUMMONS, case_id, county.anna, county.social)
    return Situation(case_id, coordinator=county.home_care, others=county.social)


@situation(Part.SUMMONS, "draft at another unit's")
def _(county: f.County) -> Situation:
    case_id = f.accepted_case(county)
    _draft_of(Part.SUMMONS, case_id, county.david, county.social)
    return Situation(case_id, sender=county.health_centre, coordinator=county.home_care, others=county.social)


def _summoned(county: f.County, part: Part, case_id: UUID) -> tuple[Situation, UUID]:
    """David at the health centre summons social services."""
    message_id = f.send_a_summons(case_id, county.david, [county.social], part=part)
    seen = Situation(
        case_id,
        sender=county.health_centre,
        receiver=county.social,
        coordinator=county.home_care,
        others=county.psychiatry,
    )
    return seen, message_id


@situation(Part.SUMMONS, "sent")
def _(county: f.County) -> Situation:
    return _summoned(county, Part.SUMMONS, four_units(county))[0]


@situation(Part.SUMMONS, "all acknowledged")
def _(county: f.County) -> Situation:
    seen, message_id = _summoned(county, Part.SUMMONS, four_units(county))
    f.answer(seen.case_id, message_id, county.cecilia, Answer.ACKNOWLEDGED)
    return seen


@situation(Part.SUMMONS, "a unit accepted after it was sent")
def _(county: f.County) -> Situation:
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.social)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    f.send_a_summons(case_id, county.anna, [county.health_centre])
    f.answer(case_id, message_id, county.cecilia, Answer.ACCEPTED)
    return Situation(
        case_id,
        sender=county.home_care,
        receiver=county.health_centre,
        coordinator=county.home_care,
        others=county.social,
    )


@situation(Part.SUMMONS, "sent for information only")
def _(county: f.County) -> Situation:
    case_id = four_units(county)
    f.send_a_summons(case_id, county.david, f.to_units(county.social, acknowledge=False))
    return Situation(
        case_id,
        sender=county.health_centre,
        receiver=county.social,
        coordinator=county.home_care,
        others=county.psychiatry,
    )


@situation(Part.SUMMONS, "the sender's unit has left")
def _(county: f.County) -> Situation:
    seen, _message = _summoned(county, Part.SUMMONS, four_units(county))
    case_commands.remove_unit(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=seen.case_id,
        unit_id=county.health_centre.pk,
        at=clock.now(),
    )
    seen.sender = None
    return seen


@situation(Part.SUMMONS, "taken back")
def _(county: f.County) -> Situation:
    seen, message_id = _summoned(county, Part.SUMMONS, four_units(county))
    voiding.take_back_message(
        process=SIP, actor=f.actor(county.david), case_id=seen.case_id, message_id=message_id, at=clock.now()
    )
    return seen


@situation(Part.SUMMONS, "voided")
def _(county: f.County) -> Situation:
    seen, message_id = _summoned(county, Part.SUMMONS, four_units(county))
    void(seen.case_id, message_id, county.anna)
    return seen


@situation(Part.SUMMONS, "possible in the next round")
def _(county: f.County) -> Situation:
    from_first = s.locked_plan(county)
    s.new_plan(from_first, county.anna)
    return Situation(from_first, coordinator=county.home_care, others=county.social)


# --- Plan ---------------------------------------------------------------------------------------------------------


def _plan(county: f.County, case_id: UUID, **more: Organisation) -> Situation:
    return Situation(case_id, coordinator=county.home_care, others=county.social, **more)


@situation(Part.PLAN, "not possible")
def _(county: f.County) -> Situation:
    return _plan(county, f.accepted_case(county))


@situation(Part.PLAN, "possible, before the meeting")
def _(county: f.County) -> Situation:
    return _plan(county, f.summoned_case(county))


@situation(Part.PLAN, "possible, after the meeting")
def _(county: f.County) -> Situation:
    seen = _plan(county, f.summoned_case(county))
    seen.at = clock.now() + timedelta(days=30)
    return seen


def _begun_by_david(county: f.County) -> Situation:
    case_id = f.summoned_case(county)
    s.begin_plan(case_id, county.david)
    return _plan(county, case_id, sender=county.health_centre)


@situation(Part.PLAN, "first edition open at the coordinator's")
def _(county: f.County) -> Situation:
    case_id = f.summoned_case(county)
    s.begin_plan(case_id, county.anna)
    return _plan(county, case_id)


@situation(Part.PLAN, "first edition open at another unit's")
def _(county: f.County) -> Situation:
    return _begun_by_david(county)


@situation(Part.PLAN, "signed")
def _(county: f.County) -> Situation:
    seen = _begun_by_david(county)
    s.fill_plan(seen.case_id, county.david)
    s.sign_plan(seen.case_id, county.david)
    return seen


@situation(Part.PLAN, "open after signature")
def _(county: f.County) -> Situation:
    case_id = s.signed_plan(county)
    plan.edit_plan(actor=f.actor(county.david), case_id=case_id, at=clock.now())
    return _plan(county, case_id, sender=county.health_centre)


@situation(Part.PLAN, "locked")
def _(county: f.County) -> Situation:
    return _plan(county, s.locked_plan(county))


@situation(Part.PLAN, "unlocked")
def _(county: f.County) -> Situation:
    case_id = s.locked_plan(county)
    plan.unlock_plan(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    return _plan(county, case_id)


def _voided_plan(county: f.County) -> Situation:
    case_id = s.locked_plan(county)
    plan.void_plan(actor=f.actor(county.anna), case_id=case_id, reason="Fel datum", at=clock.now())
    return _plan(county, case_id)


@situation(Part.PLAN, "voided, before the meeting")
def _(county: f.County) -> Situation:
    return _voided_plan(county)


@situation(Part.PLAN, "voided, after the meeting")
def _(county: f.County) -> Situation:
    seen = _voided_plan(county)
    seen.at = clock.now() + timedelta(days=30)
    return seen


@situation(Part.PLAN, "the next round, not summoned yet")
def _(county: f.County) -> Situation:
    case_id = s.locked_plan(county)
    s.new_plan(case_id, county.anna)
    return _plan(county, case_id)


def _printed(county: f.County) -> UUID:
    case_id = s.locked_plan(county)
    s.print_plan(case_id, county.anna)
    return case_id


@situation(Part.PLAN, "the next round, summoned, before the meeting")
def _(county: f.County) -> Situation:
    case_id = _printed(county)
    s.new_plan(case_id, county.anna)
    f.send_a_summons(case_id, county.anna, [county.health_centre, county.social])
    return _plan(county, case_id)


@situation(Part.PLAN, "the next round, signed")
def _(county: f.County) -> Situation:
    case_id = _printed(county)
    s.signed_new_plan(county, case_id)
    return _plan(county, case_id)


@situation(Part.PLAN, "the next round, its plan voided")
def _(county: f.County) -> Situation:
    case_id = _printed(county)
    s.signed_new_plan(county, case_id)
    plan.void_plan(actor=f.actor(county.anna), case_id=case_id, reason="Fel", at=clock.now())
    return _plan(county, case_id)


@situation(Part.PLAN, "the next round, cancelled")
def _(county: f.County) -> Situation:
    case_id = _printed(county)
    s.signed_new_plan(county, case_id)
    s.cancel_new_plan(case_id, county.anna)
    return _plan(county, case_id)


# --- Follow-up ----------------------------------------------------------------------------------------------------


@situation(Part.FOLLOW_UP, "not possible")
def _(county: f.County) -> Situation:
    return _plan(county, s.signed_plan(county))


@situation(Part.FOLLOW_UP, "possible, no day set")
def _(county: f.County) -> Situation:
    return _plan(county, s.locked_plan(county))


def _due(county: f.County, case_id: UUID) -> Situation:
    """The next follow-up is due in 30 working days."""
    at = clock.now()
    due_on = add_working_days(clock.today(at), 30)
    follow_up.schedule_follow_up(actor=f.actor(county.anna), case_id=case_id, due_on=due_on, at=at)
    return _plan(county, case_id)


@situation(Part.FOLLOW_UP, "day set, more than a week ahead")
def _(county: f.County) -> Situation:
    return _due(county, s.locked_plan(county))


@situation(Part.FOLLOW_UP, "day set, within a week or passed")
def _(county: f.County) -> Situation:
    seen = _due(county, s.locked_plan(county))
    seen.at = clock.now() + timedelta(days=60)
    return seen


def _reported(county: f.County, count: int) -> Situation:
    """Activated by David at the health centre, who has reported on so many of three."""
    case_id = s.locked_plan(county)
    s.activate(case_id, county.david)
    for number in range(count):
        s.report(case_id, county.david, number, ReportStatus.ONGOING)
    return _plan(county, case_id, sender=county.health_centre)


@situation(Part.FOLLOW_UP, "activated, nothing reported")
def _(county: f.County) -> Situation:
    return _reported(county, 0)


@situation(Part.FOLLOW_UP, "partly reported")
def _(county: f.County) -> Situation:
    return _reported(county, 1)


@situation(Part.FOLLOW_UP, "all reported")
def _(county: f.County) -> Situation:
    return _reported(county, 3)


@situation(Part.FOLLOW_UP, "activated by the coordinator, nothing reported")
def _(county: f.County) -> Situation:
    return _plan(county, s.open_follow_up(county))


@situation(Part.FOLLOW_UP, "locked")
def _(county: f.County) -> Situation:
    return _plan(county, s.locked_follow_up(county))


@situation(Part.FOLLOW_UP, "locked, the next one due later")
def _(county: f.County) -> Situation:
    return _due(county, s.locked_follow_up(county))


@situation(Part.FOLLOW_UP, "locked, the next one due now")
def _(county: f.County) -> Situation:
    seen = _due(county, s.locked_follow_up(county))
    seen.at = clock.now() + timedelta(days=60)
    return seen


@situation(Part.FOLLOW_UP, "opened again")
def _(county: f.County) -> Situation:
    case_id = s.locked_follow_up(county)
    follow_up.open_follow_up(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    return _plan(county, case_id)


@situation(Part.FOLLOW_UP, "voided")
def _(county: f.County) -> Situation:
    case_id = s.locked_follow_up(county)
    follow_up.void_follow_up(actor=f.actor(county.anna), case_id=case_id, reason="Fel", at=clock.now())
    return _plan(county, case_id)


@situation(Part.FOLLOW_UP, "locked, summoned to evaluation")
def _(county: f.County) -> Situation:
    case_id = s.locked_follow_up(county)
    f.send_a_summons(case_id, county.anna, [county.health_centre], part=Part.EVALUATION_SUMMONS)
    return _plan(county, case_id)


@situation(Part.FOLLOW_UP, "a new plan begun, the day passed")
def _(county: f.County) -> Situation:
    seen = _due(county, s.locked_follow_up(county))
    s.new_plan(seen.case_id, county.anna)
    seen.at = clock.now() + timedelta(days=60)
    return seen


@situation(Part.FOLLOW_UP, "a new plan begun, no day set")
def _(county: f.County) -> Situation:
    case_id = s.locked_follow_up(county)
    s.new_plan(case_id, county.anna)
    return _plan(county, case_id)


@situation(Part.FOLLOW_UP, "locked, the plan opened")
def _(county: f.County) -> Situation:
    case_id = s.locked_follow_up(county)
    plan.unlock_plan(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    return _plan(county, case_id)


# --- Summons to evaluation ----------------------------------------------------------------------------------------


@situation(Part.EVALUATION_SUMMONS, "not possible")
def _(county: f.County) -> Situation:
    return _plan(county, s.signed_plan(county))


@situation(Part.EVALUATION_SUMMONS, "possible")
def _(county: f.County) -> Situation:
    return _plan(county, s.locked_plan(county))


@situation(Part.EVALUATION_SUMMONS, "draft")
def _(county: f.County) -> Situation:
    case_id = s.locked_plan(county)
    _draft_of(Part.EVALUATION_SUMMONS, case_id, county.david, county.social)
    return _plan(county, case_id, sender=county.health_centre)


def _summoned_to_evaluation(county: f.County) -> tuple[Situation, UUID]:
    case_id = s.locked_plan(county)
    message_id = f.send_a_summons(case_id, county.david, [county.social], part=Part.EVALUATION_SUMMONS)
    seen = Situation(
        case_id, sender=county.health_centre, receiver=county.social, coordinator=county.home_care
    )
    return seen, message_id


@situation(Part.EVALUATION_SUMMONS, "sent")
def _(county: f.County) -> Situation:
    return _summoned_to_evaluation(county)[0]


@situation(Part.EVALUATION_SUMMONS, "all acknowledged")
def _(county: f.County) -> Situation:
    seen, message_id = _summoned_to_evaluation(county)
    f.answer(seen.case_id, message_id, county.cecilia, Answer.ACKNOWLEDGED)
    return seen


@situation(Part.EVALUATION_SUMMONS, "voided")
def _(county: f.County) -> Situation:
    seen, message_id = _summoned_to_evaluation(county)
    void(seen.case_id, message_id, county.anna)
    return seen


# --- Evaluation ---------------------------------------------------------------------------------------------------


@situation(Part.EVALUATION, "not possible")
def _(county: f.County) -> Situation:
    return _plan(county, s.locked_plan(county))


@situation(Part.EVALUATION, "possible without a meeting")
def _(county: f.County) -> Situation:
    return _plan(county, s.locked_follow_up(county))


@situation(Part.EVALUATION, "summoned, before the meeting")
def _(county: f.County) -> Situation:
    return _summoned_to_evaluation(county)[0]


@situation(Part.EVALUATION, "summoned, after the meeting")
def _(county: f.County) -> Situation:
    seen, _message = _summoned_to_evaluation(county)
    seen.at = clock.now() + timedelta(days=30)
    return seen


@situation(Part.EVALUATION, "first edition open")
def _(county: f.County) -> Situation:
    case_id = s.locked_follow_up(county)
    s.begin_evaluation(case_id, county.david)
    return _plan(county, case_id, sender=county.health_centre)


@situation(Part.EVALUATION, "signed")
def _(county: f.County) -> Situation:
    return _plan(county, s.signed_evaluation(county))


@situation(Part.EVALUATION, "open after signature")
def _(county: f.County) -> Situation:
    case_id = s.signed_evaluation(county)
    evaluation.edit_evaluation(actor=f.actor(county.david), case_id=case_id, at=clock.now())
    return _plan(county, case_id, sender=county.health_centre)


@situation(Part.EVALUATION, "locked, the case ended")
def _(county: f.County) -> Situation:
    return _plan(county, s.ended_case(county))


@situation(Part.EVALUATION, "voided")
def _(county: f.County) -> Situation:
    case_id = s.signed_evaluation(county)
    evaluation.void_evaluation(actor=f.actor(county.anna), case_id=case_id, reason="Fel", at=clock.now())
    return _plan(county, case_id)


# --- A case that is over ------------------------------------------------------------------------------------------


@situation(Part.INITIATIVE, "the case ended before all had answered")
def _(county: f.County) -> Situation:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    s.end_case(case_id, county.anna)
    return _initiative(county, case_id, receiver=county.social, others=county.health_centre)


@situation(Part.SUMMONS, "the case ended, never sent")
def _(county: f.County) -> Situation:
    case_id = f.accepted_case(county)
    s.end_case(case_id, county.anna)
    return _plan(county, case_id)


@situation(Part.PLAN, "the case ended, signed and not locked")
def _(county: f.County) -> Situation:
    case_id = s.signed_plan(county)
    s.end_case(case_id, county.anna)
    return _plan(county, case_id)


@situation(Part.FOLLOW_UP, "the case ended, the next one due now")
def _(county: f.County) -> Situation:
    seen = _due(county, s.locked_follow_up(county))
    s.end_case(seen.case_id, county.anna)
    seen.at = clock.now() + timedelta(days=60)
    return seen


@situation(Part.FOLLOW_UP, "the case voided, partly reported")
def _(county: f.County) -> Situation:
    seen = _reported(county, 1)
    case_commands.end_case(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=seen.case_id,
        reason=EndReason.WRONG_PERSON,
        comment="",
        at=clock.now(),
    )
    return seen


# --- Information message ------------------------------------------------------------------------------------------


@situation(Part.INFORMATION, "not possible")
def _(county: f.County) -> Situation:
    return Situation(f.new_case(county.anna), coordinator=county.home_care)


@situation(Part.INFORMATION, "possible")
def _(county: f.County) -> Situation:
    return _plan(county, f.accepted_case(county))


@situation(Part.INFORMATION, "draft")
def _(county: f.County) -> Situation:
    case_id = f.accepted_case(county)
    save_information(
        actor=f.actor(county.david), case_id=case_id, message_id=None, version=0, chosen=f.to_units(county.social),
        text=InformationText("Passar torsdag?"), at=clock.now(),
    )  # fmt: skip
    return _plan(county, case_id, sender=county.health_centre)


def _informed(county: f.County, *, acknowledge: bool = True) -> tuple[Situation, UUID]:
    case_id = f.accepted_case(county)
    message_id = f.send_information(case_id, county.david, f.to_units(county.social, acknowledge=acknowledge))
    seen = Situation(
        case_id, sender=county.health_centre, receiver=county.social, coordinator=county.home_care
    )
    return seen, message_id


@situation(Part.INFORMATION, "sent")
def _(county: f.County) -> Situation:
    return _informed(county)[0]


@situation(Part.INFORMATION, "sent for information only")
def _(county: f.County) -> Situation:
    return _informed(county, acknowledge=False)[0]


@situation(Part.INFORMATION, "sent for information only, opened")
def _(county: f.County) -> Situation:
    seen, message_id = _informed(county, acknowledge=False)
    open_message(
        process=SIP,
        actor=f.actor(county.cecilia),
        case_id=seen.case_id,
        message_id=message_id,
        at=clock.now(),
    )
    return seen


@situation(Part.INFORMATION, "all acknowledged")
def _(county: f.County) -> Situation:
    seen, message_id = _informed(county)
    f.answer(seen.case_id, message_id, county.cecilia, Answer.ACKNOWLEDGED)
    return seen


@situation(Part.INFORMATION, "voided")
def _(county: f.County) -> Situation:
    seen, message_id = _informed(county)
    void(seen.case_id, message_id, county.anna)
    return seen


# --- SBAR ---------------------------------------------------------------------------------------------------------


@situation(Part.SBAR, "not possible")
def _(county: f.County) -> Situation:
    s.switch_sbar_on()
    return Situation(f.new_case(county.anna), coordinator=county.home_care)


@situation(Part.SBAR, "possible")
def _(county: f.County) -> Situation:
    s.switch_sbar_on()
    return _plan(county, f.accepted_case(county))


def _sbar(county: f.County) -> Situation:
    s.switch_sbar_on()
    case_id = f.accepted_case(county)
    s.begun_sbar(case_id, county.david)
    return _plan(county, case_id, sender=county.health_centre)


@situation(Part.SBAR, "first edition open")
def _(county: f.County) -> Situation:
    return _sbar(county)


@situation(Part.SBAR, "signed")
def _(county: f.County) -> Situation:
    seen = _sbar(county)
    s.sign_sbar(seen.case_id, county.david)
    return seen


@situation(Part.SBAR, "open after signature")
def _(county: f.County) -> Situation:
    seen = _sbar(county)
    s.sign_sbar(seen.case_id, county.david)
    s.begun_sbar(seen.case_id, county.david, "Yr")
    return seen
