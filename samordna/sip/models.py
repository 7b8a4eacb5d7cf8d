"""Django looks for models here; each part has its own."""

from samordna.sip.evaluation.models import EvaluationContent
from samordna.sip.follow_up.models import ActivityReport, EarlierReport
from samordna.sip.information.models import InformationContent
from samordna.sip.initiative.models import InitiativeContent
from samordna.sip.plan.models import (
    Activity,
    FollowUpSchedule,
    Goal,
    Participant,
    PlanContent,
    PlanHandover,
    PlanPrinting,
)
from samordna.sip.sbar.models import SbarContent
from samordna.sip.summons.models import SummonsContent

__all__ = [
    "Activity",
    "ActivityReport",
    "EarlierReport",
    "EvaluationContent",
    "FollowUpSchedule",
    "Goal",
    "InformationContent",
    "InitiativeContent",
    "Participant",
    "PlanContent",
    "PlanHandover",
    "PlanPrinting",
    "SbarContent",
    "SummonsContent",
]
