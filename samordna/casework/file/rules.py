"""Who may do what in a case: the table of rights in the requirements, one function per kind of right."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.assignments.states import SystemRole
from samordna.cases.facts import CaseFacts
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated


def active_refusal(case: CaseFacts) -> Refusal | None:
    """Nothing is changed in a case that has ended or is voided (L-06)."""
    if case.active:
        return None
    return Refusal("case.not_active", _("The case has ended. It can be read but not changed."))


def participant_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """Write, edit, sign, inform: a participating unit, with either right."""
    reach = case.reach_of(actor.unit_id)
    if reach is None or not reach.full:
        return active_refusal(case) or Refusal(
            "rights.not_participant",
            _("Your unit does not take part in the whole case."),
            _("The coordinator can add your unit."),
        )
    return active_refusal(case)


def initiate_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """New case, initiative, summons, Ny plan, add a unit: a participating unit, with the right to initiate."""
    refusal = participant_refusal(case, actor)
    if refusal is not None:
        return refusal
    if not actor.rights(case.module).may_initiate:
        return Refusal(
            "rights.may_not_initiate",
            _("You may answer in a %(process)s but not initiate.") % {"process": case.module},
            _("A colleague with the right to initiate can do it."),
        )
    return None


def answer_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """Accept, deny, acknowledge: the receiving unit, with the right to answer."""
    if not actor.rights(case.module).may_answer:
        return Refusal(
            "rights.may_not_answer",
            _("You do not have the right to answer in a %(process)s.") % {"process": case.module},
            _("A colleague with the right to answer in a %(process)s can do it.") % {"process": case.module},
        )
    return active_refusal(case)


def can_lock(case: CaseFacts) -> str | Promise:
    """Who can lock what is not locked yet: the coordinator, by name, while there is one."""
    return _by_the_coordinator(case, _("%(name)s, %(unit)s, can lock it."))


def can_open(case: CaseFacts) -> str | Promise:
    """Who can open what is locked: the coordinator, by name, while there is one."""
    return _by_the_coordinator(case, _("%(name)s, %(unit)s, can open it."))


def coordinator_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """Lock, open, void, end the case, Byt: the coordinator alone. In a case that is over nobody can."""
    return active_refusal(case) or not_coordinator_refusal(case, actor)


def not_coordinator_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """Whether the actor coordinates, whatever state the case is in."""
    if case.is_coordinator(actor.user_id, actor.unit_id):
        return None
    return Refusal(
        "rights.not_coordinator",
        _("Only the coordinator can do this."),
        _by_the_coordinator(case, _("%(name)s, %(unit)s, is the coordinator.")),
    )


def _by_the_coordinator(case: CaseFacts, said: str | Promise) -> str | Promise:
    """Who coordinates, or who names another when the one there was has left."""
    if not case.coordinator.valid:
        return _("The coordinator has left. An administrator or superuser names a new one.")
    return str(said) % {"name": isolated(case.coordinator.name), "unit": isolated(case.coordinator.unit_name)}


def change_coordinator_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """*Byt*: the coordinator, at any time of the case's life (V-24)."""
    return coordinator_refusal(case, actor)


def replace_coordinator_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """When the coordinator has no valid assignment, an administrator or superuser over a unit in the case names
    another."""
    refusal = active_refusal(case)
    if refusal is not None:
        return refusal
    if case.coordinator.valid:
        return Refusal(
            "coordinator.still_there",
            _("The case has a coordinator."),
            _("%(name)s, %(unit)s, can change it.")
            % {"name": isolated(case.coordinator.name), "unit": isolated(case.coordinator.unit_name)},
        )
    if not case.covered_by(actor.places_as(SystemRole.ADMINISTRATOR, SystemRole.SUPERUSER)):
        return Refusal(
            "coordinator.not_yours_to_name",
            _("The coordinator has left."),
            _("An administrator or superuser names a new one."),
        )
    return None
