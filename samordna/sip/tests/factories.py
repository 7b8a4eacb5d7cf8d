"""A made-up county, and cases brought as far as a test needs by the commands that users reach."""

import itertools
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from samordna.assignments.models import Assignment
from samordna.assignments.states import Profession
from samordna.assignments.tests.factories import (
    DepartmentFactory,
    PrincipalFactory,
    UnitFactory,
    actor_for_assignment,
    worker,
)
from samordna.cases.consent import ConsentChoice
from samordna.cases.states import ConsentForm, ConsentGiver, ConsentScope
from samordna.casework.case.commands.new_case import begin_case
from samordna.casework.messages.commands.answering import answer_message
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import parse
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.commands import Reply
from samordna.messaging.facts import Chosen
from samordna.messaging.states import Answer
from samordna.organisations.models import Organisation
from samordna.organisations.states import CareKind, PrincipalKind
from samordna.people.commands import find_or_create_person
from samordna.sip.facts import SipFacts
from samordna.sip.information import commands as information
from samordna.sip.information.text import InformationText
from samordna.sip.initiative.commands import save_initiative, send_initiative
from samordna.sip.initiative.states import Initiator
from samordna.sip.initiative.text import InitiativeText
from samordna.sip.process import SIP
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.states import Part
from samordna.sip.summons.commands import save_summons, send_summons
from samordna.sip.summons.text import SummonsText
from tests.support.stages import built_once

CONSENT = ConsentChoice(ConsentGiver.SELF, "", ConsentForm.ORAL, ConsentScope.SIP)
INITIATIVE = InitiativeText(reason="Behov av samordning", initiator=Initiator.UNIT)
_births = itertools.count()


@dataclass
class County:
    """Units of two principals, one outside the system, and people with different rights at them."""

    home_care: Organisation
    social: Organisation
    health_centre: Organisation
    psychiatry: Organisation
    hospital: Organisation
    insurance: Organisation
    anna: Assignment
    bertil: Assignment
    olle: Assignment
    cecilia: Assignment
    david: Assignment
    eva: Assignment
    frida: Assignment


@built_once
def county() -> County:
    """Anna and Bertil at home care initiate and answer, Olle there only answers; Cecilia at social services only
    answers; David (health centre), Eva (psychiatry) and Frida (hospital) do both. Försäkringskassan is outside.
    """
    town = PrincipalFactory(name="Katrineholms kommun", principal_kind=PrincipalKind.MUNICIPALITY)
    region = PrincipalFactory(name="Region Södermanland", principal_kind=PrincipalKind.REGION)
    state = PrincipalFactory(name="Staten", principal_kind=PrincipalKind.STATE)
    care = DepartmentFactory(name="Vård- och omsorgsförvaltningen", parent=town)
    welfare = DepartmentFactory(name="Socialförvaltningen", parent=town)
    primary = DepartmentFactory(name="Primärvården", parent=region)
    specialist = DepartmentFactory(name="Psykiatrin", parent=region)
    home_care = UnitFactory(name="Hemtjänsten Norr", parent=care, municipality="Katrineholm")
    social = UnitFactory(
        name="IFO Vuxen", parent=welfare, care_kind=CareKind.SOCIAL_SERVICES, municipality="Katrineholm"
    )
    health_centre = UnitFactory(name="Vårdcentralen Linden", parent=primary, care_kind=CareKind.PRIMARY_CARE)
    psychiatry = UnitFactory(
        name="Psykiatriska öppenvården", parent=specialist, care_kind=CareKind.PSYCHIATRIC_OUTPATIENT
    )
    hospital = UnitFactory(name="Avdelning 7 Kullbergska", parent=specialist, care_kind=CareKind.INPATIENT)
    offices = DepartmentFactory(name="Försäkringskassan", parent=state)
    insurance = UnitFactory(
        name="Försäkringskassan Katrineholm",
        parent=offices,
        care_kind=CareKind.AUTHORITY,
        external=True,
        notify_email="",
    )
    return County(
        home_care=home_care,
        social=social,
        health_centre=health_centre,
        psychiatry=psychiatry,
        hospital=hospital,
        insurance=insurance,
        anna=worker(home_care, name="Anna Lindqvist", title="enhetschef"),
        bertil=worker(home_care, name="Bertil Ek", title="planerare", profession=Profession.PLANNER),
        olle=worker(
            home_care, initiates=False, name="Olle Strand", title="sjuksköterska", profession=Profession.NURSE
        ),
        cecilia=worker(
            social,
            initiates=False,
            name="Cecilia Berg",
            title="socialsekreterare",
            profession=Profession.SOCIAL_WORKER,
        ),
        david=worker(
            health_centre, name="David Holm", title="distriktssköterska", profession=Profession.DISTRICT_NURSE
        ),
        eva=worker(psychiatry, name="Eva Sand", title="kurator", profession=Profession.COUNSELLOR),
        frida=worker(hospital, name="Frida Nord", title="sjuksköterska", profession=Profession.NURSE),
    )


def actor(assignment: Assignment) -> Actor:
    """The actor as a request builds it."""
    return actor_for_assignment(assignment)


def made_up_number(born: date, *, woman: bool = True) -> str:
    """A number that nobody has: birth number 238 or 239 of a date between 1976 and 2013 (the tax agency's list)."""
    digits = f"{born:%y%m%d}{'238' if woman else '239'}"
    doubled = (int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(digits))
    check = -sum(d // 10 + d % 10 for d in doubled) % 10
    return f"{born:%Y}{digits[2:]}{check}"


def new_person(
    by: Actor, *, name: str = "Karl-Erik Wallin", number: str = "", at: datetime | None = None
) -> UUID:
    """A person nobody has seen before, unless `number` is given."""
    number = number or made_up_number(date(1980, 1, 1) + timedelta(days=next(_births)))
    found = find_or_create_person(actor=by, identifier=parse(number), name=name, at=at or clock.now())
    return found.id


@built_once
def new_case(by: Assignment, *, person_id: UUID | None = None, at: datetime | None = None) -> UUID:
    """A case made and coordinated by this user, with nothing in it."""
    made_at = at or clock.now()
    creator = actor(by)
    return begin_case(
        process=SIP, actor=creator, person_id=person_id or new_person(creator, at=made_at), at=made_at
    )


def to_units(*units: Organisation, acknowledge: bool = True) -> list[Chosen]:
    return [Chosen(unit.pk, acknowledge) for unit in units]


def send_an_initiative(
    case_id: UUID, by: Assignment, units: list[Organisation], *, consent: ConsentChoice | None = CONSENT,
    at: datetime | None = None,
) -> UUID:  # fmt: skip
    """Write and send an initiative in a case that is there. Returns the message."""
    sent_at = at or clock.now()
    sender = actor(by)
    message_id = save_initiative(
        actor=sender,
        case_id=case_id,
        message_id=None,
        version=0,
        chosen=to_units(*units),
        text=INITIATIVE,
        at=sent_at,
    )
    send_initiative(
        actor=sender, case_id=case_id, message_id=message_id, version=1, consent=consent, at=sent_at
    )
    return message_id


@built_once
def sent_initiative(county: County, *units: Organisation, by: Assignment | None = None) -> tuple[UUID, UUID]:
    """A case with an initiative sent to these units (health centre and social services unless said). (case, message)"""
    sender = by or county.anna
    case_id = new_case(sender)
    return case_id, send_an_initiative(case_id, sender, list(units) or [county.health_centre, county.social])


def answer(case_id: UUID, message_id: UUID, by: Assignment, kind: Answer, **reply: object) -> SipFacts:
    """Accept, deny or acknowledge for the user's unit."""
    return answer_message(
        process=SIP,
        actor=actor(by),
        case_id=case_id,
        message_id=message_id,
        reply=Reply(kind, **reply),
        at=clock.now(),
    )


@built_once
def accepted_case(county: County) -> UUID:
    """The initiative is accepted by the health centre (David) and social services (Cecilia)."""
    case_id, message_id = sent_initiative(county)
    for who in (county.david, county.cecilia):
        answer(case_id, message_id, who, Answer.ACCEPTED)
    return case_id


def a_meeting(*, days_ahead: int = 5, **changes: object) -> SummonsText:
    """A meeting on a working day ahead."""
    day = add_working_days(clock.today(clock.now()), days_ahead)
    text = SummonsText(
        meets_on=day, starts=time(13, 0), ends=time(14, 30), place="Vårdcentralen Linden, rum 4"
    )
    return replace(text, **changes)  # type: ignore[arg-type]


def send_a_summons(
    case_id: UUID, by: Assignment, units: list[Organisation] | list[Chosen], *, part: Part = Part.SUMMONS,
    text: SummonsText | None = None, at: datetime | None = None,
) -> UUID:  # fmt: skip
    """Write and send a summons (planning unless said) in a case that is ready for it. Returns the message."""
    sent_at = at or clock.now()
    sender = actor(by)
    message_id = save_summons(
        actor=sender,
        case_id=case_id,
        part=part,
        message_id=None,
        version=0,
        chosen=[unit if isinstance(unit, Chosen) else Chosen(unit.pk) for unit in units],
        text=text or a_meeting(),
        at=sent_at,
    )
    send_summons(
        actor=sender,
        case_id=case_id,
        part=part,
        message_id=message_id,
        version=1,
        day_off_confirmed=False,
        at=sent_at,
    )
    return message_id


@built_once
def summoned_case(county: County) -> UUID:
    """Accepted, and summoned to planning: health centre and social services, both have acknowledged."""
    case_id = accepted_case(county)
    message_id = send_a_summons(case_id, county.anna, [county.health_centre, county.social])
    for who in (county.david, county.cecilia):
        answer(case_id, message_id, who, Answer.ACKNOWLEDGED)
    return case_id


def send_information(
    case_id: UUID, by: Assignment, units: list[Chosen], text: str = "Passar torsdag 13.00?"
) -> UUID:
    """Write and send an information message. Returns it."""
    sender, at = actor(by), clock.now()
    message_id = information.save_information(
        actor=sender,
        case_id=case_id,
        message_id=None,
        version=0,
        chosen=units,
        text=InformationText(text),
        at=at,
    )
    information.send_information(actor=sender, case_id=case_id, message_id=message_id, version=1, at=at)
    return message_id


def facts_of(case_id: UUID) -> SipFacts:
    """Everything in the case, as the system itself sees it."""
    return sip_for_rebuild(case_id)
