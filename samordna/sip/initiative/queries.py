"""What is written in initiatives. Which of them a unit may see is settled by its snapshot."""

from uuid import UUID

from samordna.kernel.prepared import Prepared
from samordna.sip.initiative.models import InitiativeContent
from samordna.sip.initiative.text import InitiativeText


def initiative_text(message_id: UUID) -> InitiativeText:
    """What the initiative says; an empty one for a message without a text."""
    found = _INITIATIVES.rows(message_id=message_id)
    return InitiativeText(*found[0]) if found else InitiativeText()


_INITIATIVES = Prepared(
    lambda message_id: InitiativeContent.objects.filter(message_id=message_id).values_list(
        "reason", "initiator", "initiator_name", "consent_draft", "consent_id"
    ),
    message_id=UUID,
)
