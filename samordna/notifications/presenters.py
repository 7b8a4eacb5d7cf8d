"""What a notification says: what kind of thing waits, at which unit, and to log in. Nothing else, ever.

Neither a person, nor health, nor a case number: mail is read on telephones and forwarded (V-12).
"""

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.notifications.states import Event

SENTENCES: dict[Event, Promise] = {
    Event.INITIATIVE_TO_ACKNOWLEDGE: gettext_lazy("An initiative to SIP waits for an answer"),
    Event.INITIATIVE_VOIDED: gettext_lazy("An initiative to SIP has been voided"),
    Event.PLANNING_SUMMONS_TO_ACKNOWLEDGE: gettext_lazy("A summons to planning waits for an answer"),
    Event.PLANNING_SUMMONS_VOIDED: gettext_lazy("A summons to planning has been voided"),
    Event.EVALUATION_SUMMONS_TO_ACKNOWLEDGE: gettext_lazy("A summons to evaluation waits for an answer"),
    Event.EVALUATION_SUMMONS_VOIDED: gettext_lazy("A summons to evaluation has been voided"),
    Event.INFORMATION_TO_ACKNOWLEDGE: gettext_lazy("An information message waits for an answer"),
    Event.INFORMATION_VOIDED: gettext_lazy("An information message has been voided"),
    Event.PLAN_LOCKED: gettext_lazy("A plan has been locked"),
    Event.PLAN_VOIDED: gettext_lazy("A plan has been voided"),
    Event.FOLLOWUP_LOCKED: gettext_lazy("A follow-up has been locked"),
    Event.FOLLOWUP_VOIDED: gettext_lazy("A follow-up has been voided"),
    Event.EVALUATION_LOCKED: gettext_lazy("An evaluation has been locked"),
    Event.EVALUATION_VOIDED: gettext_lazy("An evaluation has been voided"),
    Event.CASE_ENDED: gettext_lazy("A case has ended"),
    Event.CASE_VOIDED: gettext_lazy("A case has been voided"),
    Event.CASE_JOIN_ASKED: gettext_lazy("Two SIPs may be one person's and wait for an answer"),
    Event.CASE_JOINED: gettext_lazy("A case has ended and goes on in another one"),
    Event.CASE_REOPENED: gettext_lazy("A case that had ended goes on again"),
    Event.PROTECTION_LOWERED: gettext_lazy(
        "The protection of a person in one of your cases has been lowered"
    ),
    Event.CONTACTS_OPENED: gettext_lazy("Hidden contact details in one of your cases are shown again"),
    Event.MESSAGE_TAKEN_BACK: gettext_lazy("A message to you has been taken back"),
    Event.MESSAGE_DENIED: gettext_lazy("A message that you sent has been denied"),
    Event.ALL_ANSWERED: gettext_lazy("Everyone has answered a message that you sent"),
}


def words(event: Event, unit_name: str) -> tuple[str, str]:
    """Subject and body, in the installation's language: the inbox is the unit's, not the sender's."""
    with translation.override(settings.LANGUAGE_CODE):
        sentence = str(SENTENCES[event])
        unit = _("Unit: %(unit)s") % {"unit": unit_name} if unit_name else ""
        login = _("Log in to Samordna to read.")
        no_answer = _("This message cannot be answered.")
        body = "\n\n".join(part for part in (f"{sentence}.", unit, login, no_answer) if part)
        return f"Samordna: {sentence[0].lower()}{sentence[1:]}", f"{body}\n"
