"""Who can be chosen as responsible, as values of a form and as words."""

from collections.abc import Sequence

from samordna.assignments.queries import Colleague
from samordna.sip.plan.facts import RESPONSIBLE_LIMIT, ActivityFacts, GoalFacts, PlanFacts


def responsible_choices(plan: PlanFacts, row: GoalFacts | ActivityFacts | None) -> list[tuple[str, str]]:
    """All who attended, the individual among them (V-51); and the one chosen before, if not among these."""
    choices = [(f"p:{person.lineage}", person.shown) for person in plan.attended]
    before = responsible_value(plan, row)
    if before.startswith("n:"):
        choices.append((before, before[2:]))
    return choices


def responsible_value(plan: PlanFacts, row: GoalFacts | ActivityFacts | None) -> str:
    """ "p:" and the participant, when that is still the same person; else "n:" and the name that stands."""
    if row is None or not row.responsible_name:
        return ""
    for person in plan.attended:
        if (
            person.lineage == row.responsible_lineage
            and person.shown[:RESPONSIBLE_LIMIT] == row.responsible_name
        ):
            return f"p:{person.lineage}"
    return f"n:{row.responsible_name}"


def responsible_said(plan: PlanFacts, found: Sequence[Colleague], value: str) -> str:
    """The name behind a value."""
    kind, _colon, key = value.partition(":")
    if kind == "p":
        return next((person.shown for person in plan.participants if str(person.lineage) == key), "")
    if kind == "a":
        return next((person.signature_line for person in found if str(person.assignment_id) == key), "")
    return key
