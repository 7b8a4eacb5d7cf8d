"""The line below a part's name in the list of parts: how far it has come, or when it can begin."""

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.cases.states import StepStatus
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.presenters.next_step import sentence
from samordna.casework.file.steps.view import PartView
from samordna.documents.states import VersionStatus
from samordna.kernel.text import isolated
from samordna.messaging.facts import MessageFacts
from samordna.messaging.states import Answer
from samordna.web import moments

_OPEN = {StepStatus.TODO, StepStatus.WAITING, StepStatus.DENIED, StepStatus.DRAFT}


def part_hint(facts: CaseWork, part: str, view: PartView, at: datetime) -> str:
    """What is to be done, else what was reached and when, else why it cannot begin yet."""
    status = view.symbol.seen_at(at)
    if status in _OPEN:
        return str(sentence(facts.process, view.next_step, at=at).text)
    if status == StepStatus.NOT_YET:
        refusal = facts.process.begin_refusal(facts, part)
        return str(refusal.message) if refusal is not None else ""
    if facts.meeting_of(part) is not None:
        return _meeting(facts, part, at)
    message = facts.sent(part) if part in facts.process.messages else None
    if message is not None:
        return _answers(message, accepts=facts.process.messages[part].accepts)
    return _document(facts, part, at)


def _meeting(facts: CaseWork, part: str, at: datetime) -> str:
    meeting = facts.meeting_of(part)
    return _("Meeting %(when)s") % {"when": moments.when(meeting.starts_at, at=at)} if meeting else ""


def _answers(message: MessageFacts, *, accepts: bool) -> str:
    wanted = [delivery for delivery in message.standing if delivery.must_acknowledge]
    answered = [delivery for delivery in wanted if delivery.answer not in {None, Answer.DENIED}]
    if not wanted:
        return ""
    numbers = {"count": len(answered), "total": len(wanted)}
    if accepts:
        return _("%(count)d of %(total)d have accepted") % numbers
    return _("%(count)d of %(total)d have acknowledged") % numbers


def _document(facts: CaseWork, part: str, at: datetime) -> str:
    valid = facts.standing_version(part)
    if valid is None or valid.signed_at is None:
        return ""
    if valid.locked_at is not None and (valid.status == VersionStatus.LOCKED or not facts.case.active):
        return _("Locked %(when)s") % {"when": moments.when(valid.locked_at, at=at)}
    return _("Signed %(when)s by %(name)s") % {
        "when": moments.when(valid.signed_at, at=at),
        "name": isolated(valid.signed_by_name),
    }
