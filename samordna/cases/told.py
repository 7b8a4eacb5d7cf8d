"""Keeping of whom a unit was told, for when it no longer sees the person as she is. For the room's own commands."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from samordna.cases.models import Case, Participation
from samordna.cases.states import Access
from samordna.people.queries import person_lines

# They see the person as she is, as long as their part lasts.
TOLD_ALL = (Access.INVITED, Access.FULL)


def note_known(case_id: UUID, **which: Any) -> None:
    """Keep of whom the units are told: it is what they see when the person is another, or called otherwise, later."""
    person_id = Case.objects.values_list("person_id", flat=True).get(pk=case_id)
    line = person_lines([person_id]).get(person_id)
    if line is not None:
        open_now = Participation.objects.filter(case_id=case_id, until_at__isnull=True, **which)
        open_now.update(known_person_id=person_id, known_name=line.name, known_number=line.number)


def known_as(case_ids: Collection[UUID], from_person_id: UUID, to_person_id: UUID) -> None:
    """The two are taken to be one human being: whoever knew the one knows whom the cases are about."""
    told = Participation.objects.filter(case_id__in=case_ids, known_person_id=from_person_id)
    told.update(known_person_id=to_person_id)
