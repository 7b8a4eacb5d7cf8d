"""The units of a case as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samordna.cases.facts import ParticipationFacts
from samordna.cases.states import Access, LeftReason
from samordna.casework.case.rules.case import remove_unit_refusal
from samordna.casework.file.facts import CaseWork
from samordna.casework.messages.presenters.messages import ANSWERS, NOT_TOLD
from samordna.kernel.actor import Actor
from samordna.kernel.collation import sort_key
from samordna.kernel.text import listed
from samordna.messaging.facts import DeliveryFacts
from samordna.messaging.states import MessageStatus
from samordna.organisations.queries import Closing

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
    """One unit as it stands, `since` it came, or `until` it left. `external`: it has no part in the system itself."""

    unit_id: int
    unit_name: str
    since: datetime
    until: datetime | None
    state: str | Promise
    handler: str = ""
    handler_left: str = ""
    coordinates: bool = False
    removable: bool = False
    external: bool = False
    closed: bool = False
    why_left: str = ""


def unit_rows(facts: CaseWork, actor: Actor, closings: Mapping[int, Closing]) -> list[UnitRow]:
    """A row for every unit that takes part, those outside the system among them, then for those that have left.

    A unit that is closed says why its cases were left (K-13).
    """
    shown = [
        _row(facts, actor, p, closings.get(p.unit_id))
        for p in facts.case.participations
        if p.open or p.left_reason in _LEFT
    ]
    return sorted(
        [*shown, *_outside(facts, actor)], key=lambda row: (row.until is not None, sort_key(row.unit_name))
    )


def _outside(facts: CaseWork, actor: Actor) -> list[UnitRow]:
    """Units outside the system have only what was sent to them: the last of it says how they stand (V-42)."""
    sent = (m for m in facts.messages if m.status == MessageStatus.SENT)
    standing = sorted((d for m in sent for d in m.standing if d.external), key=lambda d: d.added_at)
    rows: dict[int, UnitRow] = {}
    for delivery in standing:
        since = rows[delivery.unit_id].since if delivery.unit_id in rows else delivery.added_at
        state = _outside_state(delivery)
        rows[delivery.unit_id] = UnitRow(
            delivery.unit_id,
            delivery.unit_name,
            since,
            None,
            state,
            external=True,
            removable=remove_unit_refusal(facts.case, actor, delivery.unit_id, facts.outside) is None,
        )
    return list(rows.values())


def _outside_state(delivery: DeliveryFacts) -> str:
    if delivery.answer is not None:
        answer = ANSWERS[delivery.answer]
    elif delivery.told_at is not None:
        answer = _("Told")
    else:
        answer = NOT_TOLD
    return gettext("Outside the system: %(answer)s") % {"answer": str(answer).lower()}


def end_effects(facts: CaseWork) -> list[str]:
    """What ending the case leads to; units outside the system must be told by those who end it (V-83)."""
    sent = (message for message in facts.messages if message.status == MessageStatus.SENT)
    outside = dict.fromkeys(d.unit_name for message in sent for d in message.awaited if d.external)
    effects = [
        gettext("The case is closed for all units. It can still be read."),
        gettext("A new %(process)s can be started for the person.") % {"process": facts.process.name},
        gettext("The units that take part, and those that have not answered yet, are told."),
    ]
    if outside:
        said = gettext("Tell %(units)s yourselves: outside the system no notice is sent.")
        effects.append(said % {"units": listed(outside)})
    return effects


def _row(
    facts: CaseWork, actor: Actor, participation: ParticipationFacts, closing: Closing | None
) -> UnitRow:
    handler = facts.case.handler_at(participation.unit_id) if participation.open else None
    left, closed = participation.left_reason, participation.open and participation.unit_closed
    return UnitRow(
        unit_id=participation.unit_id,
        unit_name=participation.unit_name,
        since=participation.from_at,
        until=participation.until_at,
        state=_ACCESS[participation.access] if participation.open or left is None else _LEFT[left],
        handler=handler.name if handler and handler.valid else "",
        handler_left=handler.name if handler and not handler.valid else "",
        coordinates=participation.open and participation.unit_id == facts.case.coordinator.unit_id,
        closed=closed,
        why_left=closing.reasons.get("cases", "") if closed and closing is not None else "",
        removable=participation.open
        and remove_unit_refusal(facts.case, actor, participation.unit_id) is None,
    )
