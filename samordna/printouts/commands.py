"""Asking for prints, and making those that are asked for."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet

from samordna.kernel.changing import Insert
from samordna.kernel.leasing import hand_in, take_next
from samordna.printouts.drawing import NotDrawn, Tree, draw
from samordna.printouts.models import Printout
from samordna.printouts.states import Status

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Rendered:
    """What became of the prints of one round."""

    ready: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """The file of Typst that a print is set with, and how its data become texts: the language and words are there."""

    template: Path
    texts: Callable[[Any], Tree]


@transaction.atomic
def request_printout(*, template: str, source_id: UUID, data: Mapping[str, Any], at: datetime) -> None:
    """Ask for the print of a source (such as a locked version), in the transaction of the act.

    Asked for again, nothing happens: the print that stands is the one that was handed over. Only one
    that could not be made is tried anew, with the new data.
    """
    if _request([Printout(template=template, source_id=source_id, data=dict(data), requested_at=at)]):
        return
    failed = Printout.objects.filter(template=template, source_id=source_id, status=Status.FAILED.value)
    failed.update(data=dict(data), status=Status.REQUESTED.value, requested_at=at, attempts=0, error="")


_request = Insert(Printout, ignored=True, returning=("id",))


def render_due(kinds: Mapping[str, Kind], *, at: datetime, limit: int = 10) -> Rendered:
    """Make the prints that are asked for, oldest first, at most `limit`. Called by the worker.

    `kinds` are all that can be printed, by the code that a print is asked for with.

    A print is leased while it is made. One that a worker died over is taken again, three times at most;
    one that cannot be made is marked as failed, with Typst's reason.
    """
    done = Rendered()
    for _ in range(limit):
        item = take_next(_due(at), first="requested_at", at=at, lasts=LEASE)
        if item is None:
            break
        _render(kinds, item, at, done)
    return done


def _render(kinds: Mapping[str, Kind], item: Printout, at: datetime, done: Rendered) -> None:
    if item.attempts > MOST_ATTEMPTS:
        _fail(item, "the worker ended while making it", done)
        return
    try:
        kind = kinds[item.template]
        pdf = draw(kind.template, kind.texts(item.data), at=item.requested_at)
    except (NotDrawn, KeyError, TypeError, ValueError) as error:
        _fail(item, _in_short(error), done)
        return
    digest = hashlib.sha256(pdf).hexdigest()
    hand_in(item, status=Status.READY.value, pdf=pdf, pdf_digest=digest, ready_at=at, error="")
    done.ready += 1


def _in_short(error: Exception) -> str:
    # Typst's own words are about the template. Others may repeat what stands in the data.
    return str(error)[:200] if isinstance(error, NotDrawn) else type(error).__name__


def _fail(item: Printout, reason: str, done: Rendered) -> None:
    log.error("printout.failed", printout=str(item.id), template=item.template, reason=reason)
    hand_in(item, status=Status.FAILED.value, error=reason)
    done.failed += 1


def _due(at: datetime) -> QuerySet[Printout]:
    return Printout.objects.filter(status=Status.REQUESTED.value, requested_at__lte=at)
