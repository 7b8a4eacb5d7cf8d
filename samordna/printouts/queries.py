"""Reading prints."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samordna.printouts.models import Printout
from samordna.printouts.states import Status


class DamagedPrintout(Exception):
    """The stored file is not the one that was made: it is never handed out."""


@dataclass(frozen=True, slots=True)
class PrintoutState:
    """Where a print stands. `pdf_digest` is the file's SHA-256 when it is ready."""

    status: Status
    requested_at: datetime
    ready_at: datetime | None
    pdf_digest: str
    error: str


def printout_for(source_id: UUID, template: str) -> PrintoutState | None:
    """Where the source's print stands, or None if none has been asked for."""
    columns = ("status", "requested_at", "ready_at", "pdf_digest", "error")
    row = Printout.objects.filter(source_id=source_id, template=template).values(*columns).first()
    if row is None:
        return None
    return PrintoutState(**{**row, "status": Status(row["status"])})


def pdf_for(source_id: UUID, template: str) -> bytes | None:
    """The file, or None while it is not ready. Raises `DamagedPrintout` if it is not as it was made."""
    ready = Printout.objects.filter(source_id=source_id, template=template, status=Status.READY.value)
    row = ready.values_list("pdf", "pdf_digest").first()
    if row is None:
        return None
    pdf = bytes(row[0] or b"")
    if hashlib.sha256(pdf).hexdigest() != row[1]:
        raise DamagedPrintout
    return pdf


def counts() -> dict[str, int]:
    """For the operator: how many prints wait and how many could not be made."""
    return {
        "waiting": Printout.objects.filter(status=Status.REQUESTED.value).count(),
        "failed": Printout.objects.filter(status=Status.FAILED.value).count(),
    }
