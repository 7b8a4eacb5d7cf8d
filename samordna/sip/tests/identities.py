"""Cases in which somebody has said who the person is: a number changed, two SIPs that wait for their coordinators."""

from uuid import UUID

from samordna.assignments.models import Assignment
from samordna.casework.case.commands.identity import ask_about_number, change_identity
from samordna.casework.case.commands.joining import ask_to_join, confirm_join
from samordna.casework.case.commands.pairs import pair_of
from samordna.kernel import clock
from samordna.kernel.identifiers import parse
from samordna.people import identity
from samordna.people.states import IdentityKind
from samordna.sip.process import SIP
from samordna.sip.tests import factories as f


def change_number(
    case_id: UUID, by: Assignment, number: str, kind: IdentityKind = IdentityKind.NEW_NUMBER, name: str = ""
) -> UUID:
    """Ask, and confirm what is shown. Gives the act."""
    actor, at, identifier = f.actor(by), clock.now(), parse(number)
    answer = ask_about_number(
        process=SIP, actor=actor, case_id=case_id, kind=kind, identifier=identifier, name=name, at=at
    )
    change_identity(
        process=SIP,
        actor=actor,
        case_id=case_id,
        kind=kind,
        identifier=identifier,
        name=name,
        reason="Fel siffra",
        seen=answer.seen,
        at=at,
    )
    return identity.changes_of([case_id])[0].id


def two_sips(
    asker: Assignment, holder: Assignment, *, reserve: str, number: str, asking: UUID | None = None
) -> tuple[UUID, UUID]:
    """A case on a reserve number and another on the lasting one, whose coordinators have been asked. (asking, other)"""
    other = f.new_case(holder, person_id=f.new_person(f.actor(holder), name="Gun Ek", number=number))
    if asking is None:
        person = f.new_person(f.actor(asker), name="Gun Ek", number=reserve)
        asking = f.new_case(asker, person_id=person)
    ask_join(asking, other, asker, number)
    return asking, other


def ask_join(
    asking: UUID, other: UUID, by: Assignment, number: str, kind: IdentityKind = IdentityKind.LINKED
) -> None:
    actor, at, identifier = f.actor(by), clock.now(), parse(number)
    answer = ask_about_number(
        process=SIP, actor=actor, case_id=asking, kind=kind, identifier=identifier, name="", at=at
    )
    ask_to_join(
        process=SIP,
        actor=actor,
        case_id=asking,
        other_case_id=other,
        kind=kind,
        identifier=identifier,
        name="",
        seen=answer.seen,
        at=at,
    )


def say_yes(case_id: UUID, by: Assignment, *, keep: UUID) -> None:
    """The coordinator of the case confirms which one goes on, as the page shows it."""
    pair = pair_of(f.facts_of(case_id))
    assert pair is not None
    confirm_join(
        process=SIP, actor=f.actor(by), case_id=case_id, keep_case_id=keep, seen=pair.seen, at=clock.now()
    )
