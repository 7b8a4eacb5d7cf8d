"""What a plan must have before it is locked, and when it may be begun, locked, printed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.casework.documents.rules.editions import NOT_BEGUN, unlock_refusal, write_then
from samordna.casework.file.rules import can_lock, coordinator_refusal, participant_refusal
from samordna.casework.meetings.facts import Meeting
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.states import VersionStatus
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.sip.facts import SipFacts
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.requirements import FOLLOW_UP_OPEN, begin_refusal
from samordna.sip.states import Beginning, Part

PLAN_EVALUATED = Refusal("plan.evaluated", _("The plan is being evaluated."), _("Void the evaluation first."))
PRINTABLE = frozenset({VersionStatus.LOCKED, VersionStatus.REPLACED, VersionStatus.VOIDED})
_LOCKABLE = frozenset({VersionStatus.OPEN, VersionStatus.SIGNED})


@dataclass(frozen=True)
class Gap:
    """Something missing. `lineage` is the goal, activity or participant it is missing in, if any."""

    code: str
    message: str | Promise
    lineage: str = ""


def gaps(content: Mapping[str, Any]) -> tuple[Gap, ...]:
    """All that is missing in a plan's content (as in `queries.plan_content`) before it can be locked.

    The law wants four things: what is needed, who answers for what, what others do, and which principal has the
    overall responsibility. The guide wants goals with activities and the list of who attended.
    """
    return (*_participant_gaps(content["participants"]), *_goal_gaps(content["goals"]), *_law_gaps(content))


def _law_gaps(content: Mapping[str, Any]) -> list[Gap]:
    missing = []
    if not content["needs"]:
        missing.append(Gap("needs", _("Write what is needed.")))
    if not content["others_do"]:
        missing.append(Gap("others_do", _("Write what others do, or that nobody else does anything.")))
    if content["principal"] is None:
        missing.append(Gap("principal", _("Choose the principal with the overall responsibility.")))
    if not content["coordinator"]["confirmed"]:
        missing.append(Gap("coordinator", _("Confirm who is the coordinator from the meeting on.")))
    return missing


def _participant_gaps(participants: Sequence[Mapping[str, Any]]) -> list[Gap]:
    missing = []
    for line in participants:
        if line["attendance"] != Attendance.UNKNOWN:
            continue
        if line["kind"] == ParticipantKind.INDIVIDUAL:
            missing.append(Gap("individual", _("State whether the individual attended."), line["lineage"]))
        else:
            who = {"who": line["unit_name"] or line["name"]}
            missing.append(Gap("attendance", _("State whether %(who)s attended.") % who, line["lineage"]))
    return missing


def _goal_gaps(goals: Sequence[Mapping[str, Any]]) -> list[Gap]:
    missing = [] if goals else [Gap("no_goal", _("Write at least one goal."))]
    for number, goal in enumerate(goals, 1):
        if not goal["responsible"]["name"]:
            text = str(_("Choose who is responsible for goal %(number)s.")) % {"number": number}
            missing.append(Gap("goal_responsible", text, goal["lineage"]))
        if not goal["activities"]:
            text = str(_("Write at least one activity for goal %(number)s.")) % {"number": number}
            missing.append(Gap("no_activity", text, goal["lineage"]))
        for place, activity in enumerate(goal["activities"], 1):
            if not activity["responsible"]["name"]:
                text = str(_("Choose who is responsible for activity %(place)s of goal %(number)s."))
                where = {"number": number, "place": place}
                missing.append(Gap("activity_responsible", text % where, activity["lineage"]))
    return missing


def attended_ahead(content: Mapping[str, Any], meeting: Meeting | None, at: datetime) -> date | None:
    """The day of the meeting of a plan or an evaluation, when somebody is said to have attended it and it has not been.

    Nobody is stopped by it: they may have met before the time that they were called to.
    """
    met_on = date.fromisoformat(content["met_on"]) if content["met_on"] else None
    attended = any(line["attendance"] == Attendance.ATTENDED for line in content["participants"])
    if met_on is None or not attended or met_on < clock.today(at):
        return None
    begins = meeting.starts_at if meeting is not None and meeting.meets_on == met_on else None
    ahead = begins > at if begins is not None else met_on > clock.today(at)
    return met_on if ahead else None


def begin_plan_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """A unit that takes part begins the plan when the summons is sent; one plan in a round."""
    refusal = participant_refusal(facts.case, actor) or begin_refusal(facts, Beginning.PLAN)
    if refusal is not None:
        return refusal
    standing = facts.standing(Part.PLAN)
    if standing is not None:
        return Refusal(
            "plan.already_begun",
            _("%(unit)s has already begun the plan.") % {"unit": isolated(standing.unit_name)},
            write_then(standing),
        )
    return None


def lock_refusal(facts: SipFacts, actor: Actor, missing: Sequence[Gap]) -> Refusal | None:
    """*Lås*: the coordinator alone, a signed plan without an open edition and without gaps (V-54).

    It replaces the plan that holds, whose follow-up must not be left open then (V-70).
    """
    refusal = coordinator_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    plan = facts.standing(Part.PLAN)
    if plan is not None and plan.locked_version is not None:
        return Refusal("plan.already_locked", _("The plan is already locked."))
    return begin_refusal(facts, Beginning.PLAN_LOCK, plan_gaps=len(missing)) or replaced_followed_up_refusal(
        facts
    )


def unlock_plan_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """*Öppna*: as `unlock_refusal`, and not while the plan is followed up or evaluated (V-56).

    What is evaluated is what the individual was given.
    """
    refusal = unlock_refusal(facts, actor, Part.PLAN)
    if refusal is not None:
        return refusal
    if facts.standing(Part.EVALUATION) is not None:
        return PLAN_EVALUATED
    follow_up = facts.standing(Part.FOLLOW_UP)
    return FOLLOW_UP_OPEN if follow_up is not None and follow_up.open_version is not None else None


def replaced_followed_up_refusal(facts: SipFacts) -> Refusal | None:
    """The plan that a new one is to replace must not be left with its follow-up open (V-70)."""
    follow_up = facts.standing(Part.FOLLOW_UP) if facts.renewing else None
    if follow_up is None or follow_up.open_version is None:
        return None
    return Refusal(
        "plan.replaced_is_followed_up",
        _("A follow-up of the plan that holds now is open."),
        _("Lock or void the follow-up first, so that nothing in it is lost."),
    )


def void_plan_refusal(facts: SipFacts, actor: Actor, plan: DocumentFacts | None) -> Refusal | None:
    """*Makulera*: the coordinator; what rests on the plan but its follow-up is voided first (V-95).

    The plan of an earlier round is voided as long as it holds (V-70); one that is replaced is history.
    """
    refusal = coordinator_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    if plan is None:
        return NOT_BEGUN
    if plan.voided:
        return Refusal("plan.voided", _("The plan is voided."))
    if plan.replaced_version is not None:
        return Refusal(
            "plan.replaced", _("A newer plan has replaced it. This one is history and stands as it is.")
        )
    if plan.round_number == facts.followed_round and facts.standing(Part.EVALUATION) is not None:
        return PLAN_EVALUATED
    return None


def _who_can_lock(facts: SipFacts, actor: Actor) -> str | Promise:
    """To the coordinator herself that she can is no news."""
    return "" if facts.case.is_coordinator(actor.user_id, actor.unit_id) else can_lock(facts.case)


def print_refusal(facts: SipFacts, actor: Actor, version: VersionFacts | None) -> Refusal | None:
    """*Skriv ut*: units that take part, only what is or was locked, and not while an edition is open (V-53, V-54).

    What was opened is printed when it is locked anew. When the plan is voided or the case is over what was locked last
    is printed, as it was handed over.
    """
    reach = facts.case.reach_of(actor.unit_id)
    if reach is None or not reach.full:
        return participant_refusal(facts.case, actor)
    if version is not None and _printable(facts, version):
        return None
    lockable = version is None or version.status in _LOCKABLE
    if facts.case.active and lockable:
        return Refusal(
            "plan.not_locked", _("Print is possible when the plan is locked."), _who_can_lock(facts, actor)
        )
    if version is None or version.locked_at is None:
        return Refusal("plan.never_locked", _("It was never locked, so it cannot be printed."))
    return Refusal(
        "plan.opened_since",
        _("It was opened after the lock."),
        _("The version that was locked last is printed."),
    )


def _printable(facts: SipFacts, version: VersionFacts) -> bool:
    if version.locked_at is None:
        return False
    if version.status in PRINTABLE:
        return True
    document = next(d for d in facts.documents if version in d.versions)
    over = document.voided or not facts.case.active
    return over and document.replaced_version is None and version == document.last_locked


def handover_refusal(facts: SipFacts, actor: Actor, handed_on: date | None = None) -> Refusal | None:
    """Recording that the locked plan was handed over, not before it was locked, and who signed on paper (V-54)."""
    refusal = participant_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    plan = facts.standing(Part.PLAN)
    if plan is None or plan.locked_version is None:
        return Refusal(
            "plan.not_locked_yet", _("Possible when the plan is locked."), _who_can_lock(facts, actor)
        )
    locked_at = plan.locked_version.locked_at
    if handed_on is not None and locked_at is not None and handed_on < clock.local(locked_at).date():
        return Refusal(
            "handover.before_lock",
            _("The plan was not locked then. Write the day when the locked plan was handed over."),
            field="handed_on",
        )
    return None


def done_on_refusal(done_on: date | None, before: date | None, today: date) -> Refusal | None:
    """*Klardatum* is not set to a day that has passed. One that has passed since it was written may stand."""
    if done_on is None or done_on >= today or done_on == before:
        return None
    return Refusal(
        "activity.done_on_past",
        _("The day has passed. Write a day that lies ahead, or leave it empty."),
        field="done_on",
    )
