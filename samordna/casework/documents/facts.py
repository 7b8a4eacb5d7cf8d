"""Who wrote a passage of a document, as a frozen value."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Written:
    """Who wrote a passage last, and how many times it has been saved."""

    version: int
    at: datetime
    by_id: int
    by: str
    unit: str
