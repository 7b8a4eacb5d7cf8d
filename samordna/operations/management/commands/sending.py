"""`sending`: whether notifications leave this machine, and turning that on and off."""

import sys
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samordna.kernel import clock
from samordna.notifications.installation import note_file, this_database
from samordna.notifications.queries import outbox_state, sending
from samordna.notifications.states import Sending
from samordna.operations.sending import turn_off, turn_on

WORDS = {
    Sending.ON: "Sending is on: this machine sends what waits in this database.",
    Sending.NEVER_TURNED_ON: "Sending is off: it has never been turned on for this database.",
    Sending.TURNED_OFF: "Sending is off: an operator turned it off.",
    Sending.NOT_TURNED_ON_HERE: (
        "Sending is off here: it was turned on, but not from this machine. So this is a copy of a database, or another "
        "machine sends."
    ),
    Sending.OTHER_DATABASE: (
        "Sending is off: it was turned on from this machine for a database at another address. So this is a copy, or "
        "the database has moved."
    ),
    Sending.OLDER_THAN_SENT: (
        "Sending is off: the database is older than what this machine has sent. So it has been restored, and what "
        "waits may have been sent before."
    ),
}


class Command(BaseCommand):
    help = (
        "Tells whether notifications are sent. on: this machine sends from this database; off: nobody does."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="?", choices=["status", "on", "off"], default="status")
        parser.add_argument("--reason", default="", help="why it is turned on; kept with it")
        waiting = parser.add_mutually_exclusive_group()
        waiting.add_argument("--send-waiting", action="store_true", help="send all that waits")
        waiting.add_argument(
            "--not-sent-older-than",
            metavar="HOURS",
            type=float,
            help="mark what waits since longer than that as not to be sent (0: all that waits)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        at = clock.now()
        if options["what"] == "on":
            self._turn_on(options, at)
        elif options["what"] == "off":
            turn_off(at=at)
        state = sending()
        self.stdout.write(WORDS[state])
        self.stdout.write(f"Database: {this_database()}. Waiting: {outbox_state().waiting}.")

    def _turn_on(self, options: dict[str, Any], at: datetime) -> None:
        if not options["reason"].strip():
            raise CommandError("Say why, so that it can be read afterwards: --reason '…'")
        waiting = outbox_state()
        if waiting.waiting and not options["send_waiting"] and options["not_sent_older_than"] is None:
            options["not_sent_older_than"] = _asked(waiting.waiting, waiting.oldest_waiting_at)
        hours = options["not_sent_older_than"]
        before = None if hours is None else at - timedelta(hours=hours)
        try:
            done = turn_on(reason=options["reason"].strip()[:200], not_sent_before=before, at=at)
        except OSError as error:
            raise CommandError(
                f"{note_file()} cannot be written ({error.strerror}): nothing was turned on."
            ) from error
        self.stdout.write(f"{done.waiting} will be sent, {done.withheld} are marked as not to be sent.")


def _asked(waiting: int, oldest: datetime | None) -> float | None:
    """What to do with what waits: it may have been sent before. Nobody is there to ask: then the command says how."""
    since = f"{clock.local(oldest):%Y-%m-%d %H:%M}" if oldest else ""
    told = f"{waiting} notifications wait, the oldest since {since}."
    if not sys.stdin.isatty():
        raise CommandError(
            f"{told} Say what becomes of them: --send-waiting, or --not-sent-older-than HOURS."
        )
    answer = input(
        f"{told} Send them all (s), or mark those older than so many hours as not to be sent (number)? "
    )
    if answer.strip().lower() == "s":
        return None
    try:
        return float(answer)
    except ValueError:
        raise CommandError("Nothing was turned on.") from None
