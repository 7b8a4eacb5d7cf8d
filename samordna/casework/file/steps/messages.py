"""What a unit sees of a kind of message: written, sent, answered, gone. What differs by kind the kind says."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from samordna.cases.states import StepStatus
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.steps.summoned import joined_since
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task, waiting, within
from samordna.casework.process import MessageKind
from samordna.kernel import clock
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.messaging.states import Answer, MessageStatus

_DAY_STARTS = time(0, 0)
_GONE = frozenset({MessageStatus.VOIDED, MessageStatus.TAKEN_BACK})


def message_view(facts: CaseWork, kind: MessageKind[Any], viewer: Viewer) -> PartView:
    """A kind of message as the unit sees it."""
    if kind.several:
        return _thread_view(facts, kind, viewer)
    message = facts.message_of(kind.code)
    if message is not None and message.status == MessageStatus.SENT:
        return _sent_view(facts, kind, message, viewer)
    if facts.draft_at(kind.code, viewer.unit_id) is not None:
        return _draft_view(facts, kind, viewer)
    if facts.process.begin_refusal(facts, kind.code) is not None:
        return quiet(StepStatus.NOT_YET, kind.code)
    if message is not None and message.status in _GONE:
        return _gone_view(facts, kind, message, viewer)
    return kind.not_begun(facts, viewer)


def _thread_view(facts: CaseWork, kind: MessageKind[Any], viewer: Viewer) -> PartView:
    """All messages of the kind together: the most urgent of them.

    What has been sent is seen as it stands, whatever became of what must come before, which a unit that is only
    informed does not see.
    """
    part, held = kind.code, facts.messages_of(kind.code)
    if not held and facts.process.begin_refusal(facts, part) is not None:
        return quiet(StepStatus.NOT_YET, part)
    views = [_sent_view(facts, kind, m, viewer) for m in held if m.status == MessageStatus.SENT]
    for wanted in (StepStatus.TODO, StepStatus.DENIED, StepStatus.UNREAD, StepStatus.WAITING):
        found = [view for view in views if view.status == wanted]
        if found:
            return min(found, key=lambda view: (view.symbol.due_at is None, view.symbol.due_at))
    if facts.draft_at(part, viewer.unit_id) is not None:
        return _draft_view(facts, kind, viewer)
    if views:
        return quiet(StepStatus.DONE, part)
    voided = any(m.status == MessageStatus.VOIDED for m in held)
    return quiet(StepStatus.VOIDED if voided else StepStatus.NOT_STARTED, part)


def _draft_view(facts: CaseWork, kind: MessageKind[Any], viewer: Viewer) -> PartView:
    """A draft of what the unit was to send anyway stays its task, with the same deadline, until it is sent.

    One that may not be sent now is kept, and nobody is told to send it.
    """
    part = kind.code
    if facts.process.begin_refusal(facts, part) is not None:
        return quiet(StepStatus.DRAFT, part, "keep_draft")
    gone = [m for m in facts.messages_of(part) if m.status in _GONE]
    awaited = _gone_view(facts, kind, gone[-1], viewer) if gone else kind.not_begun(facts, viewer)
    if not awaited.task:
        return quiet(StepStatus.DRAFT, part, "finish_draft")
    return task(part, "finish_draft", due_at=awaited.symbol.due_at, status=StepStatus.DRAFT)


def _sent_view(facts: CaseWork, kind: MessageKind[Any], message: MessageFacts, viewer: Viewer) -> PartView:
    view = _view_of_sent(facts, kind, message, viewer)
    return replace(view, holds=kind.holds(facts, viewer.at))


def _view_of_sent(facts: CaseWork, kind: MessageKind[Any], message: MessageFacts, viewer: Viewer) -> PartView:
    part, late = kind.code, kind.too_late(facts, viewer.at)
    own = message.delivery_to(viewer.unit_id)
    if own is not None and own.awaited:
        return task(
            part, f"answer_{part.lower()}", due_at=own.due_at, unit=message.unit_name, since=own.added_at
        )
    if own is not None and own.unread:
        return quiet(StepStatus.UNREAD, part, "unread_message", unit=message.unit_name)
    if _sees_to(facts, message, viewer):
        return _sender_view(facts, kind, message, late=late)
    if own is not None and own.ended_at is None:
        return quiet(StepStatus.DENIED, part, "denied_here") if own.denied else quiet(StepStatus.DONE, part)
    return _awaiting(part, message, late=late) or quiet(StepStatus.DONE, part)


def _sees_to(facts: CaseWork, message: MessageFacts, viewer: Viewer) -> bool:
    """The sender's unit sees to what comes of a message; when it has left the case or is closed the coordinator's."""
    return facts.case.acts_for(viewer.unit_id, message.unit_id)


def _sender_view(facts: CaseWork, kind: MessageKind[Any], message: MessageFacts, *, late: bool) -> PartView:
    part = kind.code
    untold = [d for d in message.standing if d.external and d.told_at is None and not d.stuck]
    if untold and not late:
        return task(part, "tell_external", unit=untold[0].unit_name, due_at=untold[0].due_at)
    if message.unmet:
        return _unmet(facts, part, message, message.unmet[0])
    joined = sorted(joined_since(facts, kind).values(), key=lambda one: one[1])
    if joined and not late:
        name, since = joined[0]
        return task(part, "call_too", unit=name, due_at=within(facts, since))
    awaiting = _awaiting(part, message, late=late)
    if awaiting is not None:
        return awaiting
    accepted = any(d.answer == Answer.ACCEPTED for d in message.standing)
    if kind.accepts and not accepted:
        return task(part, "find_recipient", due_at=within(facts, _last_answer(message)))
    return quiet(StepStatus.DONE, part)


def _last_answer(message: MessageFacts) -> datetime | None:
    """When the last unit answered or was taken off the message, else when it was sent."""
    moments = (moment for d in message.deliveries for moment in (d.answered_at, d.ended_at))
    return max((moment for moment in moments if moment is not None), default=message.sent_at)


def _unmet(facts: CaseWork, part: str, message: MessageFacts, delivery: DeliveryFacts) -> PartView:
    """A denial names whom it can be sent on to, when that is a unit of the address book that does not have it."""
    if delivery.stuck:
        return task(
            part,
            "handle_closed",
            due_at=within(facts, _closed_at(delivery)),
            unit=delivery.unit_name,
            status=StepStatus.DENIED,
        )
    named = delivery.suggested_unit_id
    has_it = any(other.unit_id == named for other in message.standing)
    return task(
        part,
        "handle_denial",
        due_at=within(facts, delivery.answered_at),
        unit=delivery.unit_name,
        who=delivery.suggested_text if named is not None and not has_it else "",
        status=StepStatus.DENIED,
    )


def _closed_at(delivery: DeliveryFacts) -> datetime | None:
    """Since when the sender is to decide: the day on which the unit closed."""
    closed_on = delivery.unit_closed_on
    return clock.at_local(closed_on, _DAY_STARTS) if closed_on else None


def _awaiting(part: str, message: MessageFacts, *, late: bool) -> PartView | None:
    """Who has not answered; None when nobody is left who can. `late`: no longer a unit outside the system."""
    wanted = [d for d in message.standing if d.must_acknowledge and not d.stuck]
    awaited = [d for d in message.awaited if not (late and d.external)]
    awaited.sort(key=lambda d: (d.due_at is None, d.due_at))
    if not awaited:
        return None
    dues = [d.due_at for d in awaited if d.due_at is not None]
    return waiting(
        part,
        f"await_{part.lower()}",
        due_at=min(dues) if dues else None,
        unit=", ".join(d.unit_name for d in awaited[:2]),
        count=len(wanted) - len(awaited),
        total=len(wanted),
        spread=len({d.due_at for d in awaited}) > 1,
    )


def _gone_view(facts: CaseWork, kind: MessageKind[Any], message: MessageFacts, viewer: Viewer) -> PartView:
    part, voided = kind.code, message.status == MessageStatus.VOIDED
    status = StepStatus.VOIDED if voided else StepStatus.TAKEN_BACK
    code = kind.anew(facts, viewer)
    if code:
        return task(
            part, code, due_at=within(facts, message.voided_at or message.taken_back_at), status=status
        )
    if voided or message.unit_id == viewer.unit_id:
        return quiet(status, part)
    return quiet(StepStatus.NOT_STARTED, part)
