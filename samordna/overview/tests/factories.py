"""Worklist rows as the acts of a SIP would have stored them, made directly: person, case and the unit's row."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from samordna.accounts.models import User
from samordna.assignments.models import Assignment
from samordna.cases.models import Case, CoordinatorTerm, UnitCase
from samordna.cases.states import Bucket, CaseStatus, StepStatus
from samordna.cases.worklist import FAR_AWAY, NextStep, Symbol
from samordna.kernel.case_number import CaseNumber
from samordna.kernel.identifiers import luhn_ok
from samordna.kernel.module import Module
from samordna.kernel.text import search_key
from samordna.organisations.models import Organisation
from samordna.people.models import Person, PersonIdentifier
from samordna.people.states import NameSource, Protection
from samordna.sip.states import Part

_serial = count(1)

T, W, D, N, Y, U, X, L = (
    StepStatus[name]
    for name in ("TODO", "WAITING", "DONE", "NOT_STARTED", "NOT_YET", "DRAFT", "DENIED", "LOCKED")
)
PARTS = tuple(part for part in Part if part != Part.SBAR)
# Cases along the whole process, with what is next: (bucket, step, symbols of initiative … information message)
PROFILES: tuple[tuple[Bucket, NextStep, tuple[StepStatus, ...]], ...] = (
    (Bucket.TODO, NextStep("answer_summons", "SUMMONS", unit="Vårdcentralen Linden"), (D, T, Y, Y, Y, Y, N)),
    (
        Bucket.TODO,
        NextStep("answer_initiative", "INITIATIVE", unit="Barn- och elevhälsan"),
        (T, Y, Y, Y, Y, Y, N),
    ),
    (Bucket.TODO, NextStep("lock_plan", "PLAN"), (D, D, T, Y, Y, Y, D)),
    (
        Bucket.WAITING,
        NextStep("await_summons", "SUMMONS", unit="Rehab Väster", count=3, total=4),
        (D, W, N, Y, Y, Y, D),
    ),
    (Bucket.DRAFT, NextStep("sign_plan", "PLAN"), (D, D, U, Y, Y, Y, W)),
    (
        Bucket.WAITING,
        NextStep("await_follow_up", "FOLLOW_UP", unit="Hemtjänsten Söder"),
        (D, D, L, W, N, N, D),
    ),
    (Bucket.WAITING, NextStep("await_lock_evaluation", "EVALUATION", who="Eva Holm"), (D, D, L, L, D, W, D)),
    (
        Bucket.TODO,
        NextStep("handle_denial", "INITIATIVE", unit="Socialpsykiatrin", who="IFO Vuxen"),
        (X, Y, Y, Y, Y, Y, N),
    ),
)


def number_of(day: date) -> str:
    """The test number of the tax agency for a day between 1976 and 2013: birth number 238 and its check digit."""
    nine = f"{day:%Y%m%d}238"
    return next(nine + str(digit) for digit in range(10) if luhn_ok(nine[2:] + str(digit)))


def person(name: str = "", *, protection: Protection = Protection.NONE, at: datetime) -> Person:
    serial = next(_serial)
    name = name or f"Påhittad Person {serial}"
    made = Person.objects.create(
        name=name, search_key=search_key(name), name_source=NameSource.TYPED, protection=protection
    )
    number = number_of(date(1976, 1, 2) + timedelta(days=serial))
    PersonIdentifier.objects.create(person=made, kind="personal", value=number, linked_at=at)
    return made


def row(
    unit: Organisation,
    *,
    at: datetime,
    profile: int = 0,
    name: str = "",
    protection: Protection = Protection.NONE,
    handler: Assignment | None = None,
    coordinator: Assignment | None = None,
    **fields: Any,
) -> UnitCase:
    """One case of the unit. `profile` chooses from PROFILES; `fields` replace the row's own."""
    bucket, step, symbols = PROFILES[profile % len(PROFILES)]
    whom = person(name, protection=protection, at=at)
    over = fields.get("bucket") in {Bucket.ENDED, Bucket.VOIDED}
    case = _case(whom, unit, at, over=over)
    if coordinator is not None:
        _coordinates(case, coordinator, at)
    due = fields.pop("due_at", None)
    values: dict[str, Any] = {
        "bucket": bucket,
        "overdue_from": due,
        "next_due": due or FAR_AWAY,
        "next_step": step.stored(),
        "symbols": {part: Symbol(status).stored() for part, status in zip(PARTS, symbols, strict=True)},
        "coordinator_name": coordinator.user.name if coordinator else "Eva Holm",
        "coordinator_unit_name": coordinator.unit.name if coordinator else "Vårdcentralen Linden",
        "coordinator_here": coordinator is not None and coordinator.unit_id == unit.pk,
        "handler_assignment_id": handler.pk if handler else None,
        "handler_name": handler.user.name if handler else "",
        "last_change": at - timedelta(hours=2),
    }
    return UnitCase.objects.create(
        case=case,
        unit=unit,
        module=Module.SIP,
        case_number=case.number,
        person_id=whom.pk,
        **{**values, **fields},
    )


def _case(whom: Person, unit: Organisation, at: datetime, *, over: bool) -> Case:
    user = User.objects.first()
    ended = {"status": CaseStatus.ENDED, "ended_at": at, "ended_by": user} if over else {}
    return Case.objects.create(
        number=str(CaseNumber(2026, next(_serial))),
        module=Module.SIP,
        person=whom,
        created_at=at,
        created_by=user,
        created_by_name="Eva Holm",
        created_unit=unit,
        created_unit_name=unit.name,
        **ended,
    )


def _coordinates(case: Case, coordinator: Assignment, at: datetime) -> None:
    CoordinatorTerm.objects.create(
        case=case,
        assignment=coordinator,
        unit_id=coordinator.unit_id,
        name=coordinator.user.name,
        unit_name=coordinator.unit.name,
        named_at=at,
        named_by=coordinator.user,
        named_by_name=coordinator.user.name,
    )
