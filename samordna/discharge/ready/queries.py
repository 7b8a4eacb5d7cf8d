"""What is written in notices of readiness. Which of them a unit may see is settled by its snapshot."""

from uuid import UUID

from samordna.discharge.ready.models import ReadyContent
from samordna.discharge.ready.text import ReadyText


def ready_text(message_id: UUID) -> ReadyText:
    """What the notice says; an empty one for a message without a text."""
    row = ReadyContent.objects.filter(message_id=message_id).first()
    return ReadyText() if row is None else ReadyText(row.physician, row.assessed_on, row.assessed)
