"""What an act on a message leads to: the sentences above the button that asks once more (V-95)."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.casework.file.facts import CaseWork
from samordna.casework.messages.kinds import DraftKind
from samordna.kernel.collation import sort_key
from samordna.kernel.text import isolated, listed
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.web import moments


def message_effects(kind: DraftKind, facts: CaseWork, message: MessageFacts, at: datetime) -> list[str]:
    """Of voiding a sent message: what becomes of its answers, of what has been built on it, and what comes next."""
    awaited = listed(sorted((delivery.unit_name for delivery in message.awaited), key=sort_key))
    said = [_("It can still be read by those who have it, marked as voided, with your reason.")]
    said += kind.effects(facts, message, at)
    if awaited:
        said.append(_("Nothing more is awaited from %(units)s.") % {"units": awaited})
    told = [delivery for delivery in message.standing if not delivery.external]
    if told:
        text = ngettext(
            "The unit is told that it is voided.", "%(count)d units are told that it is voided.", len(told)
        )
        said.append(text % {"count": len(told)})
    if len(told) < len(message.standing):
        said.append(_("Units outside the system are told by you."))
    return [*said, _("A new one can be made. What is voided cannot be restored.")]


def anew_words(*, nobody_left: bool, day_passed: bool) -> str:
    """What a draft made anew has taken along, and what is to be written anew."""
    kept = _("A draft has been begun with the same text and the recipients who have not denied.")
    if nobody_left:
        kept = _(
            "A draft has been begun with the same text. Choose recipients: the former ones had denied or were removed."
        )
    day = [_("The day of the meeting had passed and is left out. Write a new one.")] if day_passed else []
    return " ".join([kept, *day, _("Read it before you send.")])


def aside_effects(delivery: DeliveryFacts) -> list[str]:
    """Of going on without a unit that has denied or is closed."""
    unit = {"unit": isolated(delivery.unit_name)}
    said = [_("The others go on, and nothing more is awaited from %(unit)s.") % unit]
    if delivery.answer:
        said.append(_("Its answer stays readable."))
    return [*said, _("If the unit is to take part after all, you add it as a recipient again.")]


def discard_effects(draft: MessageFacts | None, *, unsaved: bool, at: datetime) -> list[str]:
    """Of throwing a draft away: whose words are lost. Nobody has received them."""
    said = []
    if draft is not None and draft.written_at is not None:
        written = {"name": isolated(draft.written_by_name), "when": moments.when(draft.written_at, at=at)}
        said.append(_("The text and the recipients that %(name)s saved %(when)s are thrown away.") % written)
    if unsaved:
        said.append(_("What you have typed and not saved is thrown away."))
    return [*said, _("It cannot be brought back. Nobody has received it.")]
