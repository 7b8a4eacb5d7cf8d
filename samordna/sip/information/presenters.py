"""What is written in an information message, as pairs of label and value, and what is said of sending one."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.casework.file.steps.summoned import joined_since
from samordna.casework.messages.kinds import Row
from samordna.casework.messages.presenters.recipients import receivers
from samordna.messaging.facts import MessageFacts
from samordna.sip.facts import SipFacts
from samordna.sip.information.text import InformationText
from samordna.sip.states import Part


def rows(text: InformationText, _at: datetime) -> list[Row]:
    """Its own field."""
    return [(_("Message"), text.text, "id_text")]


def send_words(count: int) -> str:
    """What the button says."""
    return ngettext("Send message to %(count)d unit", "Send message to %(count)d units", count)


def sent_words(count: int) -> str:
    """How the confirmation begins."""
    return ngettext(
        "The message is sent to %(count)d unit.", "The message is sent to %(count)d units.", count
    )


def like(text: InformationText, _at: datetime) -> tuple[InformationText, bool]:
    """All of it."""
    return text, False


def proposed(facts: SipFacts) -> list[int]:
    """Those who have the initiative or the summons, and those who have come in since (V-90)."""
    message = facts.sent(Part.SUMMONS) or facts.sent(Part.INITIATIVE)
    later = joined_since(facts, facts.process.messages[Part.SUMMONS])
    return [] if message is None else [message.unit_id, *receivers(message), *later]


def effects(_facts: SipFacts, _message: MessageFacts, _at: datetime) -> list[str]:
    """Nothing is built on it."""
    return []
