"""When to try again, and when to give up."""

import smtplib
from datetime import timedelta

MINUTES_UNTIL_NEXT_TRY = (1, 5, 15, 30, 60, 120, 240)
LEASE = timedelta(minutes=5)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after that many tries; None when there is nothing more to try."""
    if attempts > len(MINUTES_UNTIL_NEXT_TRY):
        return None
    return timedelta(minutes=MINUTES_UNTIL_NEXT_TRY[attempts - 1])


def is_permanent(error: Exception) -> bool:
    """Whether trying again cannot help: the server refused the address or the mail for good.

    A refused sender or login is our own set-up: it is mended, and then the mail goes.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(_refused_for_good(code) for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused_for_good(error.smtp_code)
    # An address or a subject that cannot stand in a mail at all.
    return isinstance(error, ValueError)


def in_short(error: Exception) -> str:
    """What is kept of an error: its kind and code. The server's own words may repeat an address."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((code for code, _text in error.recipients.values()), None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _refused_for_good(code: int) -> bool:
    return 500 <= code < 600
