"""What every act in a case begins and ends with: hold it, change it, store the worklists, leave a trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import worklist
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.queries import for_rebuild, reread
from samordna.casework.file.steps.rows import rows
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module

W = TypeVar("W", bound=CaseWork)


def store_steps(facts: CaseWork, at: datetime | None = None) -> None:
    """Compute and store every unit's worklist row from the case as it stands at the moment (now)."""
    worklist.store_rows(case=facts.case, rows=rows(facts, at))


def store_steps_of(process: Process[Any], cases: Mapping[UUID, Module], at: datetime) -> None:
    """The rows of cases that an act on a person has touched: those of the process at once, another's when the worker
    comes."""
    for case_id in sorted(cases):
        if cases[case_id] == process.module:
            store_steps(for_rebuild(process, case_id))
    others = [case_id for case_id, module in cases.items() if module != process.module]
    if others:
        worklist.compute_later(others, at)


def finish(
    facts: W,
    *,
    actor: Actor,
    at: datetime,
    action: Action,
    object_kind: str = "",
    object_id: str = "",
    object_version: int | None = None,
    reason: str = "",
    details: Mapping[str, object] | None = None,
    now: W | None = None,
) -> W:
    """End an act: reread the case, store the worklists, write the act's one audit row. Returns the new facts.

    `now` is the case as it was reread in the act, if nothing has been written of it since.
    `reason` is a code, never what somebody wrote: the log holds no text that would have to be weeded (L-10).
    """
    now = now or reread(facts)
    store_steps(now, at)
    audit.record(
        actor=actor,
        at=at,
        action=action,
        person_ids=[now.case.person_id],
        case_id=now.case.id,
        object_kind=object_kind,
        object_id=object_id,
        object_version=object_version,
        reason=reason,
        details=details,
    )
    return now
