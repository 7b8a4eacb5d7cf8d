"""Reading a list is an act: persons are shown, so the log says to whom (L-05). And rebuilding what the lists read."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.accounts.models import User
from samordna.audit.commands import record, record_reading_once
from samordna.audit.states import Action
from samordna.cases import worklist
from samordna.cases.models import Case, WorklistRenewal
from samordna.casework.file.queries import county_settings, for_rebuild
from samordna.casework.file.steps.rows import rows
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.organisations.models import Organisation
from samordna.overview import queries
from samordna.overview.processes import PROCESSES
from samordna.overview.queries import Line, Page
from samordna.overview.states import Chosen, Sought
from samordna.people.queries import PersonLine, person_lines

Persons = dict[UUID, PersonLine]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list and the persons on it."""

    page: Page
    persons: Persons


@dataclass(frozen=True, slots=True)
class Found:
    lines: tuple[Line, ...]
    persons: Persons


@transaction.atomic
def read_worklist(*, actor: Actor, module: Module, chosen: Chosen, at: datetime) -> Shown:
    """A page of the unit's list of the module. Each person is logged once per session and day; no row, no page."""
    page = queries.page(actor, module, chosen, at)
    shown = _shown(page.lines)
    persons = person_lines(shown) if shown else {}
    record_reading_once(actor=actor, at=at, action=Action.CASE_LISTED, person_ids=shown)
    return Shown(page, persons)


@transaction.atomic
def search(*, actor: Actor, module: Module, sought: Sought, at: datetime) -> Found:
    """The unit's own cases of the module that fit. Every search is logged with whom it found, never what was typed."""
    lines = queries.found(actor, module, sought)
    shown = _shown(lines)
    record(
        actor=actor,
        at=at,
        action=Action.CASE_SEARCHED,
        person_ids=shown,
        details={"by": sought.by, "found": len(lines)},
    )
    return Found(lines, person_lines(shown) if shown else {})


@transaction.atomic
def rebuild_case(*, process: Process[Any], case_id: UUID, at: datetime) -> None:
    """Compute a case's rows anew as of the moment and store them. The case is held: an act at the same time waits."""
    facts = for_rebuild(process, case_id, lock=True)
    worklist.store_rows(case=facts.case, rows=rows(facts, at))
    Case.objects.filter(pk=case_id).update(steps_version=process.steps_version)


def renew_worklists(*, at: datetime, limit: int) -> int:
    """Compute rows anew that no act has touched, `limit` cases at a time: those that a moment has changed, and all
    when the county has changed a setting that rows are computed by. Gives how many cases were done.

    Several workers may do it at once: to compute a case twice does no harm, and none is left out.
    """
    return next(filter(None, (_renew(module, at, limit) for module in PROCESSES)), 0)


def _renew(module: Module, at: datetime, limit: int) -> int:
    due = queries.cases_to_renew(module, at, limit)
    for case_id in due:
        rebuild_case(process=PROCESSES[module], case_id=case_id, at=at)
    return len(due) or _renew_by_settings(module, at, limit)


def _renew_by_settings(module: Module, at: datetime, limit: int) -> int:
    settings = json.dumps(asdict(county_settings(PROCESSES[module])), default=str, sort_keys=True)
    if not WorklistRenewal.objects.filter(module=module).exists():
        first = WorklistRenewal(module=module, settings=settings)
        WorklistRenewal.objects.bulk_create([first], ignore_conflicts=True)
    held = WorklistRenewal.objects.get(module=module)
    if held.settings != settings:
        WorklistRenewal.objects.filter(pk=held.pk).update(settings=settings, after=None, left=True)
        held.after, held.left = None, True
    if not held.left:
        return 0
    ids = queries.next_cases(module, held.after, limit)
    for case_id in ids:
        rebuild_case(process=PROCESSES[module], case_id=case_id, at=at)
    reached = {"after": ids[-1]} if ids else {"left": False}
    WorklistRenewal.objects.filter(pk=held.pk, settings=settings, after=held.after).update(**reached)
    return len(ids)


def renew_names(*, at: datetime) -> int:
    """Compute anew the rows that name a user or unit with a new name, or a unit that was closed or opened.

    One of them at a time, with all its cases; gives how many cases were done. Pages show the new name without it.
    """
    for model, cases_of in ((Organisation, queries.cases_of_unit), (User, queries.cases_of_user)):
        changed = model.objects.filter(rows_stale_from__isnull=False).order_by("rows_stale_from")
        for pk, since in changed.values_list("pk", "rows_stale_from")[:1]:
            found = [(one, case_id) for one in PROCESSES.values() for case_id in cases_of(pk, one.module)]
            for process, case_id in found:
                rebuild_case(process=process, case_id=case_id, at=at)
            model.objects.filter(pk=pk, rows_stale_from=since).update(rows_stale_from=None)
            return max(len(found), 1)
    return 0


def _shown(lines: tuple[Line, ...]) -> list[UUID]:
    return list(dict.fromkeys(line.person_id for line in lines))
