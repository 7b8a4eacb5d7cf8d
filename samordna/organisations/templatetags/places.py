"""Words for kinds of care and of principals, for every room's templates."""

from collections.abc import Collection

from django import template

from samordna.kernel.actor import Actor
from samordna.organisations import rules
from samordna.organisations.rules import ADMINISTRATOR, SYSTEM_MANAGER, Reach
from samordna.organisations.states import CareKind, Level, PrincipalKind
from samordna.organisations.words import CARE_KINDS, LEVELS, PRINCIPAL_KINDS

register = template.Library()


@register.filter
def care_kind(value: str) -> str:
    """ "Hemtjänst" for HOME_CARE; nothing for a place without one."""
    return str(CARE_KINDS[CareKind(value)]) if value else ""


@register.filter
def principal_kind(value: str) -> str:
    """ "Kommun" for MUNICIPALITY."""
    return str(PRINCIPAL_KINDS[PrincipalKind(value)]) if value else ""


@register.filter
def level(value: str) -> str:
    """ "Förvaltning" for DEPARTMENT."""
    return str(LEVELS[Level(value)]) if value else ""


@register.filter
def kept(actor: Actor | None) -> Reach:
    """What somebody keeps of tree and settings, wherever they stand."""
    return _reached(actor, (ADMINISTRATOR, SYSTEM_MANAGER))


@register.filter
def administered(actor: Actor | None) -> Reach:
    """Where somebody is administrator of users and rights, wherever they stand."""
    return _reached(actor, (ADMINISTRATOR,))


def _reached(actor: Actor | None, roles: Collection[str]) -> Reach:
    return rules.reach(actor.held if actor else (), roles=roles)
