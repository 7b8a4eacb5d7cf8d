"""Whether another case is the same person's: a task of both coordinators' units before all else (L-01)."""

from samordna.cases.states import StepStatus
from samordna.cases.worklist import NextStep, Symbol
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.steps.view import PartView, Viewer

DECIDE_JOIN = "decide_join"


def join_view(facts: CaseWork, viewer: Viewer) -> PartView | None:
    """The question as a task of the coordinator's unit until it has confirmed; None for all others."""
    join = facts.join
    if join is None or not viewer.coordinates or join.confirmed_by(facts.case.id):
        return None
    return PartView(
        Symbol(StepStatus.TODO, None, join.due_for(facts.case.id)),
        # Not who asked: of a protected person that would tell which unit has the case (L-04).
        NextStep(DECIDE_JOIN),
        task=True,
    )
