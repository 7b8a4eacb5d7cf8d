"""The landing page of Administrera: what the actor may do there, each with a sentence."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.web.context import first_address


@dataclass(frozen=True, slots=True)
class Entrance:
    """One page to go to."""

    title: str | Promise
    about: str | Promise
    href: str


def entrances(*, administers: bool, appoints: bool, keeps_places: bool, has_role: bool) -> list[Entrance]:
    """What is offered to one who administers users, appoints at the unit, keeps the tree, has any system role.

    Pages that do not exist are left out.
    """
    offered = [
        (True, "accounts:me", _("My details"), _("Telephone, e-mail, password and your log-ins.")),
        (True, "organisations:address_book", _("Address book"), _("All units, with telephone and address.")),
        (administers, "assignments:users", _("Users"), _("Who works where, as what, and until when.")),
        (
            administers,
            "assignments:rights",
            _("Rights"),
            _("Which professions may initiate and answer in a SIP."),
        ),
        (
            administers,
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
            keeps_places,
            "organisations:tree",
            _("Organisation"),
            _("Principals, departments, operations and units."),
        ),
        (
            keeps_places,
            "organisations:settings",
            _("Settings"),
            _("Deadlines, headings of goals, codes and routing."),
        ),
        (
            has_role,
            "sip:without_coordinator",
            _("Cases without coordinator"),
            _("Name a new coordinator where the former one has left."),
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
