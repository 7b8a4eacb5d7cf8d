"""Files that wait between being chosen and being imported, so that what they do is shown first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from samordna.kernel.actor import Actor
from samordna.kernel.csv_file import MOST_ROWS
from samordna.kernel.line import wait_in_line
from samordna.organisations.models import IncomingFile

KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Incoming:
    """The file as it came, and how its questions have been answered so far."""

    id: UUID
    content: bytes
    answers: Mapping[str, str]


@transaction.atomic
def keep_file(*, actor: Actor, kind: str, content: bytes, at: datetime) -> UUID:
    """Keep a file for an hour; it takes the place of the user's last one of the kind. Nobody else reads it."""
    wait_in_line("incoming file", actor.user_id, kind)
    values = {"id": uuid4(), "content": content, "answers": {}, "at": at}
    IncomingFile.objects.filter(user_id=actor.user_id, kind=kind).delete()
    return IncomingFile.objects.create(user_id=actor.user_id, kind=kind, **values).pk


@transaction.atomic
def answer_questions(*, actor: Actor, kind: str, file_id: UUID, answers: Mapping[str, str]) -> None:
    """Keep the answers with the file; the last one given to a question counts. Does nothing without the file.

    No more are kept than a file can have rows; then those given first are forgotten, and asked for again.
    """
    row = _own(actor, kind, file_id).select_for_update().first()
    if row is not None:
        kept = {key: answer for key, answer in row.answers.items() if key not in answers}
        row.answers = dict([*kept.items(), *answers.items()][-MOST_ROWS:])
        row.save(update_fields=["answers"])


def incoming_file(*, actor: Actor, kind: str, file_id: UUID, at: datetime) -> Incoming | None:
    """One's own file, or None when it was imported, replaced or is older than an hour."""
    row = _own(actor, kind, file_id).filter(at__gt=at - KEPT_FOR).first()
    return Incoming(row.pk, bytes(row.content), row.answers) if row else None


def drop_file(*, actor: Actor, kind: str, file_id: UUID) -> None:
    """The file has been imported."""
    _own(actor, kind, file_id).delete()


def forget_files(*, at: datetime) -> int:
    """Delete what has waited too long; called by the worker. Returns how many there were."""
    return IncomingFile.objects.filter(at__lte=at - KEPT_FOR).delete()[0]


def _own(actor: Actor, kind: str, file_id: UUID) -> QuerySet[IncomingFile]:
    return IncomingFile.objects.filter(pk=file_id, user_id=actor.user_id, kind=kind)
