"""What is written in an initiative, as pairs of label and value, and what is said of sending and voiding one."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samordna.casework.messages.kinds import Row
from samordna.messaging.facts import MessageFacts
from samordna.messaging.states import Answer
from samordna.sip.facts import SipFacts
from samordna.sip.initiative.forms import INITIATORS
from samordna.sip.initiative.text import InitiativeText
from samordna.sip.states import Part

THEN = gettext_lazy("When a unit has accepted you can summon to planning.")
ACCEPT_HINT = gettext_lazy(
    "Accept if your unit has a known ongoing contact with the individual. Else deny, and say who should have the "
    "initiative instead."
)
DENY = gettext_lazy("Deny the initiative")
ACKNOWLEDGE_HINT = gettext_lazy("Every unit that gets an initiative must acknowledge it.")


def rows(text: InitiativeText, _at: datetime) -> list[Row]:
    """Its own fields."""
    initiator = str(dict(INITIATORS).get(text.initiator, ""))
    taker = ": ".join(part for part in (initiator, text.initiator_name) if part)
    return [
        (_("Reason for the initiative"), text.reason, "id_reason"),
        (_("Who takes the initiative?"), taker, "id_initiator"),
    ]


def send_words(count: int) -> str:
    """What the button says."""
    return ngettext("Send initiative to %(count)d unit", "Send initiative to %(count)d units", count)


def sent_words(count: int) -> str:
    """How the confirmation begins."""
    return ngettext(
        "The initiative is sent to %(count)d unit.", "The initiative is sent to %(count)d units.", count
    )


def like(text: InitiativeText, _at: datetime) -> tuple[InitiativeText, bool]:
    """All of it; a consent that was recorded with it stands as it is."""
    return replace(text, consent_id=None), False


def proposed(_facts: SipFacts) -> list[int]:
    """Nobody: whom it concerns is what it is about."""
    return []


def effects(facts: SipFacts, message: MessageFacts, _at: datetime) -> list[str]:
    """Of voiding it: what of the answers stands, and what cannot be done without it."""
    said = []
    if any(delivery.answer == Answer.ACCEPTED for delivery in message.standing):
        said.append(_("The units that have accepted still take part in the case."))
    if facts.sent(Part.SUMMONS) is not None or facts.documents:
        said.append(_("What has been sent and written since then stands."))
    else:
        said.append(_("Nobody can be summoned to planning until a new initiative has been accepted."))
    return said
