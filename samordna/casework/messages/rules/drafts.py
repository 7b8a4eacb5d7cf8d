"""What became of a draft that was read as one. Pure: facts in, refusal out."""

from django.utils.translation import gettext_lazy as _

from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.messaging.facts import MessageFacts
from samordna.messaging.states import MessageStatus


def draft_gone_refusal(message: MessageFacts | None) -> Refusal | None:
    """Why what was read as a draft no longer is one."""
    if message is None:
        return Refusal(
            "draft.discarded", _("The draft has been thrown away."), _("Write a new one if it is needed.")
        )
    if message.status == MessageStatus.DRAFT:
        return None
    if message.status == MessageStatus.VOIDED:
        said = _("%(name)s has voided the message since you opened it.") % {
            "name": isolated(message.voided_by_name)
        }
        return Refusal("draft.voided", said, _("Write a new one if it is needed."))
    if message.status == MessageStatus.TAKEN_BACK:
        return Refusal(
            "draft.taken_back", _("The message has been taken back."), _("Write a new one if it is needed.")
        )
    said = _("%(name)s has already sent the message.") % {"name": isolated(message.sent_by_name)}
    return Refusal("draft.sent", said, _("Nothing of what you typed has been sent."))
