"""What an initiative must hold before it is sent. Pure."""

from django.utils.translation import gettext_lazy as _

from samordna.kernel.refusal import Refusal
from samordna.sip.initiative.states import Initiator
from samordna.sip.initiative.text import InitiativeText


def initiative_refusal(text: InitiativeText) -> Refusal | None:
    """The reason and who took the initiative are mandatory (V-31)."""
    if not text.reason:
        return Refusal("initiative.reason_missing", _("Write why a SIP is needed."), field="reason")
    if text.initiator not in set(Initiator):
        return Refusal(
            "initiative.initiator_missing", _("Choose who took the initiative."), field="initiator"
        )
    return None
