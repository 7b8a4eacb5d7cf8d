"""A notice of admission as pairs of label and value, and what is said of sending and voiding one."""

from dataclasses import replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samordna.casework.messages.kinds import Row
from samordna.discharge.admission.states import Certainty
from samordna.discharge.admission.text import AdmissionText
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.states import Part
from samordna.kernel import clock
from samordna.messaging.facts import MessageFacts

CERTAINTIES: dict[Certainty, str | Promise] = {
    Certainty.CERTAIN: gettext_lazy("Certain"),
    Certainty.LIKELY: gettext_lazy("Likely"),
    Certainty.UNCERTAIN: gettext_lazy("Uncertain"),
}


def rows(text: AdmissionText, at: datetime) -> list[Row]:
    """Its own fields."""
    admitted = text.admitted_at
    planned = clock.shown_date(text.planned_on, at=at) if text.planned_on else ""
    return [
        (_("Admitted"), clock.shown_moment(admitted, at=at) if admitted else "", "id_admitted_on"),
        (_("Planned discharge"), planned, "id_planned_on"),
        (_("Certainty"), CERTAINTIES[text.certainty], "id_certainty"),
    ]


def send_words(count: int) -> str:
    """What the button says."""
    return ngettext(
        "Send admission notice to %(count)d unit", "Send admission notice to %(count)d units", count
    )


def sent_words(count: int) -> str:
    """How the confirmation begins."""
    return ngettext(
        "The admission notice is sent to %(count)d unit.",
        "The admission notice is sent to %(count)d units.",
        count,
    )


def like(text: AdmissionText, at: datetime) -> tuple[AdmissionText, bool]:
    """All of it; a planned day that has passed is no proposal."""
    passed = text.planned_on is not None and text.planned_on < clock.today(at)
    return (replace(text, planned_on=None) if passed else text), passed


def proposed(_facts: DischargeFacts) -> list[int]:
    """Nobody knows yet whom the individual needs."""
    return []


def effects(facts: DischargeFacts, _message: MessageFacts, _at: datetime) -> list[str]:
    """What voiding one leads to."""
    ready = facts.sent(Part.READY) is not None
    return [_("The notice that the patient is ready for discharge stands.")] if ready else []
