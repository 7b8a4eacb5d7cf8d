"""The units of a case as a table."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samordna.cases.facts import ParticipationFacts
from samordna.cases.states import Access, LeftReason
from samordna.kernel.actor import Actor
from samordna.messaging.states import MessageStatus
from samordna.sip.facts import SipFacts
from samordna.sip.rules.case import remove_unit_refusal

_ACCESS: dict[Access, str | Promise] = {
    Access.FULL: _("Takes part"),
    Access.INVITED: _("Invited, has not answered"),
    Access.INFORMED: _("Is informed"),
}
_LEFT: dict[LeftReason, str | Promise] = {
    LeftReason.DENIED: _("Denied"),
    LeftReason.REMOVED: _("Removed"),
}


@dataclass(frozen=True)
class UnitRow:
    participation: ParticipationFacts
    state: str | Promise
    handler: str
    handler_left: str
    coordinates: bool
    removable: bool


def unit_rows(facts: SipFacts, actor: Actor) -> list[UnitRow]:
    """A row for every unit that takes part, then for those that have left."""
    shown = [p for p in facts.case.participations if p.open or p.left_reason in _LEFT]
    ordered = sorted(shown, key=lambda p: (not p.open, p.unit_name))
    return [_row(facts, actor, participation) for participation in ordered]


def end_effects(facts: SipFacts) -> list[str]:
    """What ending the case leads to; units outside the system must be told by those who end it (V-83)."""
    sent = (message for message in facts.messages if message.status == MessageStatus.SENT)
    outside = dict.fromkeys(d.unit_name for message in sent for d in message.awaited if d.external)
    effects = [
        gettext("The case is closed for all units. It can still be read."),
        gettext("A new SIP can be started for the person."),
        gettext("The units that take part, and those that have not answered yet, are told."),
    ]
    if outside:
        said = gettext("Tell %(units)s yourselves: outside the system no notice is sent.")
        effects.append(said % {"units": ", ".join(outside)})
    return effects


def _row(facts: SipFacts, actor: Actor, participation: ParticipationFacts) -> UnitRow:
    handler = facts.case.handler_at(participation.unit_id) if participation.open else None
    left = participation.left_reason
    return UnitRow(
        participation=participation,
        state=_ACCESS[participation.access] if participation.open or left is None else _LEFT[left],
        handler=handler.name if handler and handler.valid else "",
        handler_left=handler.name if handler and not handler.valid else "",
        coordinates=participation.open and participation.unit_id == facts.case.coordinator.unit_id,
        removable=participation.open
        and remove_unit_refusal(facts.case, actor, participation.unit_id) is None,
    )
