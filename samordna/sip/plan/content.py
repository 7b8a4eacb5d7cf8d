"""The canonical content of a plan: what is signed, shown, compared, checked for gaps and printed.

Below the head of every document:

    met_on        date | None
    needs, others_do
    principal     {id, name} | None
    coordinator   {name, unit_name, phone, confirmed}
    participants  [{lineage, kind, name, role, unit_name, contact, attendance, written}]
    goals         [{lineage, heading, text, responsible, written,
                    activities: [{lineage, text, responsible, done_on, written}]}]
    law_written   written

    responsible   {lineage | None, name}        written   {by_id, by, unit, at}

Removed rows are not in it. A new schema gets a new number; what was signed before is read as it was signed.
"""

from typing import Any

from samordna.casework.documents.content import head_of, written_content
from samordna.documents.facts import VersionFacts
from samordna.people.queries import PersonCard
from samordna.sip.facts import SipFacts
from samordna.sip.plan.facts import ActivityFacts, GoalFacts, ParticipantFacts, PlanFacts
from samordna.sip.states import Part


def plan_content(
    facts: SipFacts, plan: PlanFacts, person: PersonCard, version: VersionFacts
) -> dict[str, Any]:
    """What the edition says now."""
    return head_of(facts, Part.PLAN, version, person) | {
        "met_on": plan.law.met_on.isoformat() if plan.law.met_on else None,
        "needs": plan.law.needs,
        "others_do": plan.law.others_do,
        "principal": _principal(plan),
        "coordinator": _coordinator(facts, plan),
        "participants": [participant_content(line) for line in plan.standing_participants],
        "goals": [_goal(goal) for goal in plan.standing_goals],
        "law_written": written_content(plan.law.written),
    }


def participant_content(line: ParticipantFacts) -> dict[str, Any]:
    """One line of *Deltagare*, in a plan or an evaluation."""
    return {
        "lineage": str(line.lineage),
        "kind": line.kind.value,
        "name": line.name,
        "role": line.role,
        "unit_name": line.unit_name,
        "contact": line.contact,
        "attendance": line.attendance.value,
        "written": written_content(line.written),
    }


def _principal(plan: PlanFacts) -> dict[str, Any] | None:
    if plan.law.principal_id is None:
        return None
    return {"id": plan.law.principal_id, "name": plan.law.principal_name}


def _coordinator(facts: SipFacts, plan: PlanFacts) -> dict[str, Any]:
    coordinator = facts.case.coordinator
    return {
        "name": coordinator.name,
        "unit_name": coordinator.unit_name,
        "phone": coordinator.phone,
        "confirmed": plan.law.coordinator_confirmed,
    }


def _goal(goal: GoalFacts) -> dict[str, Any]:
    return {
        "lineage": str(goal.lineage),
        "heading": goal.heading,
        "text": goal.text,
        "responsible": _responsible(goal),
        "written": written_content(goal.written),
        "activities": [_activity(activity) for activity in goal.standing],
    }


def _activity(activity: ActivityFacts) -> dict[str, Any]:
    return {
        "lineage": str(activity.lineage),
        "text": activity.text,
        "responsible": _responsible(activity),
        "done_on": activity.done_on.isoformat() if activity.done_on else None,
        "written": written_content(activity.written),
    }


def _responsible(row: GoalFacts | ActivityFacts) -> dict[str, Any]:
    lineage = str(row.responsible_lineage) if row.responsible_lineage else None
    return {"lineage": lineage, "name": row.responsible_name}
