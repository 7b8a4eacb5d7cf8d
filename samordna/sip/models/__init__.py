"""Django looks for models here; each subject has its own module."""

from samordna.sip.models.messages import InformationContent, InitiativeContent, SummonsContent
from samordna.sip.models.plan import (
    Activity,
    ActivityReport,
    EarlierReport,
    EvaluationContent,
    FollowUpSchedule,
    Goal,
    Participant,
    PlanContent,
    PlanHandover,
    PlanPrinting,
    SbarContent,
)

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
