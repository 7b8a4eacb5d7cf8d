"""What is read of a discharge beside what every case has, and how its facts come of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samordna.cases.reading import Rows
from samordna.casework.file.facts import StepSettings
from samordna.discharge.admission.queries import written
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.models import AdmissionContent
from samordna.discharge.states import Part
from samordna.kernel.prepared import Prepared
from samordna.organisations.settings_catalogue import Settings


def facts(common: Mapping[str, Any], rows: Rows, chosen: StepSettings) -> DischargeFacts:
    """The discharge of what all cases have and of its own rows."""
    made = DischargeFacts(**common, meetings={}, settings=chosen)
    notice = made.sent(Part.ADMISSION)
    said = {message_id: written(*text) for message_id, *text in rows["admissions"]}
    return made if notice is None else replace(made, admission=said.get(notice.id))


def settings(chosen: Settings) -> StepSettings:
    """What the county has decided about it."""
    return StepSettings(other_step=chosen.deadlines["other_step"])


def _admissions(*, case_id: UUID) -> QuerySet[AdmissionContent, Any]:
    return AdmissionContent.objects.filter(message__case_id=case_id).values_list(
        "message_id", "admitted_on", "admitted", "planned_on", "certainty"
    )


ROWS = {"admissions": Prepared(_admissions, case_id=UUID)}
