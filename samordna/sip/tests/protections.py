"""Persons with contacts who were protected, and protected less again, by the acts that users reach."""

from uuid import UUID

from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory
from samordna.casework.case.commands import person as person_commands
from samordna.casework.case.commands.protection import lower_protection
from samordna.kernel import clock
from samordna.kernel.identifiers import Identifier, Kind
from samordna.people.models import Person, PersonIdentifier
from samordna.people.protection import Grounds
from samordna.people.rules import PersonChanges
from samordna.people.states import Protection, Relation
from samordna.sip.process import SIP
from samordna.sip.tests import factories as f

PHONE, ADDRESS, TOWN, RELATIVES = "070-174 06 05", "Hemliga gatan 4", "Flen", "070-174 06 06"
WORDS = (PHONE, ADDRESS, TOWN, RELATIVES)
GROUNDS = Grounds("Markeringen är borttagen.", "Folkbokföringen")


def person_of(case_id: UUID) -> Person:
    return Person.objects.get(pk=f.facts_of(case_id).case.person_id)


def number_of(case_id: UUID) -> str:
    return PersonIdentifier.objects.get(person=person_of(case_id), replaced_at=None).value


def describe(case_id: UUID, by: Assignment) -> None:
    """Write telephone, address, municipality and a relative's telephone."""
    change(case_id, by, phone=PHONE, address=ADDRESS, municipality=TOWN)
    person_commands.add_related(process=SIP,
        actor=f.actor(by), case_id=case_id, relation=Relation.NEXT_OF_KIN, name="Lena Wallin",
        relation_text="dotter", contact=RELATIVES, at=clock.now(),
    )  # fmt: skip


def change(case_id: UUID, by: Assignment, **fields: object) -> None:
    person_commands.change_person(process=SIP,
        actor=f.actor(by), case_id=case_id, version=person_of(case_id).version,
        changes=PersonChanges(**fields), at=clock.now(),
    )  # fmt: skip


def protect(case_id: UUID, by: Assignment, level: Protection = Protection.PROTECTED_REGISTRATION) -> None:
    change(case_id, by, protection=level)


def named_by_the_county(who: Assignment, role: SystemRole = SystemRole.ADMINISTRATOR) -> Assignment:
    """Give the user a system role over the department."""
    SystemRoleGrantFactory(user=who.user, role=role, organisation=who.unit.department)
    return who


def lower(case_id: UUID, by: Assignment, to: Protection = Protection.NONE) -> None:
    """`by` holds a role that the county has named."""
    lower_protection(process=SIP,
        actor=f.actor(by), case_id=case_id, identifier=Identifier(Kind.PERSONAL, number_of(case_id)),
        seen=Protection(person_of(case_id).protection), to=to, grounds=GROUNDS, at=clock.now(),
    )  # fmt: skip
