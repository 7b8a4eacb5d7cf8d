"""The kinds of document of a SIP, by what their parts say of them."""

from django.utils.translation import gettext_lazy as _

from samordna.casework.process import DocumentKind
from samordna.sip.states import Part

SBAR = DocumentKind(Part.SBAR)
PLAN = DocumentKind(
    Part.PLAN,
    locked=_("The plan is locked."),
    signed=_("The plan is signed."),
    voided=_("The plan is voided."),
    edit="edit",
)
FOLLOW_UP = DocumentKind(Part.FOLLOW_UP, open_to_all=True)
EVALUATION = DocumentKind(
    Part.EVALUATION,
    locked=_("The evaluation is locked."),
    signed=_("The evaluation is signed."),
    voided=_("The evaluation is voided."),
    edit="evaluation_edit",
)

DOCUMENTS = {kind.code: kind for kind in (SBAR, PLAN, FOLLOW_UP, EVALUATION)}
