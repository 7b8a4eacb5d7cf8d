"""*Deltagare* of a plan or an evaluation (V-50, V-81): prefilled, attended or not, added, removed, put back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samordna.assignments.queries import Colleague, assignment_is_valid, colleague
from samordna.casework.documents.commands.holding import hold_open
from samordna.casework.documents.commands.rows import author, save_row
from samordna.casework.documents.commands.writing import finish_writing
from samordna.casework.file.steps.summoned import joined_since
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible, Refusal, Refused
from samordna.people.queries import PersonCard
from samordna.people.states import Relation
from samordna.sip.facts import SipFacts
from samordna.sip.plan.models import Participant
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.process import SIP
from samordna.sip.states import Part

NOT_THERE = Refusal(
    "participant.gone", _("The participant is no longer in the list."), _("Read the page again.")
)
PERSON_MISSING = Refusal("participant.person_missing", _("Choose who represented the unit."), field="person")
OTHER_UNIT = Refusal("participant.other_unit", _("Choose one of the people at the unit."), field="person")
UNKNOWN = Refusal(
    "participant.unknown", _("Search again and choose one of the people found."), field="person"
)
TWICE = Refusal("participant.twice", _("The person is already in the list."), field="person")
INDIVIDUAL_STAYS = Refusal(
    "participant.individual_stays", _("The individual is always in the list."), _("Choose Did not attend.")
)


@dataclass(frozen=True)
class OtherPerson:
    """Somebody written by hand: name, role or relation, contact."""

    name: str
    role: str
    contact: str


def fill_participants(
    facts: SipFacts, *, edition_id: UUID, summons: Part, person: PersonCard, actor: Actor, at: datetime
) -> None:
    """Put those in the list who are not there yet: the individual, a child's guardians, the summoned units.

    The unit that sent the summons is one of them. Nothing is stated about who attended.
    """
    there = list(Participant.objects.filter(edition_id=edition_id))
    wanted = [*_family(person, there), *_units(facts, summons, there)]
    position = _next_position(edition_id)
    Participant.objects.bulk_create(
        [
            Participant(edition_id=edition_id, position=position + offset, **fields, **author(actor, at))
            for offset, fields in enumerate(wanted)
        ]
    )


@transaction.atomic
def state_attendance(
    *, actor: Actor, case_id: UUID, part: Part, lineage: UUID, version: int, attended: bool, at: datetime
) -> SipFacts:
    """*Deltog* or *Deltog ej*. A unit that did not attend loses its person; that it did is stated by naming one."""

    def stated(row: Participant, _at: datetime) -> dict[str, Any]:
        if row.kind != ParticipantKind.UNIT:
            return {"attendance": Attendance.ATTENDED if attended else Attendance.ABSENT}
        if attended:
            raise Refused(PERSON_MISSING)
        return {"attendance": Attendance.ABSENT, "user_id": None, "name": "", "role": "", "contact": ""}

    return _change(actor, case_id, part, lineage, version, at, stated)


@transaction.atomic
def name_representative(
    *, actor: Actor, case_id: UUID, part: Part, lineage: UUID, version: int, assignment_id: int, at: datetime
) -> SipFacts:
    """The one of the unit's users who attended. Refused when the person does not work there now."""

    def named(row: Participant, at: datetime) -> dict[str, Any]:
        person = colleague(assignment_id, at) if assignment_is_valid(assignment_id, at) else None
        if person is None or person.unit_id != row.unit_id:
            raise Refused(OTHER_UNIT)
        return _named(person)

    return _change(actor, case_id, part, lineage, version, at, named)


@transaction.atomic
def write_person(
    *, actor: Actor, case_id: UUID, part: Part, lineage: UUID, version: int, person: OtherPerson, at: datetime
) -> SipFacts:
    """Write or correct by hand who attended: somebody without the system, or from a unit outside it."""
    values = {"user_id": None, "name": person.name, "role": person.role, "contact": person.contact}
    values["attendance"] = Attendance.ATTENDED
    return _change(actor, case_id, part, lineage, version, at, lambda _row, _at: values)


@transaction.atomic
def add_representative(
    *, actor: Actor, case_id: UUID, part: Part, assignment_id: int, at: datetime
) -> SipFacts:
    """*Lägg till deltagare*: a representative found by name. Refused when already in the list as attending."""
    facts, version, at = hold_open(SIP, actor, case_id, part, at)
    person = colleague(assignment_id, at)
    may_use = person is not None and person.rights(facts.case.module).has_any
    if person is None or not may_use or not assignment_is_valid(assignment_id, at):
        raise Refused(UNKNOWN)
    rows = Participant.objects.filter(edition_id=version.id, removed_at__isnull=True)
    if rows.filter(user_id=person.user_id, unit_id=person.unit_id).exists():
        raise Refused(TWICE)
    _add(
        version.id,
        actor,
        at,
        kind=ParticipantKind.UNIT,
        unit_id=person.unit_id,
        unit_name=person.unit_name,
        **_named(person),
    )
    return finish_writing(facts, version, part, actor=actor, at=at, details={"participant": "added"})


@transaction.atomic
def add_other(*, actor: Actor, case_id: UUID, part: Part, person: OtherPerson, at: datetime) -> SipFacts:
    """*Lägg till deltagare*: somebody outside the system, in three free-text fields."""
    facts, version, at = hold_open(SIP, actor, case_id, part, at)
    _add(
        version.id,
        actor,
        at,
        kind=ParticipantKind.OTHER,
        name=person.name,
        role=person.role,
        contact=person.contact,
        attendance=Attendance.ATTENDED,
    )
    return finish_writing(facts, version, part, actor=actor, at=at, details={"participant": "added"})


@transaction.atomic
def remove_participant(
    *, actor: Actor, case_id: UUID, part: Part, lineage: UUID, version: int, at: datetime
) -> SipFacts:
    """*Ta bort*: called by mistake. The individual is always in the list."""

    def removed(row: Participant, at: datetime) -> dict[str, Any]:
        if row.kind == ParticipantKind.INDIVIDUAL:
            raise Refused(INDIVIDUAL_STAYS)
        return {"removed_at": at}

    return _change(actor, case_id, part, lineage, version, at, removed)


@transaction.atomic
def restore_participant(*, actor: Actor, case_id: UUID, part: Part, lineage: UUID, at: datetime) -> SipFacts:
    """*Ångra* after *Ta bort*."""
    facts, version, at = hold_open(SIP, actor, case_id, part, at)
    row = Participant.objects.filter(edition_id=version.id, lineage=lineage).first()
    if row is None:
        raise NotVisible
    if row.removed_at is not None:
        save_row(
            Participant.objects.filter(pk=row.pk), version=row.version, actor=actor, at=at, removed_at=None
        )
    return finish_writing(facts, version, part, actor=actor, at=at, details={"participant": str(lineage)})


def _change(
    actor: Actor, case_id: UUID, part: Part, lineage: UUID, row_version: int, at: datetime,
    values: Callable[[Participant, datetime], dict[str, Any]],
) -> SipFacts:  # fmt: skip
    """Save one line with what `values` makes of it. Refused as writing is, and when the line is gone."""
    facts, version, at = hold_open(SIP, actor, case_id, part, at)
    rows = Participant.objects.filter(edition_id=version.id, lineage=lineage, removed_at__isnull=True)
    row = rows.first()
    if row is None:
        raise Refused(NOT_THERE)
    save_row(rows, version=row_version, actor=actor, at=at, **values(row, at))
    return finish_writing(facts, version, part, actor=actor, at=at, details={"participant": str(lineage)})


def _add(edition_id: UUID, actor: Actor, at: datetime, **fields: Any) -> None:
    Participant.objects.create(
        edition_id=edition_id, position=_next_position(edition_id), **fields, **author(actor, at)
    )


def _next_position(edition_id: UUID) -> int:
    last = Participant.objects.filter(edition_id=edition_id).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _named(person: Colleague) -> dict[str, Any]:
    return {
        "user_id": person.user_id,
        "name": person.name,
        "role": person.title,
        "attendance": Attendance.ATTENDED,
    }


def _family(person: PersonCard, there: list[Participant]) -> list[dict[str, Any]]:
    """The individual, and for a child the guardians, each asked for by itself (V-50)."""
    wanted = []
    if not any(row.kind == ParticipantKind.INDIVIDUAL for row in there):
        wanted.append({"kind": ParticipantKind.INDIVIDUAL, "name": person.name})
    known = {row.name for row in there if row.kind == ParticipantKind.GUARDIAN}
    if person.is_child:
        wanted += [
            {
                "kind": ParticipantKind.GUARDIAN,
                "name": line.name,
                "role": line.relation_text,
                "contact": line.contact or "",
            }
            for line in person.related
            if line.relation == Relation.GUARDIAN and line.name not in known
        ]
    return wanted


def _units(facts: SipFacts, summons: Part, there: list[Participant]) -> list[dict[str, Any]]:
    message = facts.sent(summons)
    if message is None:
        return []
    called = {message.unit_id: message.unit_name} | {d.unit_id: d.unit_name for d in message.standing}
    called |= {
        unit_id: name
        for unit_id, (name, _since) in joined_since(facts, facts.process.messages[summons]).items()
    }
    known = {row.unit_id for row in there}
    return [
        {"kind": ParticipantKind.UNIT, "unit_id": unit_id, "unit_name": name}
        for unit_id, name in called.items()
        if unit_id not in known
    ]
