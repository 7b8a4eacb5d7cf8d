"""What hangs on a unit or on an assignment, in numbers. No case is shown and nobody named."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from samordna.assignments.hanging import Hanging
from samordna.assignments.models import Assignment
from samordna.assignments.queries.closed import managers_only_at
from samordna.cases.models import CoordinatorTerm, Participation, UnitHandler
from samordna.cases.states import CaseStatus
from samordna.documents.models import DocumentVersion
from samordna.documents.states import VersionStatus
from samordna.kernel.clock import today
from samordna.kernel.module import Module
from samordna.messaging.models import Delivery, Message
from samordna.messaging.states import MessageStatus
from samordna.organisations.in_use import InUse

_ONGOING = {"case__status": CaseStatus.ACTIVE}


def hanging_on(unit_id: int, at: datetime) -> InUse:
    """What hangs on a unit."""
    here = {"unit_id": unit_id}
    waits = Delivery.objects.filter(
        **here,
        ended_at=None,
        must_acknowledge=True,
        answer="",
        message__status=MessageStatus.SENT,
        message__case__status=CaseStatus.ACTIVE,
    )
    works = Assignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today(at)), **here, user__is_active=True
    )
    unsent = Message.objects.filter(**here, **_ONGOING, status=MessageStatus.DRAFT)
    unsigned = DocumentVersion.objects.filter(
        opened_unit_id=unit_id, status=VersionStatus.OPEN, document__case__status=CaseStatus.ACTIVE
    )
    return InUse(
        cases=Participation.objects.filter(**here, **_ONGOING, until_at=None).count(),
        coordinated=CoordinatorTerm.objects.filter(**here, **_ONGOING, until_at=None).count(),
        unanswered=waits.count(),
        users=works.values("user_id").distinct().count(),
        drafts=unsent.count() + unsigned.count(),
        managers=managers_only_at(unit_id, at),
    )


def cases_of_unit(unit_id: int, module: Module) -> set[UUID]:
    """The module's cases whose rows may name the unit: where it takes part, or is awaited."""
    return {
        *Participation.objects.filter(unit_id=unit_id, until_at=None, case__module=module).values_list(
            "case_id", flat=True
        ),
        *Delivery.objects.filter(unit_id=unit_id, ended_at=None, message__case__module=module).values_list(
            "message__case_id", flat=True
        ),
    }


def cases_of_user(user_id: int, module: Module) -> set[UUID]:
    """The module's cases whose rows may name the user: as coordinator, as handler, as who has a document open."""
    mine = {"assignment__user_id": user_id, "until_at": None, "case__module": module}
    opened = DocumentVersion.objects.filter(
        opened_by_id=user_id, status=VersionStatus.OPEN, document__case__module=module
    )
    return {
        *CoordinatorTerm.objects.filter(**mine).values_list("case_id", flat=True),
        *UnitHandler.objects.filter(**mine).values_list("case_id", flat=True),
        *opened.values_list("document__case_id", flat=True),
    }


def hanging_on_assignments(assignment_ids: Collection[int]) -> dict[int, Hanging]:
    """How many ongoing cases somebody coordinates and handles by each of these assignments, and has drafts in."""
    mine = {"assignment_id__in": assignment_ids, "until_at": None}
    coordinates, handles = (
        Counter(model.objects.filter(**mine, **_ONGOING).values_list("assignment_id", flat=True))
        for model in (CoordinatorTerm, UnitHandler)
    )
    at_work = {"opened_by__assignments__in": assignment_ids, "opened_by__assignments__unit": F("opened_unit")}
    unsigned = DocumentVersion.objects.filter(
        **at_work, status=VersionStatus.OPEN, document__case__status=CaseStatus.ACTIVE
    )
    drafts = Counter(unsigned.values_list("opened_by__assignments", flat=True))
    return {one: Hanging(coordinates[one], handles[one], drafts[one]) for one in assignment_ids}


def modules_hanging_on(assignment_id: int) -> frozenset[Module]:
    """The modules of the ongoing cases that somebody coordinates or handles by the assignment."""
    mine = {"assignment_id": assignment_id, "until_at": None, **_ONGOING}
    found = (
        model.objects.filter(**mine).values_list("case__module", flat=True).distinct()
        for model in (CoordinatorTerm, UnitHandler)
    )
    return frozenset(Module(module) for rows in found for module in rows)
