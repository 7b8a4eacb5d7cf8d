"""What protection, relations and kinds of numbers are called on pages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.kernel.identifiers import Kind
from samordna.people.states import IdentityKind, Protection, Relation

PROTECTIONS: Mapping[Protection, str | Promise] = {
    Protection.NONE: _("No protection"),
    Protection.CONFIDENTIALITY_MARK: _("Confidentiality mark"),
    Protection.PROTECTED_REGISTRATION: _("Protected population registration"),
    Protection.FICTITIOUS: _("Fictitious personal data"),
}
RELATIONS: Mapping[Relation, str | Promise] = {
    Relation.GUARDIAN: _("Guardian"),
    Relation.TRUSTEE: _("Trustee"),
    Relation.NEXT_OF_KIN: _("Next of kin"),
    Relation.OTHER: _("Other relation"),
}
KINDS: Mapping[Kind, str | Promise] = {
    Kind.PERSONAL: _("Personal identity number"),
    Kind.COORDINATION: _("Coordination number"),
    Kind.NATIONAL_RESERVE: _("National reserve number"),
    Kind.LOCAL_RESERVE: _("Local reserve number"),
}
REPLACED_WHY: Mapping[str, str | Promise] = {
    IdentityKind.LINKED: _("another number was linked"),
    IdentityKind.NEW_NUMBER: _("new number for the same person"),
}
