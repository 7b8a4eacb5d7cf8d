"""Coordinator, units, handlers, consent, and ending a whole case: who may and when."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from samordna.assignments.queries import Colleague
from samordna.cases.consent import ConsentFacts
from samordna.cases.facts import CaseFacts
from samordna.cases.states import EndReason
from samordna.casework.file.rules import (
    coordinator_refusal,
    initiate_refusal,
    participant_refusal,
)
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.people.rules import PersonChanges


def lets_oneself_in_refusal(case: CaseFacts, actor: Actor, to: Colleague | None) -> Refusal | None:
    """Nobody becomes a reader of a protected person's case by naming herself from outside it (L-04)."""
    if to is None or to.user_id != actor.user_id or case.lets_read(actor.user_id, to.unit_id):
        return None
    return Refusal(
        "coordinator.oneself",
        _("You cannot name yourself for a person with protected data."),
        _("Name a colleague, or let another administrator name you."),
        field="colleague",
    )


def new_coordinator_refusal(process: Process[Any], case: CaseFacts, to: Colleague | None) -> Refusal | None:
    """The new one has a valid assignment with a right in the process, at a unit that takes part in the whole case."""
    if to is None or not to.rights(process.module).has_any:
        said = _("Choose a person who may use %(process)s.") % {"process": process.name}
        return Refusal("coordinator.no_right", said, field="colleague")
    if to.unit_id not in case.full_unit_ids:
        return Refusal(
            "coordinator.unit_outside",
            _("%(unit)s does not take part in the case.") % {"unit": isolated(to.unit_name)},
            _("Add the unit first."),
            field="colleague",
        )
    return None


def hand_over_refusal(
    process: Process[Any], leaving: Colleague, to: Colleague | None, actor: Actor, *, works_on: bool
) -> Refusal | None:
    """Who takes over when an assignment ends works at the same unit and may use the process (V-25).

    Never whoever hands over: that would let an administrator into what is not hers to read (L-04). Nor before the
    last day (`works_on`): until then it is coordinated and handled by the one who leaves.
    """
    if works_on:
        return Refusal(
            "hand_over.works_on",
            _("The cases are handed over on the last day at the earliest."),
            _("Save the last day with nobody who takes over, and choose who does when it comes."),
            field="to",
        )
    if to is not None and to.user_id == actor.user_id:
        return Refusal(
            "hand_over.oneself",
            _("You cannot take the cases over yourself."),
            _("Choose a colleague, or let another administrator hand them over to you."),
            field="to",
        )
    may_use = to is not None and to.rights(process.module).has_any
    if to is None or not may_use or to.unit_id != leaving.unit_id or to.user_id == leaving.user_id:
        said = _("Choose a colleague at the unit who may use %(process)s.") % {"process": process.name}
        return Refusal("hand_over.not_here", said, field="to")
    return None


HANDLER_NOT_HERE = Refusal("handler.not_here", _("Choose one of the people at the unit."), field="handler")


def name_handler_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """Each unit that takes part names its own handler (V-25)."""
    return participant_refusal(case, actor)


def remove_unit_refusal(
    case: CaseFacts, actor: Actor, unit_id: int, outside: Collection[int] = ()
) -> Refusal | None:
    """The coordinator removes a unit, also one `outside` the system; never the unit where she works (V-25)."""
    refusal = coordinator_refusal(case, actor)
    if refusal is not None:
        return refusal
    if unit_id == case.coordinator.unit_id:
        return Refusal(
            "unit.coordinates",
            _("The coordinator works at this unit."),
            _("Change coordinator first."),
        )
    reach = case.reach_of(unit_id)
    if unit_id not in outside and (reach is None or reach.until_at is not None):
        return Refusal("unit.not_in", _("The unit does not take part in the case."))
    return None


def consent_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """Consent is recorded by a participating unit."""
    return participant_refusal(case, actor)


def withdraw_refusal(
    case: CaseFacts, actor: Actor, consents: Iterable[ConsentFacts], day: date
) -> Refusal | None:
    """Consent is withdrawn by a participating unit, while there is one that has neither been withdrawn nor reached the
    end that was said (L-03)."""
    if any(c.withdrawn_at is None and (c.until_on is None or c.until_on >= day) for c in consents):
        return participant_refusal(case, actor)
    return participant_refusal(case, actor) or Refusal(
        "consent.none_left", _("There is no consent left to withdraw.")
    )


def change_person_refusal(
    case: CaseFacts, actor: Actor, changes: PersonChanges | None = None
) -> Refusal | None:
    """What stands about the person is kept by participating units. Her protection alone they raise also when the case
    is over: it may be the only one that is left (L-04)."""
    if changes is not None and changes == PersonChanges(protection=changes.protection):
        return raise_protection_refusal(case, actor)
    return participant_refusal(case, actor)


def raise_protection_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """Whoever takes part in the whole case, or did when it ended, protects its person more (L-04)."""
    reach = case.reach_of(actor.unit_id)
    return None if reach is not None and reach.full else participant_refusal(case, actor)


def correct_person_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """A wrong number is corrected by the coordinator, with the right to initiate."""
    return coordinator_refusal(case, actor) or initiate_refusal(case, actor)


def end_refusal(case: CaseFacts, actor: Actor, reason: str, comment: str) -> Refusal | None:
    """The coordinator ends or voids the whole case at any time, with a reason (V-83)."""
    refusal = coordinator_refusal(case, actor)
    if refusal is not None:
        return refusal
    if not reason:
        return Refusal("end.reason_missing", _("Choose why the case ends."), field="reason")
    if reason == EndReason.OTHER and not comment:
        return Refusal("end.comment_missing", _("Write why the case ends."), field="comment")
    return None
