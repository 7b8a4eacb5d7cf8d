"""What an information message must hold before it is sent. Pure."""

from django.utils.translation import gettext_lazy as _

from samordna.kernel.refusal import Refusal
from samordna.sip.information.text import InformationText


def information_refusal(text: InformationText) -> Refusal | None:
    if not text.text:
        return Refusal("information.text_missing", _("Write what you want to tell."), field="text")
    return None
