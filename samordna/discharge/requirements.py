"""What each part requires before it can begin."""

from django.utils.translation import gettext_lazy as _

from samordna.discharge.facts import DischargeFacts
from samordna.discharge.states import Part
from samordna.kernel.refusal import Refusal


def begin_refusal(facts: DischargeFacts, part: str) -> Refusal | None:
    """That somebody is ready for discharge is told to units that know of the admission (2017:612, chapter 3 § 1)."""
    if part == Part.READY and facts.sent(Part.ADMISSION) is None:
        return Refusal("discharge.not_admitted", _("Send the admission notice first."))
    return None
