"""Turning the sending of notifications on and off, as an operator does it, with its entry in the log."""

from datetime import datetime

from django.db import transaction

from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.notifications import commands as notifications
from samordna.notifications.commands import TurnedOn


@transaction.atomic
def turn_on(*, reason: str, not_sent_before: datetime | None, at: datetime) -> TurnedOn:
    """Let this machine send what stands in this database. What waits is sent, but for what is older than that."""
    done = notifications.turn_sending_on(reason=reason, not_sent_before=not_sent_before, at=at)
    counts = {"waiting": done.waiting, "withheld": done.withheld}
    record(
        actor=None,
        at=at,
        action=Action.SENDING_TURNED_ON,
        object_kind="sending",
        object_id=str(done.claim),
        details=counts,
    )
    return done


@transaction.atomic
def turn_off(*, at: datetime) -> None:
    """Let nobody send from this database, until it is turned on again."""
    machines = notifications.turn_sending_off(at=at)
    record(
        actor=None,
        at=at,
        action=Action.SENDING_TURNED_OFF,
        object_kind="sending",
        details={"machines": machines},
    )
