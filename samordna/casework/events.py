"""What units are told of by mail in every process."""

from django.utils.translation import gettext_lazy as _

from samordna.notifications.events import Event

CASE_ENDED = Event("case.ended", _("A case has ended"))
CASE_VOIDED = Event("case.voided", _("A case has been voided"))
CASE_JOIN_ASKED = Event("case.join_asked", _("Two cases may be one person's and wait for an answer"))
CASE_JOINED = Event("case.joined", _("A case has ended and goes on in another one"))
CASE_REOPENED = Event("case.reopened", _("A case that had ended goes on again"))
PROTECTION_LOWERED = Event(
    "protection.lowered", _("The protection of a person in one of your cases has been lowered")
)
CONTACTS_OPENED = Event(
    "protection.contacts_opened", _("Hidden contact details in one of your cases are shown again")
)
MESSAGE_TAKEN_BACK = Event("message.taken_back", _("A message to you has been taken back"))
MESSAGE_DENIED = Event("message.denied", _("A message that you sent has been denied"))
ALL_ANSWERED = Event("message.all_answered", _("Everyone has answered a message that you sent"))
COMMON = (
    CASE_ENDED,
    CASE_VOIDED,
    CASE_JOIN_ASKED,
    CASE_JOINED,
    CASE_REOPENED,
    PROTECTION_LOWERED,
    CONTACTS_OPENED,
    MESSAGE_TAKEN_BACK,
    MESSAGE_DENIED,
    ALL_ANSWERED,
)
