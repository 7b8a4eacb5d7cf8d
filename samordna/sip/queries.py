"""The doors of casework, to a SIP."""

from datetime import datetime
from uuid import UUID

from samordna.casework.file import queries
from samordna.kernel.actor import Actor
from samordna.sip.facts import SipFacts
from samordna.sip.process import SIP


def open_sip(actor: Actor, case_id: UUID) -> SipFacts:
    """As `open_work`."""
    return queries.open_work(SIP, actor, case_id)


def hold_sip(actor: Actor, case_id: UUID, at: datetime) -> tuple[SipFacts, datetime]:
    """As `hold`."""
    return queries.hold(SIP, actor, case_id, at)


def sip_for_rebuild(case_id: UUID, *, lock: bool = False) -> SipFacts:
    """As `for_rebuild`."""
    return queries.for_rebuild(SIP, case_id, lock=lock)
