"""A guardian's consent that ended when the child came of age: the coordinator's unit asks anew (L-03)."""

from samordna.cases.states import StepStatus
from samordna.cases.worklist import NextStep, Symbol
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.steps.view import PartView, Viewer, within

RENEW_CONSENT = "renew_consent"


def consent_view(facts: CaseWork, viewer: Viewer) -> PartView | None:
    """A task until a consent is recorded after that, or withdrawn; None for all others."""
    ended = [c for c in facts.consents if c.lapsed and c.withdrawn_at is None]
    lapsed = [c.lapsed_at for c in ended if c.lapsed_at is not None]
    if not lapsed or not viewer.coordinates:
        return None
    since = max(lapsed)
    if any(c.recorded_at > since and c.withdrawn_at is None for c in facts.consents):
        return None
    return PartView(
        Symbol(StepStatus.TODO, None, within(facts, since)),
        NextStep(RENEW_CONSENT, at=since.isoformat()),
        task=True,
    )
