"""To whom a message may be sent, whatever it says: plain values in, a `Refusal` or nothing out."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import listed


def draft_recipients_refusal(actor: Actor, chosen: Sequence[int]) -> Refusal | None:
    """A draft may have no recipient yet, but never the same twice or the own unit."""
    return recipients_refusal(actor, chosen, ()) if chosen else None


def recipients_refusal(actor: Actor, chosen: Sequence[int], closed: Sequence[str]) -> Refusal | None:
    """At least one recipient, none twice, not the own unit, none closed (`closed`: names of those that are)."""
    if not chosen:
        return Refusal("recipients.none", _("Choose at least one recipient."), field="recipients")
    if len(set(chosen)) < len(chosen):
        return Refusal(
            "recipients.twice", _("A unit is chosen twice. Remove one of them."), field="recipients"
        )
    if actor.unit_id in chosen:
        return Refusal(
            "recipients.own", _("Your own unit already takes part. Remove it."), field="recipients"
        )
    return closed_refusal(closed)


def unknown_refusal(chosen: Sequence[int], found: Collection[int]) -> Refusal | None:
    """What was chosen must be units of the address book; `found` are those that are."""
    if set(chosen) <= set(found):
        return None
    return Refusal(
        "recipients.unknown",
        _("A chosen recipient is not in the address book. Search and choose again."),
        field="recipients",
    )


def closed_refusal(closed: Sequence[str]) -> Refusal | None:
    """A unit that is closed receives nothing; `closed` are the names of those that are."""
    if not closed:
        return None
    return Refusal(
        "recipients.closed",
        _("%(units)s no longer receives messages. Choose another unit.") % {"units": listed(closed)},
        field="recipients",
    )
