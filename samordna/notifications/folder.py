"""A mail backend that puts each mail in a file of its own, for practice: nothing leaves the machine."""

import email
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage as ParsedMail
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as one reads it."""

    to: str
    subject: str
    body: str
    sent_at: datetime


class FolderBackend(BaseEmailBackend):
    """Writes to `EMAIL_FILE_PATH`. The same Message-ID is the same file: what is sent twice arrives once."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = practice_folder()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._write(message)
        return len(email_messages)

    def _write(self, message: EmailMessage) -> None:
        parsed = message.message()
        name = "".join(sign for sign in str(parsed["Message-ID"]) if sign.isalnum() or sign in "-.@")
        draft = self.folder / f".{name}.{os.getpid()}"
        draft.write_bytes(parsed.as_bytes())
        # Moved into place whole, so that the page never reads half a mail.
        draft.replace(self.folder / f"{name}.eml")


def practice_folder() -> Path:
    """Where the mails are put."""
    return Path(getattr(settings, "EMAIL_FILE_PATH", "mail"))


def mails_in(folder: Path, limit: int) -> Iterator[Mail]:
    """The newest mails of a folder, newest first."""
    files = sorted(folder.glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    for file in files[:limit]:
        yield _read(email.message_from_bytes(file.read_bytes(), policy=policy.default))


def _read(parsed: ParsedMail) -> Mail:
    body = parsed.get_body(("plain",))
    sent_at = parsedate_to_datetime(str(parsed["Date"]))
    return Mail(
        to=str(parsed["To"]),
        subject=str(parsed["Subject"]),
        body=str(body.get_content()).strip() if body else "",
        # Mail writes UTC as -0000, which is read as no zone at all.
        sent_at=sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC),
    )
