"""Words for kinds of care and of principals, for every room's templates."""

from django import template

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
