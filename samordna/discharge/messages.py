"""The kinds of message of a discharge, by what their parts say of them."""

from samordna.cases.states import Access, ConsentScope
from samordna.casework.process import MessageKind
from samordna.discharge import events
from samordna.discharge.admission import steps as admission
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.ready import steps as ready
from samordna.discharge.states import Part

ADMISSION = MessageKind[DischargeFacts](
    code=Part.ADMISSION,
    access=Access.INFORMED,
    deadline="other_step",
    sent=events.ADMISSION_TO_ACKNOWLEDGE,
    voided=events.ADMISSION_VOIDED,
    holds=admission.holds,
    too_late=admission.too_late,
    not_begun=admission.not_begun,
    anew=admission.anew,
    # A duty in law (2017:612, chapter 2 § 1): sent whatever the individual says.
    consent=None,
)
READY = MessageKind[DischargeFacts](
    code=Part.READY,
    access=Access.INFORMED,
    deadline="other_step",
    sent=events.READY_TO_ACKNOWLEDGE,
    voided=events.READY_VOIDED,
    holds=ready.holds,
    too_late=ready.too_late,
    not_begun=ready.not_begun,
    anew=ready.anew,
    consent=ConsentScope.INFORMATION,
)
MESSAGES = {kind.code: kind for kind in (ADMISSION, READY)}
