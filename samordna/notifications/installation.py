"""What this machine knows of its own sending, outside the database: a copy of the database does not bring it along."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection


@dataclass(frozen=True, slots=True)
class Note:
    """Which claim this machine sends under, and how many mails have gone under it."""

    claim: UUID
    sent: int


def note_file() -> Path:
    """Where the note is. Not in any backup: what is restored elsewhere must not find it."""
    return Path(settings.VAR_DIR) / "sending.json"


def read_note() -> Note | None:
    """This machine's note, or None where nobody has turned sending on, or where it cannot be read."""
    try:
        kept = json.loads(note_file().read_text(encoding="utf-8"))
        return Note(UUID(kept["claim"]), int(kept["sent"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_note(note: Note) -> None:
    """Keep the note so that it is whole whatever happens. Fails as the folder does."""
    file = note_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    with draft.open("w", encoding="utf-8") as written:
        json.dump({"claim": str(note.claim), "sent": note.sent}, written)
        written.flush()
        os.fsync(written.fileno())
    draft.replace(file)


def this_database() -> str:
    """The database by its address, without anything secret."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite {Path(str(told['NAME'])).resolve()}"[:500]
    where = told["HOST"] or told["OPTIONS"].get("host", "")
    return f"postgresql {where}:{told['PORT'] or 5432}/{told['NAME']}"[:500]
