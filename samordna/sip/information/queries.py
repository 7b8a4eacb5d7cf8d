"""What is written in information messages. Which of them a unit may see is settled by its snapshot."""

from collections.abc import Collection
from uuid import UUID

from samordna.sip.information.models import InformationContent
from samordna.sip.information.text import InformationText


def information_texts(message_ids: Collection[UUID]) -> dict[UUID, InformationText]:
    """What several information messages say, in one statement."""
    rows = InformationContent.objects.filter(message_id__in=message_ids)
    return {row.message_id: InformationText(row.text) for row in rows}
