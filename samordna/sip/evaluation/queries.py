"""What an evaluation says."""

from uuid import UUID

from samordna.casework.documents.queries import written_of
from samordna.kernel.refusal import NotVisible
from samordna.sip.evaluation.facts import EvaluationFacts
from samordna.sip.evaluation.models import EvaluationContent
from samordna.sip.plan.queries import participants_of


def evaluation_of(edition_id: UUID) -> EvaluationFacts:
    """What the edition of an evaluation says. NotVisible when it is no evaluation's."""
    row = EvaluationContent.objects.filter(edition_id=edition_id).first()
    if row is None:
        raise NotVisible
    return EvaluationFacts(edition_id, row.met_on, row.text, written_of(row), participants_of(edition_id))
