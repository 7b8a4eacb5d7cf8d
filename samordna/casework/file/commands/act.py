"""What every act in a SIP begins and ends with: hold the case, change it, store the worklists, leave a trace."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import worklist
from samordna.casework.file.steps.rows import rows
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.sip.facts import SipFacts
from samordna.sip.queries import reread, sip_for_rebuild


def store_steps(facts: SipFacts, at: datetime | None = None) -> None:
    """Compute and store every unit's worklist row from the case as it stands at the moment (now)."""
    worklist.store_rows(case=facts.case, rows=rows(facts, at))


def store_steps_of(cases: Mapping[UUID, Module], at: datetime) -> None:
    """The rows of cases that an act on a person has touched: each SIP's now, another module's as its worker comes."""
    for case_id in sorted(cases):
        if cases[case_id] == Module.SIP:
            store_steps(sip_for_rebuild(case_id))
    others = [case_id for case_id, module in cases.items() if module != Module.SIP]
    if others:
        worklist.compute_later(others, at)


def finish(
    facts: SipFacts,
    *,
    actor: Actor,
    at: datetime,
    action: Action,
    object_kind: str = "",
    object_id: str = "",
    object_version: int | None = None,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> SipFacts:
    """End an act: reread the case, store the worklists, write the act's one audit row. Returns the new facts.

    `reason` is a code, never what somebody wrote: the log holds no text that would have to be weeded (L-10).
    """
    now = reread(facts)
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
