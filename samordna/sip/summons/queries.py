"""What is written in summonses. Which of them a unit may see is settled by its snapshot."""

from uuid import UUID

from samordna.casework.meetings.states import MeetingForm
from samordna.sip.summons.models import SummonsContent
from samordna.sip.summons.text import SummonsText


def summons_text(message_id: UUID) -> SummonsText:
    """What the summons says; an empty one for a message without a text."""
    row = SummonsContent.objects.filter(message_id=message_id).first()
    if row is None:
        return SummonsText()
    return SummonsText(row.meets_on, row.starts, row.ends, MeetingForm(row.form), row.place, row.other)
