"""The rows of all units' worklists, computed from a case's facts alone."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from samordna.cases.seeing import listed_at
from samordna.cases.states import Access, Bucket, CaseStatus, LeftReason, StepStatus
from samordna.cases.worklist import NextStep, Row, Symbol
from samordna.casework.file.facts import CaseWork, known_to, seen_by, shows
from samordna.casework.file.steps.consent import consent_view
from samordna.casework.file.steps.joining import join_view
from samordna.casework.file.steps.messages import message_view
from samordna.casework.file.steps.view import PartView, Viewer, quiet, viewer_of
from samordna.kernel import clock
from samordna.messaging.states import MessageStatus

_ENDS_WITH_THE_CASE = frozenset(
    {StepStatus.TODO, StepStatus.WAITING, StepStatus.DRAFT, StepStatus.NOT_YET, StepStatus.NOT_STARTED}
)


def part_views(facts: CaseWork, unit_id: int, at: datetime | None = None) -> dict[str, PartView]:
    """Every part of the case as the unit sees it at the moment (now), in the order of the process.

    Computed of what the unit may see, as its pages are: nobody is told of another's draft. Of a case that is over
    nothing waits.
    """
    facts = seen_by(facts, unit_id)
    views = _going_on(facts, unit_id, at or clock.now())
    if over(facts, unit_id) is None:
        return views
    return {part: _settled(facts, part, view) for part, view in views.items()}


def _settled(facts: CaseWork, part: str, view: PartView) -> PartView:
    """How the part stood when the case ended: neither red nor blue, and nothing is promised.

    What the process says was locked then was locked, whatever was being written in it or beside it.
    """
    if not facts.case.active and facts.settled(part):
        return quiet(StepStatus.LOCKED, part)
    if view.status not in _ENDS_WITH_THE_CASE:
        return quiet(view.status, part)
    begun = facts.sent(part) if part in facts.process.messages else facts.standing(part)
    unfinished = begun is not None or view.status == StepStatus.DRAFT
    return quiet(StepStatus.UNFINISHED if unfinished else StepStatus.NOT_STARTED, part)


def _going_on(facts: CaseWork, unit_id: int, at: datetime) -> dict[str, PartView]:
    viewer = viewer_of(facts, unit_id, at)
    reach = facts.case.reach_of(unit_id)
    if reach is None or not reach.full:
        return _outer_views(facts, viewer)
    return facts.process.views(facts, viewer)


def rows(facts: CaseWork, at: datetime | None = None) -> list[Row]:
    """One row for every unit that takes or took part and still sees a person, as it is at the moment (now).

    A row says itself when the moment comes at which it is to be computed anew.
    """
    at = at or clock.now()
    units = {p.unit_id for p in facts.case.participations if listed_at(facts.case, p.unit_id)}
    return [_row(facts, unit_id, at) for unit_id in sorted(units)]


def _outer_views(seen: CaseWork, viewer: Viewer) -> dict[str, PartView]:
    """A unit that is invited, informed or has left sees what it holds of the case, and nothing of the process."""
    return {
        part: _outer_view(seen, part, viewer)
        for part in seen.process.parts
        if shows(seen, viewer.unit_id, part)
    }


def _outer_view(seen: CaseWork, part: str, viewer: Viewer) -> PartView:
    kind = seen.process.messages.get(part)
    if kind is not None and (kind.several or seen.message_of(part) is not None):
        return message_view(seen, kind, viewer)
    document = seen.document_of(part)
    if document is None:
        return quiet(StepStatus.VOIDED if _last_held_is_voided(seen, part) else StepStatus.REPLACED, part)
    if document.voided:
        return quiet(StepStatus.VOIDED, part)
    return quiet(StepStatus.LOCKED if document.locked_version else StepStatus.DONE, part)


def _last_held_is_voided(seen: CaseWork, part: str) -> bool:
    """Whether what the unit was sent or signed last of a part, in an earlier round, was voided."""
    if part in seen.process.messages:
        return [m.status for m in seen.messages if m.kind == part][-1:] == [MessageStatus.VOIDED]
    return [d.voided for d in seen.documents if d.kind == part][-1:] == [True]


def _row(whole: CaseWork, unit_id: int, at: datetime) -> Row:
    """From what the unit sees of the case, as its page is: the list says the same step with the same date."""
    facts = seen_by(whole, unit_id)
    views = part_views(facts, unit_id, at)
    changed = _last_change(known_to(facts, unit_id), unit_id)
    symbols = {part: view.symbol for part, view in views.items()}
    ended = over(facts, unit_id)
    if ended is not None:
        bucket, step = ended
        return Row(unit_id, bucket, False, None, None, step, symbols, changed)
    main = next_of(facts, unit_id, views, at)
    return Row(
        unit_id=unit_id,
        bucket=_bucket(main),
        has_draft=any(view.status == StepStatus.DRAFT for view in views.values()),
        acts_from=main.symbol.acts_from,
        due_at=main.symbol.due_at,
        next_step=main.next_step,
        symbols=symbols,
        last_change=changed,
        renew_at=_turns_at(facts, views, main, at),
    )


def _turns_at(facts: CaseWork, views: dict[str, PartView], main: PartView, at: datetime) -> datetime | None:
    """When the row says something else though nobody acts: a meeting begins, or another task's time comes.

    When the time of the next step itself comes, the list tells.
    """
    meetings = [facts.meeting_of(part) for part in facts.process.messages]
    moments = [meeting.starts_at for meeting in meetings if meeting is not None]
    moments += [
        view.symbol.acts_from for view in views.values() if view.symbol.acts_from and view is not main
    ]
    ahead = [moment for moment in moments if moment > at and moment != main.symbol.acts_from]
    return min(ahead) if ahead else None


def next_view(views: dict[str, PartView], at: datetime | None = None) -> PartView:
    """The part whose next step is the unit's next step: its tasks first, then what it waits for.

    Of either the first that holds the process up.
    """
    tasks = [view for view in views.values() if view.task]
    if tasks:
        return min(tasks, key=lambda view: _urgency(view, at or clock.now()))
    held = [view for view in views.values() if view.status == StepStatus.WAITING]
    if held:
        return min(held, key=lambda view: not view.holds)
    for status in (StepStatus.DRAFT, StepStatus.UNREAD):
        found = [view for view in views.values() if view.status == status]
        if found:
            return found[0]
    return PartView(Symbol(StepStatus.NOT_STARTED), NextStep("nothing_now"))


def next_of(
    facts: CaseWork, unit_id: int, views: dict[str, PartView], at: datetime | None = None
) -> PartView:
    """As `next_view`; a unit that has nothing to do, nor waits for what holds the process up, is told what the
    coordinator does next: a message that others have not acknowledged never hides it.

    One that does not take part in the whole case is told nothing of the process (V-90, L-02).
    """
    asked = join_view(facts, viewer_of(facts, unit_id, at or clock.now()))
    if asked is not None:
        return asked
    renewal = consent_view(facts, viewer_of(facts, unit_id, at or clock.now()))
    if renewal is not None:
        return renewal
    main = next_view(views, at)
    coordinator, reach = facts.case.coordinator, facts.case.reach_of(unit_id)
    idle = main.next_step.code == "nothing_now" or (main.status == StepStatus.WAITING and not main.holds)
    if not idle or unit_id == coordinator.unit_id:
        return main
    if reach is None or not reach.full:
        return main
    coming = next_view(part_views(seen_by(facts, unit_id), coordinator.unit_id, at), at)
    step = coming.next_step
    said = facts.process.as_others_say.get(step.code, step.code)
    if not coming.task or said not in facts.process.told_to_others:
        return main
    told = NextStep(f"await_{said}", step.part, who=coordinator.name, at=step.at)
    return PartView(Symbol(main.status, None, coming.symbol.due_at), told)


def _urgency(view: PartView, at: datetime) -> tuple[bool, bool, bool, bool, str, str]:
    """Tasks of now before tasks to come, red before draft, what holds the process up before what does not, a denial
    first of all, then by due time, then in the order of the process."""
    symbol = view.symbol
    ahead = symbol.acts_from is not None and symbol.acts_from > at
    return (
        ahead,
        view.status == StepStatus.DRAFT,
        not view.holds,
        view.status != StepStatus.DENIED,
        symbol.acts_from.isoformat() if symbol.acts_from and ahead else "",
        symbol.due_at.isoformat() if symbol.due_at else "~",
    )


def _bucket(main: PartView) -> Bucket:
    if main.status == StepStatus.DRAFT:
        return Bucket.DRAFT
    return Bucket.TODO if main.task else Bucket.WAITING


def over(facts: CaseWork, unit_id: int) -> tuple[Bucket, NextStep] | None:
    """The bucket of a unit for which the case is over."""
    if facts.case.status == CaseStatus.VOIDED:
        return Bucket.VOIDED, NextStep("case_voided", reason=facts.case.end_reason)
    if facts.case.status == CaseStatus.ENDED:
        return Bucket.ENDED, NextStep("case_ended", reason=facts.case.end_reason)
    reach = facts.case.reach_of(unit_id)
    if facts.case.closed_at(unit_id):
        return Bucket.ENDED, NextStep("left_closed")
    if reach is None or reach.until_at is None:
        return None
    return Bucket.ENDED, NextStep("left_denied" if _denied(facts, unit_id) else "left_removed")


def _denied(facts: CaseWork, unit_id: int) -> bool:
    own = [p for p in facts.case.participations if p.unit_id == unit_id]
    return own[-1].left_reason == LeftReason.DENIED and own[-1].access != Access.FULL


def _last_change(known: CaseWork, unit_id: int) -> datetime:
    """When something was done last of what the unit is told: of rounds and consents only one in the whole case."""
    reach = known.case.reach_of(unit_id)
    whole = reach is not None and reach.full
    moments = chain(
        _of_the_case(known), _of_what_is_sent_and_written(known), _of_the_whole(known) if whole else ()
    )
    return max(moment for moment in moments if moment is not None)


def _of_the_case(facts: CaseWork) -> Iterator[datetime | None]:
    case = facts.case
    yield from (case.created_at, case.coordinator.named_at, case.ended_at)
    yield facts.join.asked_at if facts.join else None
    for participation in case.participations:
        yield from (participation.from_at, participation.until_at)


def _of_what_is_sent_and_written(facts: CaseWork) -> Iterator[datetime | None]:
    for message in facts.messages:
        yield from (message.written_at, message.sent_at, message.voided_at, message.taken_back_at)
        for delivery in message.deliveries:
            yield from (delivery.answered_at, delivery.ended_at, delivery.told_at)
    for document in facts.documents:
        yield from (document.begun_at, document.voided_at)
        for version in document.versions:
            yield from (version.opened_at, version.signed_at, version.locked_at)


def _of_the_whole(facts: CaseWork) -> Iterator[datetime | None]:
    if facts.case.active:
        yield facts.case.protection_changed_at
    for turn in facts.case.rounds:
        yield from (turn.started_at, turn.cancelled_at)
    for consent in facts.consents:
        yield from (consent.recorded_at, consent.withdrawn_at, consent.lapsed_at)
    for message in facts.messages:
        yield from (delivery.added_at for delivery in message.deliveries)
    for document in facts.documents:
        for version in document.versions:
            yield from (version.unlocked_at, version.replaced_at)
