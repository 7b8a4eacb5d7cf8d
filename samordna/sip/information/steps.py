"""An information message never holds the process up, and nobody is asked to write one."""

from datetime import datetime

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet
from samordna.sip.facts import SipFacts
from samordna.sip.states import Part


def holds(_facts: SipFacts, _at: datetime) -> bool:
    """The process goes on without its answers."""
    return False


def too_late(_facts: SipFacts, _at: datetime) -> bool:
    """It can always be told."""
    return False


def not_begun(_facts: SipFacts, _viewer: Viewer) -> PartView:
    """Written when somebody wants to."""
    return quiet(StepStatus.NOT_STARTED, Part.INFORMATION)


def anew(_facts: SipFacts, _viewer: Viewer) -> str:
    """Nobody is asked to write another."""
    return ""
