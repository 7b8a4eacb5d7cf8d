"""The number of a case that is said on the phone: "SIP 2026-00012-K".

Year, counter within the year, and a check character that finds every single wrong digit and
every two neighbouring digits that changed places. It says nothing about the person.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samordna.kernel.text import plain_dashes

# 23 letters, a prime: without I, O and Q, which are taken for 1 and 0.
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_WRITTEN = re.compile(r"(?:[A-Z]{3}\s*)?(?P<year>\d{4})\s*-?\s*(?P<counter>\d{1,8})\s*-?\s*(?P<check>[A-Z])")


class CaseNumberError(ValueError):
    """What was typed is not a case number; the message says why."""


@dataclass(frozen=True, slots=True, order=True)
class CaseNumber:
    """Year and counter. `str` gives "2026-00012-K"."""

    year: int
    counter: int

    @property
    def check(self) -> str:
        """The check character."""
        return _LETTERS[int(f"{self.year}{self.counter:05d}") % len(_LETTERS)]

    def __str__(self) -> str:
        return f"{self.year}-{self.counter:05d}-{self.check}"

    def shown(self, kind: str = "SIP") -> str:
        """ "SIP 2026-00012-K"."""
        return f"{kind} {self}"


def parse_case_number(text: str) -> CaseNumber:
    """Read a number as people write it: with or without kind, hyphens, zeros first, capitals.

    Refused with the reason: not the form of a case number, or a check character that does not fit.
    """
    match = _WRITTEN.fullmatch(plain_dashes(text).strip().upper())
    if match is None or int(match["counter"]) == 0:
        raise CaseNumberError(_("Write the case number as 2026-00012-K: year, number and letter."))
    number = CaseNumber(int(match["year"]), int(match["counter"]))
    if number.check != match["check"]:
        raise CaseNumberError(
            _("The letter does not fit the number. Check the digits: one of them is probably wrong.")
        )
    return number
