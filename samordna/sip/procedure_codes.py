"""Procedure codes that a user is reminded to register in their own record, such as AU124 (V-57)."""

from samordna.kernel.actor import Actor
from samordna.organisations import queries as places
from samordna.organisations.settings_catalogue import Settings
from samordna.sip.states import Part


def codes_after(actor: Actor, settings: Settings, part: Part) -> tuple[str, ...]:
    """The codes for users at such a principal as the actor's, after PLAN, FOLLOW_UP or EVALUATION."""
    kind = places.principal_kind_of(actor.principal_id)
    return settings.codes_after(part.value, kind)
