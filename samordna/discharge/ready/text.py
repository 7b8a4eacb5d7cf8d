"""What is written in a notice that a patient is ready for discharge, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime, time

from samordna.kernel import clock


@dataclass(frozen=True)
class ReadyText:
    """Who has judged it, and when (2017:612, chapter 3 § 1)."""

    physician: str = ""
    assessed_on: date | None = None
    assessed: time | None = None

    @property
    def assessed_at(self) -> datetime | None:
        """The moment, when both its day and its time are written."""
        if self.assessed_on is None or self.assessed is None:
            return None
        return clock.at_local(self.assessed_on, self.assessed)
