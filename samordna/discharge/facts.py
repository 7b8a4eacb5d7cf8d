"""A discharge as one frozen snapshot: the case with what is sent in it, and the stay at the ward."""

from dataclasses import dataclass
from datetime import datetime

from samordna.casework.file.facts import CaseWork
from samordna.discharge.admission.text import AdmissionText


@dataclass(frozen=True, kw_only=True)
class DischargeFacts(CaseWork):
    """`admission` is what the standing notice of admission says."""

    admission: AdmissionText | None = None

    @property
    def admitted_at(self) -> datetime | None:
        """When the patient was admitted, as far as has been told."""
        return self.admission.admitted_at if self.admission is not None else None
