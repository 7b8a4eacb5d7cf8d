"""Why a whole case ended, in words: for its pages, its lists and its prints."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samordna.cases.states import EndReason
from samordna.casework.process import Process, Words

END_REASONS: dict[EndReason, Words] = {
    EndReason.INDIVIDUALS_WISH: _("At the individual's wish"),
    EndReason.CONSENT_WITHDRAWN: _("Consent is withdrawn"),
    EndReason.WRONG_PERSON: _("The case was made for the wrong person"),
    EndReason.DIED: _("The person has died"),
    EndReason.MOVED: _("The person has moved"),
    EndReason.OTHER: _("Another reason"),
    EndReason.MERGED: _("Goes on in another case of the same person"),
}


def end_reason(process: Process[Any], reason: str) -> Words:
    """In the words of the process, where it ends a case in a way of its own."""
    why = EndReason(reason)
    return process.end_reasons[why] if why in process.end_reasons else END_REASONS[why]
