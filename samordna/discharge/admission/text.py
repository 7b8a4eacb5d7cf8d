"""What is written in a notice of admission, as plain values: what a draft holds and a sent one says."""

from dataclasses import dataclass
from datetime import date, datetime, time

from samordna.discharge.admission.states import Certainty
from samordna.kernel import clock


@dataclass(frozen=True)
class AdmissionText:
    """When the patient was admitted, and when discharge is planned (2017:612, chapter 2 § 2)."""

    admitted_on: date | None = None
    admitted: time | None = None
    planned_on: date | None = None
    certainty: Certainty = Certainty.UNCERTAIN

    @property
    def admitted_at(self) -> datetime | None:
        """The moment, when both its day and its time are written."""
        if self.admitted_on is None or self.admitted is None:
            return None
        return clock.at_local(self.admitted_on, self.admitted)
