"""*Nytt ärende*: asking whether a person has a SIP, and making one (V-22, V-23, V-24)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samordna.audit import commands as audit
from samordna.audit import queries as log
from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.cases.queries import ExistingCase
from samordna.cases.states import Module
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier
from samordna.kernel.refusal import Refusal, demand
from samordna.organisations import queries as places
from samordna.people import commands as people
from samordna.people import queries as persons
from samordna.sip.commands.act import finish
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.rules.new_case import asking_refusal, create_refusal

_AN_HOUR = timedelta(hours=1)


@transaction.atomic
def ask_for_case(
    *, actor: Actor, identifier: Identifier, at: datetime
) -> tuple[UUID | None, ExistingCase | None]:
    """The person with the number, if known, and the person's active SIP, if any: that it exists and whom to ask.

    Every question is logged; refused without the right to initiate, and after too many in an hour (V-23).
    """
    asked = log.count_by_user(user_id=actor.user_id, action=Action.CASE_EXISTENCE_ASKED, since=at - _AN_HOUR)
    limit = places.settings_of(actor.department_id).existence_questions_per_hour
    demand(asking_refusal(actor, asked, limit))
    person_id = persons.person_by_identifier(identifier.value)
    existing = doors.active_case_of(person_id, Module.SIP) if person_id else None
    audit.record(
        actor=actor,
        at=at,
        action=Action.CASE_EXISTENCE_ASKED,
        person_ids=[person_id] if person_id else [],
        case_id=existing.case_id if existing else None,
    )
    return person_id, existing


@transaction.atomic
def create_sip(*, actor: Actor, identifier: Identifier, name: str, at: datetime) -> UUID:
    """A new SIP for the person, coordinated by the actor. Refused when there is an active one, or no name."""
    demand(create_refusal(actor))
    if not name and persons.person_by_identifier(identifier.value) is None:
        demand(Refusal("person.name_missing", _("Write the person's name."), field="name"))
    found = people.find_or_create_person(actor=actor, identifier=identifier, name=name, at=at)
    return begin_sip(actor=actor, person_id=found.id, at=at)


@transaction.atomic
def begin_sip(*, actor: Actor, person_id: UUID, at: datetime) -> UUID:
    """As `create_sip`, for a person already in the system. Who makes a protected person's case may read it."""
    demand(create_refusal(actor))
    case_id = cases.create_case(actor=actor, person_id=person_id, module=Module.SIP, at=at)
    cases.name_reader(
        case_id=case_id, unit_id=actor.unit_id, user_id=actor.user_id, name=actor.user_name, at=at
    )
    finish(sip_for_rebuild(case_id), actor=actor, at=at, action=Action.CASE_CREATED)
    return case_id
