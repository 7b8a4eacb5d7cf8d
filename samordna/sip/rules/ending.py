"""Follow-up, new plan, evaluation, SBAR: who may and when. Pure: facts in, refusal out."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from samordna.cases.states import EndReason
from samordna.casework.documents.rules.editions import FOLLOW_UP_OPEN, NOT_BEGUN, write_then
from samordna.casework.file.rules import (
    can_open,
    coordinator_refusal,
    not_coordinator_refusal,
    participant_refusal,
)
from samordna.documents.facts import VersionFacts
from samordna.documents.states import VersionStatus
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.kernel.workingdays import is_working_day
from samordna.sip.ending_facts import ReportFacts
from samordna.sip.facts import SipFacts
from samordna.sip.rules.process import begin_refusal
from samordna.sip.states import Attendance, Beginning, Part

# How long before its day a follow-up becomes a task, and one that is locked counts as it.
FOLLOW_UP_NOTICE = timedelta(days=7)
SBAR_SIGNED = Refusal("sbar.signed", _("The survey is signed."), _("Choose Edit to write in it again."))


def activate_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """*Aktivera uppföljning av plan*: a participating unit, on a locked plan, when none is under way (V-60)."""
    refusal = participant_refusal(facts.case, actor) or begin_refusal(facts, Beginning.FOLLOW_UP)
    if refusal is not None:
        return refusal
    if facts.standing(Part.FOLLOW_UP) is not None:
        return Refusal(
            "follow_up.begun",
            _("A follow-up has already been activated."),
            _("Go on in it, or open it again."),
        )
    return None


def report_refusal(facts: SipFacts, actor: Actor, report: ReportFacts | None) -> Refusal | None:
    """*Följ upp aktivitet*: a participating unit, in the open follow-up, an activity that is not *Klar*."""
    refusal = participant_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.FOLLOW_UP)
    if document is None:
        return Refusal("follow_up.none_activated", _("No follow-up is activated."))
    if document.open_version is None:
        return Refusal("follow_up.closed", _("The follow-up is not open."), can_open(facts.case))
    if report is None:
        return Refusal("follow_up.no_such_activity", _("The activity is not in the follow-up."))
    if report.closed:
        return Refusal("follow_up.done", _("The activity is done and is not followed up any more."))
    return None


def correct_report_refusal(facts: SipFacts, actor: Actor, report: ReportFacts | None) -> Refusal | None:
    """Taking back a *Klar* by mistake: a participating unit, until the follow-up in which it was reported is locked."""
    if report is None or not report.closed:
        return report_refusal(facts, actor, report) or Refusal(
            "follow_up.nothing_to_correct",
            _("The activity is not reported as done."),
            _("Read the page again."),
        )
    if report.done_before:
        return Refusal("follow_up.done_locked", _("The activity was done in a follow-up that is locked."))
    return report_refusal(facts, actor, replace(report, status=None))


def meets_schedule(due_on: date, today: date) -> bool:
    """Whether a follow-up that is locked today is the one that was due; one long before leaves it standing (V-62)."""
    return due_on - today <= FOLLOW_UP_NOTICE


def lock_follow_up_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """The coordinator locks a follow-up in which something is reported (V-61)."""
    refusal = coordinator_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.FOLLOW_UP)
    if document is None or document.open_version is None:
        return Refusal("follow_up.not_open", _("There is no open follow-up to lock."))
    if not facts.follow_up_progress.reported:
        return Refusal("follow_up.empty", _("Follow up at least one activity first."))
    return None


def open_follow_up_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """The coordinator opens a locked follow-up again, as long as the plan it belongs to is locked (V-61)."""
    refusal = coordinator_refusal(facts.case, actor) or begin_refusal(facts, Beginning.FOLLOW_UP)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.FOLLOW_UP)
    if document is None or document.locked_version is None:
        return Refusal("follow_up.not_locked", _("There is no locked follow-up to open."))
    return None


def void_follow_up_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    refusal = coordinator_refusal(facts.case, actor)
    if refusal is None and facts.standing(Part.FOLLOW_UP) is None:
        return Refusal("follow_up.none", _("There is no follow-up to void."))
    return refusal


def schedule_refusal(facts: SipFacts, actor: Actor, due_on: date | None, today: date) -> Refusal | None:
    """The coordinator sets when the next follow-up is due: a working day ahead (V-62). None asks of the right only."""
    refusal = coordinator_refusal(facts.case, actor) or begin_refusal(facts, Beginning.FOLLOW_UP)
    if refusal is not None or due_on is None:
        return refusal
    if due_on < today:
        return Refusal("follow_up.past", _("Choose a day that has not passed."), field="due_on")
    if not is_working_day(due_on):
        return Refusal("follow_up.day_off", _("The day is a day off. Choose a working day."), field="due_on")
    return None


def begin_evaluation_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """A participating unit, when the part may begin and there is none (V-81, V-82)."""
    refusal = participant_refusal(facts.case, actor) or begin_refusal(facts, Beginning.EVALUATION)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.EVALUATION)
    if document is not None:
        return Refusal(
            "evaluation.begun",
            _("The evaluation has already been begun."),
            write_then(document),
        )
    return None


def evaluation_gap_refusal(text: str, attendance: Collection[str], met_on: date | None) -> Refusal | None:
    """Before signing the text *Utvärdering* is mandatory (V-81), and somebody who took part in the decision (V-82).

    With a meeting those who attended have taken part in it.
    """
    if not text.strip():
        return Refusal("evaluation.text_missing", _("Write the evaluation."), field="text")
    if Attendance.ATTENDED in attendance:
        return None
    if met_on is None:
        return Refusal("evaluation.nobody_decided", _("State who took part in the decision to end."))
    return Refusal("evaluation.nobody_attended", _("State who attended the meeting."))


def lock_evaluation_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """The coordinator locks a signed evaluation with no edition open; that ends the case (V-81, V-82).

    Not over a plan that is opened, nor over a follow-up in which something would be left unlocked.
    """
    refusal = coordinator_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.EVALUATION)
    valid = document.valid_version if document else None
    if document is None or valid is None or valid.status != VersionStatus.SIGNED:
        return Refusal("evaluation.not_signed", _("Possible when the evaluation is signed."))
    if document.open_version is not None:
        return Refusal(
            "evaluation.open",
            _("The evaluation is open for editing. It must be signed or the edition dropped first."),
        )
    if facts.valid_plan is None:
        return Refusal(
            "evaluation.plan_opened",
            _("The plan that is evaluated is open."),
            _("Lock the plan first, so that it is known what was evaluated."),
        )
    follow_up = facts.standing(Part.FOLLOW_UP)
    if follow_up is not None and follow_up.open_version is not None:
        return FOLLOW_UP_OPEN
    return None


def void_evaluation_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """The coordinator voids an evaluation, also the locked one that ended the case: then the case goes on (V-95)."""
    ended_by_it = not facts.case.active and facts.case.end_reason == EndReason.EVALUATED
    refusal = (not_coordinator_refusal if ended_by_it else coordinator_refusal)(facts.case, actor)
    if refusal is not None:
        return refusal
    if facts.standing(Part.EVALUATION) is None:
        return Refusal("evaluation.none", _("There is no evaluation to void."))
    return None


def open_sbar_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """Beginning, or *Redigera*: a participating unit, where the county uses SBAR and the initiative is sent (V-40)."""
    refusal = participant_refusal(facts.case, actor) or begin_refusal(facts, Beginning.SBAR)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.SBAR)
    version = document.open_version if document else None
    return None if version is None else _being_written(version)


def write_sbar_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """Writing and signing in the edition that is open: the unit that opened it, all its users.

    When that unit has left the case or is closed the coordinator's does.
    """
    refusal = participant_refusal(facts.case, actor) or begin_refusal(facts, Beginning.SBAR)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.SBAR)
    version = document.open_version if document else None
    if version is None:
        return NOT_BEGUN if document is None else SBAR_SIGNED
    return None if facts.case.acts_for(actor.unit_id, version.opened_unit_id) else _being_written(version)


def sbar_text_refusal(texts: Sequence[str]) -> Refusal | None:
    """Something must be written in at least one of the four."""
    if any(text.strip() for text in texts):
        return None
    return Refusal("sbar.empty", _("Write something in at least one of the fields."), field="situation")


def _being_written(version: VersionFacts) -> Refusal:
    return Refusal(
        "sbar.being_written",
        _("%(name)s, %(unit)s, is writing.")
        % {"name": isolated(version.opened_by_name), "unit": isolated(version.opened_unit_name)},
        _("Everybody can write in it when it is signed."),
    )
