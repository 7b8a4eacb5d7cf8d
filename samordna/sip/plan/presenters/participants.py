"""*Deltagare* as a list with what can be done about each, on the pages of a plan and of an evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from samordna.casework.documents.presenters.authors import NOBODY, Reader
from samordna.sip.plan.presenters.sheet import ParticipantSheet, participant_sheet
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.states import Part
from samordna.sip.words import PART_SLUGS


@dataclass(frozen=True)
class ParticipantLine:
    """Addresses are empty where nothing may be done."""

    sheet: ParticipantSheet
    person_url: str = ""
    attendance_url: str = ""
    remove_url: str = ""

    @property
    def names_person(self) -> bool:
        """Whether *Deltog* asks who: a unit's representative."""
        return self.sheet.kind == ParticipantKind.UNIT

    @property
    def attended(self) -> bool:
        return self.sheet.attendance == Attendance.ATTENDED

    @property
    def absent(self) -> bool:
        return self.sheet.attendance == Attendance.ABSENT


def participant_lines(
    case_id: UUID,
    part: Part,
    participants: Sequence[Mapping[str, Any]],
    *,
    may_write: bool,
    reader: Reader = NOBODY,
    versions: Mapping[str, int] | None = None,
) -> list[ParticipantLine]:
    """From the participants of canonical content; `versions` are the rows' by lineage."""
    sheets = [participant_sheet(line, reader, versions) for line in participants]
    if not may_write:
        return [ParticipantLine(sheet) for sheet in sheets]
    return [_line(case_id, part, sheet) for sheet in sheets]


def _line(case_id: UUID, part: Part, sheet: ParticipantSheet) -> ParticipantLine:
    individual = sheet.kind == ParticipantKind.INDIVIDUAL
    return ParticipantLine(
        sheet,
        person_url="" if individual else _url("person", case_id, part, sheet),
        attendance_url=_url("attendance", case_id, part, sheet),
        remove_url="" if individual else _url("remove", case_id, part, sheet),
    )


def _url(name: str, case_id: UUID, part: Part, sheet: ParticipantSheet) -> str:
    kwargs = {"case_id": case_id, "slug": PART_SLUGS[part], "lineage": sheet.lineage}
    return reverse(f"sip:participant_{name}", kwargs=kwargs)
