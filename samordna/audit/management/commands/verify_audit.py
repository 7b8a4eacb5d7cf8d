from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.audit.queries import Damage, Finding, is_known, last_seal, verify

WORDS = {
    Damage.ALTERED: gettext_lazy("Entry %(row)d has been altered."),
    Damage.DELETED: gettext_lazy("Entry %(row)d has been deleted."),
    Damage.INSERTED: gettext_lazy("Entry %(row)d has been put in afterwards."),
    Damage.CUT: gettext_lazy("The end of the log has been cut off after entry %(row)d."),
    Damage.SEAL_ALTERED: gettext_lazy("Seal %(row)d has been altered."),
    Damage.SEAL_MISSING: gettext_lazy("Seal %(row)d is missing."),
    Damage.UNSEALED: gettext_lazy(
        "Entry %(row)d and what follows have no seal, although newer ones came more than an hour later: "
        "the worker is not running, or the seals have been taken away."
    ),
    Damage.LINKS_ALTERED: gettext_lazy("The persons of entry %(row)d have been altered."),
}


class Command(BaseCommand):
    help = "Tells whether the log has been altered, added to, cut or emptied; ends with 1 when it has."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--known", action="append", default=[], metavar="NUMBER:DIGEST",
            help="a seal noted elsewhere (the server's log has them as audit.sealed)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        told = [*map(_in_words, verify()), *_unknown(options["known"]), *_witnessed()]
        for sentence in told:
            self.stdout.write(sentence)
        if told:
            raise CommandError(
                _("The log is not whole. Save the database as it is and call the one responsible.")
            )
        self.stdout.write(_("The log is whole."))
        newest = last_seal()
        if newest is not None:
            self.stdout.write(
                _("Newest seal: %(seal)s. Note it somewhere else.")
                % {"seal": f"{newest.number}:{newest.digest}"}
            )


def _in_words(finding: Finding) -> str:
    return str(WORDS[finding.damage]) % {"row": finding.row}


def _witnessed() -> Iterator[str]:
    """What rooms above, which this one does not know, have seen done that the log does not tell of."""
    witness: Callable[[], Iterator[str]] = import_string(settings.LOG_WITNESS)
    return witness()


def _unknown(noted: list[str]) -> list[str]:
    return [
        _("Seal %(seal)s is not as it was noted.") % {"seal": seal} for seal in noted if not _stands(seal)
    ]


def _stands(seal: str) -> bool:
    number, _colon, digest = seal.partition(":")
    return number.isdigit() and is_known(int(number), digest)
