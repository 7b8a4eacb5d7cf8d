"""What is written in notices of admission. Which of them a unit may see is settled by its snapshot."""

from datetime import date, time
from uuid import UUID

from samordna.discharge.admission.models import AdmissionContent
from samordna.discharge.admission.states import Certainty
from samordna.discharge.admission.text import AdmissionText


def admission_text(message_id: UUID) -> AdmissionText:
    """What the notice says; an empty one for a message without a text."""
    row = AdmissionContent.objects.filter(message_id=message_id).first()
    if row is None:
        return AdmissionText()
    return written(row.admitted_on, row.admitted, row.planned_on, row.certainty)


def written(
    admitted_on: date | None, admitted: time | None, planned_on: date | None, certainty: str
) -> AdmissionText:
    """The text of what a row holds."""
    return AdmissionText(admitted_on, admitted, planned_on, Certainty(certainty))
