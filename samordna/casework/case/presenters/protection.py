"""What was done to a person's protection, and what can be, on the page about the person."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.cases.facts import CaseFacts
from samordna.casework.case.rules.protection import undo_lowering_refusal
from samordna.kernel.actor import Actor
from samordna.people.protection import ChangeFacts
from samordna.people.states import ProtectionAct
from samordna.people.words import PROTECTIONS


@dataclass(frozen=True)
class ChangeLine:
    """`undo_id` is there while the reader may take it back."""

    text: str
    change: ChangeFacts
    undo_id: str


def change_lines(
    changes: tuple[ChangeFacts, ...], case: CaseFacts, actor: Actor, at: datetime
) -> list[ChangeLine]:
    """The latest first."""
    return [
        ChangeLine(
            _text(change),
            change,
            "" if undo_lowering_refusal(case, actor, change, at) else str(change.id),
        )
        for change in changes
    ]


def _text(change: ChangeFacts) -> str:
    if change.act == ProtectionAct.OPENED:
        return _("Hidden contacts were opened")
    words = {"before": PROTECTIONS[change.before], "after": PROTECTIONS[change.after]}
    return _("Lowered from %(before)s to %(after)s") % words
