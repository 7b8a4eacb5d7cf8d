"""Facts of a case written by hand, for tables without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from samordna.cases.facts import CaseFacts, CoordinatorFacts, HandlerFacts, ParticipationFacts, RoundFacts
from samordna.cases.states import Access, CaseStatus
from samordna.kernel.module import Module

NOON = datetime(2026, 5, 13, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CASE, PERSON = UUID(int=1), UUID(int=2)
HERE, THERE, ELSEWHERE = 7, 8, 9
ANNA = CoordinatorFacts(
    assignment_id=1, user_id=11, name="Anna Lindqvist", phone="0150-1", unit_id=HERE, unit_name="Hemtjänsten Norr",
    named_at=NOON, valid=True,
)  # fmt: skip


def period(unit_id=HERE, access=Access.FULL, *, since=NOON, until=None, why=None, **more):
    return ParticipationFacts(unit_id, f"Enhet {unit_id}", access, since, until, why, **more)


def turn(number, cancelled_at=None):
    return RoundFacts(number, NOON, cancelled_at, "", "")


def handler(unit_id=HERE, *, valid=True):
    return HandlerFacts(unit_id, 1, 11, "Anna Lindqvist", valid)


def case(*periods, **changes):
    """A case that home care coordinates, with these participations."""
    known = {
        "id": CASE, "module": Module.SIP, "number": "2026-00001-K", "status": CaseStatus.ACTIVE,
        "person_id": PERSON, "protected": False, "created_at": NOON, "created_by_name": "Anna Lindqvist",
        "created_unit_id": HERE, "created_unit_name": "Hemtjänsten Norr",
        "ended_at": None, "ended_by_name": "", "end_reason": "", "end_comment": "",
        "continued_in": "", "rounds": (turn(1),), "coordinator": ANNA,
        "participations": periods or (period(),), "handlers": (), "named_readers": (),
    }  # fmt: skip
    return CaseFacts(**known | changes)
