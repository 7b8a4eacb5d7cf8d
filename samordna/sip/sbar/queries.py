"""What a SBAR says."""

from uuid import UUID

from samordna.casework.documents.queries import written_of
from samordna.kernel.refusal import NotVisible
from samordna.sip.sbar.facts import SbarFacts
from samordna.sip.sbar.models import SbarContent


def sbar_of(edition_id: UUID) -> SbarFacts:
    """What the edition of a SBAR says. NotVisible when it is no SBAR's."""
    row = SbarContent.objects.filter(edition_id=edition_id).first()
    if row is None:
        raise NotVisible
    return SbarFacts(
        edition_id, row.situation, row.background, row.assessment, row.recommendation, written_of(row)
    )
