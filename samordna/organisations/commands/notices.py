"""Of what a unit is told by mail."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.line import wait_in_line
from samordna.kernel.refusal import NotVisible, Stale
from samordna.kernel.text import fingerprint
from samordna.notifications import commands as notifications
from samordna.notifications.events import Event
from samordna.notifications.queries import events_wanted
from samordna.organisations import queries, rules
from samordna.organisations.states import Level


@transaction.atomic
def choose_notices(
    *,
    actor: Actor,
    unit_id: int,
    wanted: Collection[Event],
    of: Collection[Event],
    at: datetime,
    seen: str = "",
) -> None:
    """Choose `of` which events the unit is told (V-11). Not visible outside what the actor keeps.

    Stale when others were chosen since the form was opened with `seen`.
    """
    if queries.place_card(unit_id, queries.reach_of(actor)).place.level != Level.UNIT:
        raise NotVisible
    wait_in_line("notices", unit_id)
    held = sorted(event.code for event in events_wanted(unit_id, of))
    if seen and seen != fingerprint(held) and held != sorted(event.code for event in wanted):
        raise Stale(rules.setting_changed())
    notifications.choose_events(unit_id=unit_id, wanted=wanted, of=of)
    record(
        actor=actor,
        at=at,
        action=Action.ORGANISATION_CHANGED,
        object_kind="organisation",
        object_id=str(unit_id),
        details={"change": "notices", "wanted": sorted(event.code for event in wanted)},
    )
