"""When a new case may be made, and when one may ask whether there is one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.people.rules import name_refusal, protected_name_refusal


def create_refusal(process: Process[Any], actor: Actor) -> Refusal | None:
    """Any unit with the right to initiate (the table of rights)."""
    if actor.rights(process.module).may_initiate:
        return None
    return Refusal(
        "rights.may_not_initiate",
        _("You may answer in a %(process)s but not initiate.") % {"process": process.name},
        _("A colleague with the right to initiate can do it."),
    )


def asking_refusal(
    process: Process[Any], actor: Actor, asked_within_the_hour: int, limit: int
) -> Refusal | None:
    """Asking tells that a person has a case, so it needs the right and is limited in number (V-23)."""
    return create_refusal(process, actor) or too_often_refusal(asked_within_the_hour, limit)


def too_often_refusal(asked_within_the_hour: int, limit: int) -> Refusal | None:
    """Numbers that are tried are counted, whatever they are tried for (V-23)."""
    if asked_within_the_hour >= limit:
        return Refusal(
            "case.asked_too_often",
            _("You have asked for %(limit)s persons within an hour, which is the limit.") % {"limit": limit},
            _("Wait a while, or ask your administrator if you need to do it often."),
            field="identifier",
        )
    return None


def confirmed_refusal(*, shown: bool) -> Refusal | None:
    """A case is made for a person whom the existence door has shown to this user a moment ago (L-12)."""
    if shown:
        return None
    return Refusal(
        "case.not_confirmed",
        _("Check the person before the case is made."),
        _("Press the button again if it is the right person."),
    )


def naming_refusal(*, known: str | None, protected: bool, typed: str) -> Refusal | None:
    """Somebody new needs a name; so does a protected person, whose name is not shown, and it must fit (L-04)."""
    if known is None:
        return name_refusal(typed)
    return protected_name_refusal(typed, known) if protected else None


def names_tried() -> Refusal:
    """So many wrong names were written that the answer about this number stands no longer (L-04)."""
    return Refusal(
        "case.names_tried",
        _("You have written several names that do not fit the person who has this number."),
        _("Ask about the number again when you have the name from the identity card."),
        field="identifier",
    )
