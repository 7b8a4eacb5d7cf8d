"""How a case ended: why, by whom and when, for its pages and its prints (V-83)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.cases.states import CaseStatus
from samordna.casework.file.end_reasons import end_reason
from samordna.casework.file.facts import CaseWork
from samordna.kernel import clock
from samordna.kernel.text import isolated


@dataclass(frozen=True)
class HowItEnded:
    """`text` says when, by whom and why. `comment` is what was written about it, for units in the whole case."""

    text: str
    comment: str


def how_it_ended(facts: CaseWork, *, whole: bool, at: datetime | None = None) -> HowItEnded | None:
    """None for a case that goes on."""
    case = facts.case
    if case.ended_at is None:
        return None
    voided = case.status == CaseStatus.VOIDED
    said = (
        _("The case is voided. It was voided %(day)s by %(name)s: %(reason)s.")
        if voided
        else _("The case has ended. It was ended %(day)s by %(name)s: %(reason)s.")
    )
    reason = str(end_reason(facts.process, case.end_reason))
    values = {
        "day": clock.shown_date(clock.local(case.ended_at).date(), at=at or case.ended_at),
        "name": isolated(case.ended_by_name),
        "reason": reason[:1].lower() + reason[1:],
    }
    return HowItEnded(said % values, case.end_comment if whole else "")
