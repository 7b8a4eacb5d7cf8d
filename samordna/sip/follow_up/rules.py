"""When a follow-up may be activated, reported in, locked, opened, voided, and when the next one is. Pure."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from samordna.casework.file.rules import (
    can_open,
    coordinator_refusal,
    participant_refusal,
)
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.workingdays import is_working_day
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up.facts import ReportFacts
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part

# How long before its day a follow-up becomes a task, and one that is locked counts as it.
FOLLOW_UP_NOTICE = timedelta(days=7)


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


def reporting_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """Reporting at all: a participating unit, in the follow-up that is open."""
    refusal = participant_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.FOLLOW_UP)
    if document is None:
        return Refusal("follow_up.none_activated", _("No follow-up is activated."))
    if document.open_version is None:
        return Refusal("follow_up.closed", _("The follow-up is not open."), can_open(facts.case))
    return None


def report_refusal(facts: SipFacts, actor: Actor, report: ReportFacts | None) -> Refusal | None:
    """*Följ upp aktivitet*: as `reporting_refusal`, an activity that is not *Klar*."""
    refusal = reporting_refusal(facts, actor)
    if refusal is not None:
        return refusal
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
