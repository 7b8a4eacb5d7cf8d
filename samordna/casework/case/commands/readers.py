"""Who may read a protected person's case without having been named by hand (L-04)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.cases.facts import CaseFacts
from samordna.casework.file.commands.act import store_steps_of
from samordna.casework.process import Process
from samordna.kernel.actor import Actor

# Unit, user, name.
Watcher = tuple[int, int, str]


def name_readers(
    process: Process[Any], now: CaseFacts, *, was_protected: bool, actor: Actor, at: datetime
) -> None:
    """Whoever handles or coordinates a case whose person is protected from now on may go on reading it (L-04).

    So it is in all her cases: where nobody were named, anybody at the unit could take one on.
    """
    if not now.protected:
        return
    if not was_protected:
        who_acts = (actor.unit_id, actor.user_id, actor.user_name)
        _name_all(now, _watchers(now, who_acts), at)
    others = {one: module for one, module in cases.cases_of(now.person_id).items() if one != now.id}
    for other_id, module in others.items():
        other = doors.case_for_rebuild(other_id, module)
        _name_all(other, _watchers(other), at)
    store_steps_of(process, others, at)


def _watchers(case: CaseFacts, *others: Watcher) -> set[Watcher]:
    """Who handles or coordinates the case, and these others, at units whose part in it has not ended."""
    coordinator = case.coordinator
    found = {(handler.unit_id, handler.user_id, handler.name) for handler in case.handlers}
    found |= {(coordinator.unit_id, coordinator.user_id, coordinator.name), *others}
    within = {period.unit_id for period in case.participations if period.open}
    return {watcher for watcher in found if watcher[0] in within}


def _name_all(case: CaseFacts, watching: Collection[Watcher], at: datetime) -> None:
    for unit_id, user_id, name in sorted(watching):
        cases.name_reader(case_id=case.id, unit_id=unit_id, user_id=user_id, name=name, at=at)
