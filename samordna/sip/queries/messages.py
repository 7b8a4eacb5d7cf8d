"""What is written in the messages of a case. Which of them a unit may see is settled by its snapshot."""

from collections.abc import Collection, Mapping
from uuid import UUID

from samordna.kernel.prepared import Prepared
from samordna.sip.models import InformationContent, InitiativeContent, SummonsContent
from samordna.sip.states import MeetingForm
from samordna.sip.written import InformationText, InitiativeText, SummonsText


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


def kept_consent(message_id: UUID, *, case_id: UUID, unit_id: int) -> Mapping[str, str]:
    """The choice of consent that a unit has written in its own draft; empty for anybody else's message."""
    own = InitiativeContent.objects.filter(
        message_id=message_id, message__case_id=case_id, message__unit_id=unit_id
    )
    return own.values_list("consent_draft", flat=True).first() or {}


def summons_text(message_id: UUID) -> SummonsText:
    """What the summons says; an empty one for a message without a text."""
    row = SummonsContent.objects.filter(message_id=message_id).first()
    if row is None:
        return SummonsText()
    return SummonsText(row.meets_on, row.starts, row.ends, MeetingForm(row.form), row.place, row.other)


def information_texts(message_ids: Collection[UUID]) -> dict[UUID, InformationText]:
    """What several information messages say, in one statement."""
    rows = InformationContent.objects.filter(message_id__in=message_ids)
    return {row.message_id: InformationText(row.text) for row in rows}
