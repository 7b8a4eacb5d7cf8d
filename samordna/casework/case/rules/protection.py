"""Who lowers a protection, opens what it hid, and takes a lowering back (L-04, L-12)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samordna.cases.facts import CaseFacts
from samordna.casework.file.rules import coordinator_refusal
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.people.protection import ChangeFacts
from samordna.people.rules import UNDO_WITHIN, weaker
from samordna.people.states import Protection, ProtectionAct


def lower_protection_refusal(actor: Actor, roles: Collection[str]) -> Refusal | None:
    """A system role that the county has named; the door has seen to that it covers a unit in the case."""
    if actor.places_as(*roles):
        return None
    return Refusal(
        "protection.not_yours",
        _("Only those whom the county has named may lower a protection or open what it hides."),
        _("Tell them the case number and the personal identity number."),
    )


def lowering_refusal(*, seen: Protection, present: Protection, to: Protection) -> Refusal | None:
    """Lower than what it is, and than what the page showed."""
    if seen != present:
        return changed_meanwhile()
    if weaker(to, present):
        return None
    return Refusal(
        "protection.not_lower",
        _("Choose a protection that is weaker than the present one."),
        field="protection",
    )


def grounds_refusal(*, reason: str, checked_where: str) -> Refusal | None:
    """Why, and where it was checked."""
    if not reason:
        return Refusal("protection.no_reason", _("Write why."), field="reason")
    if not checked_where:
        return Refusal("protection.not_checked", _("Write where it was checked."), field="checked_where")
    return None


def changed_meanwhile() -> Refusal:
    return Refusal(
        "protection.changed",
        _("Somebody has changed the protection since you opened the page."),
        _("Read what it says now."),
    )


def other_number() -> Refusal:
    """The same whoever else has the number: nothing is told about anybody."""
    return Refusal(
        "protection.other_number",
        _("The case is not about somebody with that number."),
        _("Check case number and personal identity number with whoever asked."),
        field="identifier",
    )


def undo_lowering_refusal(
    case: CaseFacts, actor: Actor, change: ChangeFacts | None, at: datetime
) -> Refusal | None:
    """*Ångra*: the coordinator, once, within 14 days (L-12)."""
    if not case.is_coordinator(actor.user_id, actor.unit_id):
        return coordinator_refusal(case, actor)
    if change is None or change.act != ProtectionAct.LOWERED or change.undone_at is not None:
        return Refusal("protection.nothing_to_undo", _("There is nothing to undo."))
    if at - change.made_at > UNDO_WITHIN:
        return Refusal(
            "protection.too_late",
            _("It was done more than 14 days ago and can no longer be undone."),
            _("Raise the protection under About the person."),
        )
    return None
