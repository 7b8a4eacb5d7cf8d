"""A notice of readiness as pairs of label and value, and what is said of sending and voiding one."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.casework.messages.kinds import Row
from samordna.casework.messages.presenters.recipients import receivers
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.ready.text import ReadyText
from samordna.discharge.states import Part
from samordna.kernel import clock
from samordna.messaging.facts import MessageFacts


def rows(text: ReadyText, at: datetime) -> list[Row]:
    """Its own fields."""
    assessed = text.assessed_at
    return [
        (_("Judged by physician"), text.physician, "id_physician"),
        (_("Judged"), clock.shown_moment(assessed, at=at) if assessed else "", "id_assessed_on"),
    ]


def send_words(count: int) -> str:
    """What the button says."""
    return ngettext("Tell %(count)d unit", "Tell %(count)d units", count)


def sent_words(count: int) -> str:
    """How the confirmation begins."""
    return ngettext(
        "%(count)d unit is told that the patient is ready for discharge.",
        "%(count)d units are told that the patient is ready for discharge.",
        count,
    )


def like(text: ReadyText, _at: datetime) -> tuple[ReadyText, bool]:
    """All of it."""
    return text, False


def proposed(facts: DischargeFacts) -> list[int]:
    """Those that know of the admission."""
    notice = facts.sent(Part.ADMISSION)
    return receivers(notice) if notice is not None else []


def effects(_facts: DischargeFacts, _message: MessageFacts, _at: datetime) -> list[str]:
    """Nothing is built on it yet."""
    return []
