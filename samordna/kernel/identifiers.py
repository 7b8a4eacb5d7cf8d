"""The numbers a person goes by: personal, coordination, national and local reserve numbers.

Formats and check digits after Skatteverket's and Inera's descriptions. Personal and coordination
numbers have Luhn's check digit over the ten last digits. The national reserve number is
`XXYYMMDDNNGC`: XX is the century plus a multiple of three, or 00 when the date of birth is unknown.
Of local numbers only the form is checked: sources disagree about their check digits.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from samordna.kernel import clock
from samordna.kernel.text import normalized, plain_dashes


class Kind(StrEnum):
    """What sort of number it is."""

    PERSONAL = "personal"
    COORDINATION = "coordination"
    NATIONAL_RESERVE = "national_reserve"
    LOCAL_RESERVE = "local_reserve"


class Sex(StrEnum):
    """What the number says."""

    WOMAN = "woman"
    MAN = "man"


class IdentifierError(ValueError):
    """The text is not a valid number. `code` is for tests and logs, `message` for the one who typed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class LocalFormat:
    """A region's own reserve number, after normalisation to twelve characters.

    `date_of_birth` tells whether the first eight are one. `check` tells whether the last ten
    digits follow Luhn, where that is agreed upon.
    """

    code: str
    pattern: str
    date_of_birth: bool = True
    check: bool = False


# Which of them a county takes is its setting; the order is from the narrowest to the widest.
LOCAL_FORMATS = (
    LocalFormat("stockholm", r"99(?:19|20)\d{8}", date_of_birth=False),
    LocalFormat("vgr", r"\d{8}[KMX]\d{3}"),
    LocalFormat("varmland", r"\d{8}[A-Z0-9][FUXPL][A-Z0-9]{2}"),
    LocalFormat("orebro", r"\d{8}T[A-Z0-9]\d[A-Z0-9]"),
    LocalFormat("carelink", r"\d{6}(?:3[2-9]|4\d|5\d)\d{4}", date_of_birth=False, check=True),
    LocalFormat("skane", r"\d{8}(?=[A-Z0-9]*[A-Z])[A-Z0-9]{4}"),
)

_SEPARATORS = re.compile(r"[\s.-]")
_NATIONAL_RESERVE = re.compile(r"\d{8}[A-HJ-NPR-UX-Z]{2}[A-HJ-NPR-UX-Z0-9]\d")
_COORDINATION_OFFSET = 60
_MONTHS, _LONGEST_MONTH = 12, 31
_HUNDRED = 100
_OLDEST = 130


@dataclass(frozen=True, slots=True)
class Identifier:
    """A valid number. `value` is always twelve characters; `local_format` is set for local ones only."""

    kind: Kind
    value: str
    local_format: str = ""

    @property
    def shown(self) -> str:
        """ÅÅÅÅMMDD-NNNN."""
        return f"{self.value[:8]}-{self.value[8:]}"

    @property
    def birth_date(self) -> date | None:
        """The date that the number says, or None. The real day of birth may be another.

        A coordination number may have month 00, or 60 for the day, when it is not known.
        """
        year, month, day = self.value[:4], int(self.value[4:6]), int(self.value[6:8])
        if self.kind == Kind.NATIONAL_RESERVE:
            year = f"{_national_century(self.value)}{self.value[2:4]}"
        if self.kind == Kind.COORDINATION:
            day -= _COORDINATION_OFFSET
        if self.kind == Kind.LOCAL_RESERVE and not _local(self.local_format).date_of_birth:
            return None
        return _date_or_none(int(year), month, day)

    @property
    def sex(self) -> Sex | None:
        """Odd is man, even is woman, in the eleventh place; None when the number does not say."""
        if self.kind == Kind.LOCAL_RESERVE or not self.value[10].isdigit():
            return None
        return Sex.MAN if int(self.value[10]) % 2 else Sex.WOMAN


def parse(
    text: str, *, today: date | None = None, local_formats: Sequence[LocalFormat] = LOCAL_FORMATS
) -> Identifier:
    """Read a number as people write it: 10 or 12 characters, with or without blanks, `-` and `+`.

    Ten digits mean the latest date that is not in the future; with `+`, the latest year in which one turns a hundred
    or more this year. Raises `IdentifierError` whose message says what is wrong: nothing written, wrong
    length, letters where they cannot be, impossible date, date in the future, `+` in the number of somebody younger,
    wrong check digit.
    """
    today = today or clock.today(clock.now())
    compact = _compact(text)
    hundred = compact[6:7] == "+" or compact[8:9] == "+"
    value = compact.replace("+", "", 1) if hundred else compact
    _check_characters(value)
    if hundred and len(value) == 12 and value.isdigit() and today.year - int(value[:4]) < _HUNDRED:
        raise IdentifierError("plus", _("The sign + is written from the year in which one turns a hundred."))
    if len(value) == 10:
        value = _with_century(value, today, hundred=hundred)
    if value.isdigit() and not any(_fits(value, known) for known in local_formats):
        return _personal_or_coordination(value, today)
    return _reserve(value, today, local_formats)


def readings(
    text: str, *, today: date | None = None, local_formats: Sequence[LocalFormat] = LOCAL_FORMATS
) -> tuple[Identifier, ...]:
    """What the text can stand for: first what `parse` says; of ten digits without `+` also the century before.

    Raises as `parse`.
    """
    today = today or clock.today(clock.now())
    first = parse(text, today=today, local_formats=local_formats)
    if len(_compact(text)) != 10:
        return (first,)
    earlier = f"{int(first.value[:2]) - 1}{first.value[2:]}"
    try:
        return first, parse(earlier, today=today, local_formats=local_formats)
    except IdentifierError:
        return (first,)


def _compact(text: str) -> str:
    # Wide digits and signs, as some keyboards write them, are the ordinary ones.
    return _SEPARATORS.sub("", plain_dashes(normalized("NFKC", text)).upper())


def luhn_ok(digits: str) -> bool:
    """Luhn's check (modulus 10, weights 2 and 1 from the right) over digits and their check digit."""
    return _luhn_digit([int(digit) for digit in digits[:-1]]) == int(digits[-1])


def _check_characters(value: str) -> None:
    if not value:
        raise IdentifierError("empty", _("Write the personal identity number."))
    if not (value.isascii() and value.isalnum()):
        raise IdentifierError(
            "characters", _("The number has a character that cannot be in it. Write digits: YYYYMMDD-NNNN.")
        )
    if len(value) not in (10, 12):
        raise IdentifierError(
            "length",
            _("The number has %(count)d characters. It must have 12 (YYYYMMDD-NNNN) or 10 (YYMMDD-NNNN).")
            % {"count": len(value)},
        )


def _with_century(value: str, today: date, *, hundred: bool) -> str:
    if not value.isdigit():
        raise IdentifierError("century", _("Write a reserve number with all its 12 characters."))
    latest = today.year // 100
    for century in (latest, latest - 1, latest - 2):
        dated = f"{century}{value}"
        year = int(dated[:4])
        if _can_be_born(dated, today) and not (hundred and today.year - year < _HUNDRED):
            return dated
    raise _no_such_date()


def _can_be_born(value: str, today: date) -> bool:
    """Whether the first eight of twelve digits say a day that has been; of one that is partly unknown, the rest."""
    year, month, day = int(value[:4]), int(value[4:6]), int(value[6:8])
    if day >= _COORDINATION_OFFSET:
        day -= _COORDINATION_OFFSET
        if _partly_unknown(month, day):
            return (year, month) <= (today.year, today.month)
    born = _date_or_none(year, month, day)
    return born is not None and born <= today


def _partly_unknown(month: int, day: int) -> bool:
    return (month == 0 or day == 0) and month <= _MONTHS and day <= _LONGEST_MONTH


def _personal_or_coordination(value: str, today: date) -> Identifier:
    month, day = int(value[4:6]), int(value[6:8]) - _COORDINATION_OFFSET
    identifier = Identifier(Kind.COORDINATION if day >= 0 else Kind.PERSONAL, value)
    born = identifier.birth_date
    if born is None and day >= 0 and _partly_unknown(month, day):
        # As early as it may have been: of the year alone it is known whether it has come.
        born = date(int(value[:4]), max(month, 1), 1)
    _check_birth_date(born, today)
    if not luhn_ok(value[2:]):
        raise _wrong_check_digit()
    if value[8:11] == "000":
        raise IdentifierError(
            "serial", _("No number has 000 after the date. Check the digits after the hyphen.")
        )
    return identifier


def _reserve(value: str, today: date, local_formats: Sequence[LocalFormat]) -> Identifier:
    for known in local_formats:
        if _fits(value, known):
            return _local_reserve(value, today, known)
    if _NATIONAL_RESERVE.fullmatch(value) and not "01" <= value[:2] <= "20":
        return _national_reserve(value, today)
    raise IdentifierError(
        "format", _("The number has letters but is not a reserve number that is known here.")
    )


def _local_reserve(value: str, today: date, known: LocalFormat) -> Identifier:
    identifier = Identifier(Kind.LOCAL_RESERVE, value, known.code)
    if known.date_of_birth:
        _check_birth_date(identifier.birth_date, today)
    if known.check and not luhn_ok(value[2:]):
        raise _wrong_check_digit()
    return identifier


def _national_reserve(value: str, today: date) -> Identifier:
    identifier = Identifier(Kind.NATIONAL_RESERVE, value)
    if value[:2] != "00":
        _check_birth_date(identifier.birth_date, today)
    elif not ("20" <= value[4:6] <= "99" and "40" <= value[6:8] <= "59"):
        raise _no_such_date()
    if _luhn_digit([ord(sign) if sign.isalpha() else int(sign) for sign in value[:11]]) != int(value[11]):
        raise _wrong_check_digit()
    return identifier


def _luhn_digit(values: Sequence[int]) -> int:
    total = 0
    for place, number in enumerate(reversed(values)):
        total += sum(int(digit) for digit in str(number * (2 - place % 2)))
    return -total % 10


def _national_century(value: str) -> int:
    # 21 and 24 mean 18, 22 and 25 mean 19, 23 and 26 mean 20; after 00 stands no month, whatever the century.
    return 18 + int(value[:2]) % 3


def _fits(value: str, known: LocalFormat) -> bool:
    return re.fullmatch(known.pattern, value) is not None and not (
        known.date_of_birth and not "18" <= value[:2] <= "20"
    )


def _local(code: str) -> LocalFormat:
    unknown = LocalFormat(code, "", date_of_birth=False)
    return next((known for known in LOCAL_FORMATS if known.code == code), unknown)


def _check_birth_date(born: date | None, today: date) -> None:
    if born is None:
        raise _no_such_date()
    if born > today:
        raise IdentifierError(
            "future", _("The date of birth has not been yet. Check the first eight digits.")
        )
    if today.year - born.year > _OLDEST:
        raise IdentifierError(
            "too_old", _("The date of birth is more than 130 years ago. Check the first four digits.")
        )


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_such_date() -> IdentifierError:
    return IdentifierError("date", _("There is no such date. Check year, month and day in the number."))


def _wrong_check_digit() -> IdentifierError:
    return IdentifierError(
        "check_digit", _("The last digit does not fit the others. Check the number: a digit is wrong.")
    )
