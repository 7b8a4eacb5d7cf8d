"""What must always hold (docs/architecture.md), asserted from the database after every step."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from samordna.assignments.models import Assignment
from samordna.audit.models import Entry
from samordna.cases import worklist
from samordna.cases.models import Case, CoordinatorTerm, UnitCase
from samordna.cases.states import CaseStatus, StepStatus
from samordna.cases.worklist import Row
from samordna.casework.file.steps.rows import next_of, next_view, part_views, rows
from samordna.casework.file.steps.view import PartView
from samordna.documents.models import DocumentVersion
from samordna.documents.states import VersionStatus
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.workingdays import is_working_day
from samordna.messaging.models import Delivery, Message
from samordna.messaging.states import Answer, MessageStatus
from samordna.notifications.models import OutboxItem
from samordna.people.models import Person, PersonIdentifier
from samordna.printouts.models import Printout
from samordna.sip.models import PlanPrinting
from samordna.sip.next_step import step_refusal
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.states import Part
from samordna.sip.tests import factories as f

_COLOURED = frozenset({StepStatus.TODO, StepStatus.WAITING, StepStatus.OVERDUE})


@dataclass
class Memory:
    """What was seen before and may not have changed since."""

    signed: dict[UUID, str] = field(default_factory=dict)
    sent: dict[UUID, str] = field(default_factory=dict)
    dues: dict[UUID, datetime | None] = field(default_factory=dict)
    answers: dict[UUID, tuple[object, ...]] = field(default_factory=dict)
    finished: dict[UUID, str] = field(default_factory=dict)
    actors: dict[int, list[Actor]] = field(default_factory=dict)


class Seen:
    """A case as it stands in the database now, read once for all that is asserted of it."""

    def __init__(self, case_id: UUID) -> None:
        self.facts = sip_for_rebuild(case_id)
        self._views: dict[int, dict[Part, PartView]] = {}

    @cached_property
    def rows(self) -> list[Row]:
        return rows(self.facts)

    def views(self, unit_id: int) -> dict[Part, PartView]:
        if unit_id not in self._views:
            self._views[unit_id] = part_views(self.facts, unit_id)
        return self._views[unit_id]


def all_cases() -> list[Seen]:
    return [Seen(case_id) for case_id in Case.objects.values_list("pk", flat=True)]


def active(cases: list[Seen]) -> list[Seen]:
    return [one for one in cases if one.facts.case.active]


def check_all(memory: Memory) -> None:
    one_active_case_a_person()
    one_coordinator_a_case()
    every_case_is_of_somebody_with_one_number()
    only_what_was_locked_is_printed()
    nothing_frozen_changes(memory)
    answers_stand(memory)
    deadlines_end_on_working_days(memory)
    notifications_say_nothing_of_the_person()
    cases = all_cases()
    stored_steps_equal_computed(cases)
    no_case_sleeps(cases)
    what_is_waited_for_has_a_date(cases)
    a_plan_that_holds_is_followed_up(cases)
    a_case_that_is_over_waits_for_nobody(cases)
    next_steps_can_be_taken(cases, memory)


def one_active_case_a_person() -> None:
    active = Counter(Case.objects.filter(status=CaseStatus.ACTIVE).values_list("person_id", flat=True))
    assert all(count == 1 for count in active.values()), active


def one_coordinator_a_case() -> None:
    terms = Counter(CoordinatorTerm.objects.filter(until_at=None).values_list("case_id", flat=True))
    assert all(terms[pk] == 1 for pk in Case.objects.values_list("pk", flat=True)), terms


def every_case_is_of_somebody_with_one_number() -> None:
    """Nobody who was merged into another has a case or a number, and whoever has a case goes by one number (L-01)."""
    assert not Case.objects.exclude(person__merged_into=None).exists()
    assert not PersonIdentifier.objects.exclude(person__merged_into=None).exists()
    present = Counter(PersonIdentifier.objects.filter(replaced_at=None).values_list("person_id", flat=True))
    assert all(present[person] == 1 for person in Case.objects.values_list("person_id", flat=True)), present


def only_what_was_locked_is_printed() -> None:
    printed = DocumentVersion.objects.filter(pk__in=PlanPrinting.objects.values("edition_id"))
    assert all(version.signed_at is not None for version in printed)
    locked_once = {
        VersionStatus.LOCKED,
        VersionStatus.REPLACED,
        VersionStatus.VOIDED,
        VersionStatus.SIGNED,
        VersionStatus.SUPERSEDED,
    }
    assert {version.status for version in printed} <= locked_once
    for printout in Printout.objects.all():
        assert printout.data["case_number"], "a print is made of signed content"


def nothing_frozen_changes(memory: Memory) -> None:
    for version in DocumentVersion.objects.filter(signed_at__isnull=False):
        content = bytes(version.content or b"")
        assert hashlib.sha256(content).hexdigest() == version.digest
        said = f"{version.digest} {version.signed_by_name} {version.signed_at}"
        assert memory.signed.setdefault(version.pk, said) == said
    for message in Message.objects.exclude(status__in=[MessageStatus.DRAFT, MessageStatus.DISCARDED]):
        said = f"{message.sent_at} {message.sent_by_name} {_content(message)}"
        assert memory.sent.setdefault(message.pk, said) == said
    over = Message.objects.filter(status__in=[MessageStatus.VOIDED, MessageStatus.TAKEN_BACK])
    for message in over:
        said = f"{message.status} {message.voided_at} {message.void_reason}"
        assert memory.finished.setdefault(message.pk, said) == said


def _content(message: Message) -> str:
    parts = []
    for name in ("initiative", "summons", "information"):
        row = getattr(message, name, None)
        if row is not None:
            parts.append({f.attname: str(getattr(row, f.attname)) for f in row._meta.concrete_fields})
    return json.dumps(parts, sort_keys=True)


def answers_stand(memory: Memory) -> None:
    for delivery in Delivery.objects.exclude(answer=""):
        said = (delivery.answer, delivery.answered_at, delivery.answered_by_id, delivery.comment)
        assert memory.answers.setdefault(delivery.pk, said) == said
        if delivery.answer == Answer.DENIED:
            assert delivery.suggested_unit_id or delivery.suggested_text


def deadlines_end_on_working_days(memory: Memory) -> None:
    for pk, due_at in Delivery.objects.values_list("pk", "due_at"):
        assert memory.dues.setdefault(pk, due_at) == due_at, "a due time never changes"
        assert due_at is None or is_working_day(clock.local(due_at).date())


def notifications_say_nothing_of_the_person() -> None:
    secret = [
        *Person.objects.values_list("name", flat=True),
        *PersonIdentifier.objects.values_list("value", flat=True),
    ]
    for item in OutboxItem.objects.all():
        said = f"{item.subject} {item.body} {item.address}"
        assert not [word for word in secret if word in said]


def stored_steps_equal_computed(cases: list[Seen] | None = None) -> None:
    for one in all_cases() if cases is None else cases:
        case = one.facts.case
        assert worklist.rows_of(case.id) == worklist.computed(case, one.rows)


def no_case_sleeps(cases: list[Seen]) -> None:
    """In every active case some unit has a task, or a task to come: nobody is forgotten."""
    for one in active(cases):
        case = one.facts.case
        units = {p.unit_id for p in case.participations if p.open}
        assert any(next_view(one.views(unit)).task for unit in units), UnitCase.objects.filter(
            case_id=case.id
        ).values("unit_id", "next_step", "symbols")


def what_is_waited_for_has_a_date(cases: list[Seen]) -> None:
    """Every task, and all that somebody waits for, is due some day, so that it can be late."""
    for one in active(cases):
        for unit in one.facts.case.full_unit_ids:
            for view in one.views(unit).values():
                waited_for = view.task or view.status == StepStatus.WAITING
                assert view.symbol.due_at is not None or not waited_for, view.next_step


def a_plan_that_holds_is_followed_up(cases: list[Seen]) -> None:
    """Whatever is begun beside it: followed up, to be evaluated, or replaced by a plan that somebody is to make."""
    for one in active(cases):
        facts = one.facts
        if facts.valid_plan is None:
            continue
        views = one.views(facts.case.coordinator.unit_id)
        assert StepStatus.NOT_YET not in {views[Part.PLAN].status, views[Part.FOLLOW_UP].status}
        asked = views[Part.FOLLOW_UP].task or views[Part.FOLLOW_UP].status == StepStatus.WAITING
        evaluated = facts.sent(Part.EVALUATION_SUMMONS) or facts.standing(Part.EVALUATION)
        assert asked or evaluated or facts.renewing, views


def a_case_that_is_over_waits_for_nobody(cases: list[Seen]) -> None:
    """Neither red nor blue, no task and no date, for whatever unit had part in it (V-20, V-83)."""
    for one in cases:
        for row in () if one.facts.case.active else one.rows:
            assert {symbol.status for symbol in row.symbols.values()}.isdisjoint(_COLOURED), row.symbols
            assert not [symbol for symbol in row.symbols.values() if symbol.acts_from or symbol.due_at]
            assert (row.acts_from, row.due_at, row.has_draft) == (None, None, False)


def next_steps_can_be_taken(cases: list[Seen], memory: Memory) -> None:
    """What a unit is told to do now somebody there may do now; else it is told who is waited for.

    At a unit where nobody has the right to initiate, the page says that a colleague who has it can.
    """
    at = clock.now()
    for one in active(cases):
        facts = one.facts
        for unit_id in facts.case.full_unit_ids:
            view = next_of(facts, unit_id, one.views(unit_id), at)
            step, acts_from = view.next_step, view.symbol.acts_from
            if view.task and (acts_from is None or acts_from <= at):
                refusals = [step_refusal(facts, actor, step, at) for actor in _actors_at(memory, unit_id)]
                codes = [refusal.code if refusal else "" for refusal in refusals]
                assert {"", "rights.may_not_initiate"} & set(codes), (step, codes)
            elif view.status == StepStatus.WAITING:
                assert step.unit or step.who, step


def _actors_at(memory: Memory, unit_id: int) -> list[Actor]:
    if unit_id not in memory.actors:
        working = Assignment.objects.valid_on(clock.today(clock.now())).filter(unit_id=unit_id)
        memory.actors[unit_id] = [f.actor(one) for one in working]
    return memory.actors[unit_id]


def log_length() -> int:
    return Entry.objects.count()
