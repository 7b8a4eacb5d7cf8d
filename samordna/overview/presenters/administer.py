"""The landing page of Administrera: what the actor may do there, each with a sentence."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.organisations.rules import Reach
from samordna.web.context import first_address


@dataclass(frozen=True, slots=True)
class Entrance:
    """One page to go to."""

    title: str | Promise
    about: str | Promise
    href: str


def entrances(
    *, administered: Reach, kept: Reach, appoints: bool, names_coordinators: bool, lowers_protections: bool
) -> list[Entrance]:
    """What is offered, by what somebody is administrator of and what of tree and settings they keep.

    Pages that do not exist are left out.
    """
    offered = [
        (True, "accounts:me", _("My details"), _("Telephone, e-mail, password and your log-ins.")),
        (True, "organisations:address_book", _("Address book"), _("All units, with telephone and address.")),
        (administered.any, "assignments:users", _("Users"), _("Who works where, as what, and until when.")),
        (
            administered.departments,
            "assignments:rights",
            _("Rights"),
            _("Which professions may initiate and answer in a SIP."),
        ),
        (
            administered.any,
            "assignments:roles",
            _("System roles"),
            _("Superusers, administrators and system managers."),
        ),
        (
            appoints,
            "assignments:staff",
            _("Appointed for SIP"),
            _("Who at the unit may use SIP by name."),
        ),
        (
            kept.any,
            "organisations:tree",
            _("Organisation"),
            _("Principals, departments, operations and units."),
        ),
        (
            kept.departments,
            "organisations:settings",
            _("Settings"),
            _("Deadlines, headings of goals, codes and routing."),
        ),
        (
            names_coordinators,
            "sip:without_coordinator",
            _("Cases without coordinator"),
            _("Name a new coordinator where the former one has left."),
        ),
        (
            lowers_protections,
            "sip:find_protection",
            _("Lower a protection"),
            _("For a person who is no longer protected, or not as much."),
        ),
        (
            bool(getattr(settings, "IS_EXERCISE", False)),
            "notifications:folder",
            _("Sent notifications"),
            _("The exercise's notifications, which are not sent for real."),
        ),
    ]
    found = [(title, about, first_address((route,))) for allowed, route, title, about in offered if allowed]
    return [Entrance(title, about, href) for title, about, href in found if href]
