"""What never stands in the project: a living person's number, and the names of the machine it was written on."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, published, shown, text_of

LISTED = frozenset(
    line.replace("-", "")
    for line in (ROOT / "tests" / "data" / "test_numbers.txt").read_text().splitlines()
    if line and not line.startswith("#")
)

pytestmark = pytest.mark.once("sqlite")
# Ten or twelve digits standing alone; not a part of a digest, an id or a longer number.
SHAPE = re.compile(r"(?<![\w.-])(?P<century>\d{2})?(?P<six>\d{6})(?P<sign>[-+]?)(?P<four>\d{4})(?![\w-])")


def luhn(ten: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(ten)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def is_date(eight: str) -> bool:
    day = int(eight[6:])
    try:
        # A coordination number has 60 added to its day.
        date(int(eight[:4]), int(eight[4:6]), day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True


def is_test_number(twelve: str) -> bool:
    year, birth_number = int(twelve[:4]), twelve[8:11]
    if 1976 <= year <= 2013 and year != 1990:
        return birth_number in {"238", "239"}
    if 1890 <= year <= 1909:
        return birth_number in {"980", "981"}
    return twelve in LISTED


def readings(match: re.Match[str]) -> list[str]:
    """The numbers that the digits can stand for: ten digits do not say the century."""
    ten = match["six"] + match["four"]
    centuries = [match["century"]] if match["century"] else ["18", "19", "20"]
    return [century + ten for century in centuries]


def numbers_of_people(text: str) -> list[str]:
    found = []
    for match in SHAPE.finditer(text):
        ten = match["six"] + match["four"]
        possible = [twelve for twelve in readings(match) if is_date(twelve[:8]) and luhn(ten)]
        # 18xx alone is no living person, and would make every other number of ten digits suspect.
        living = [twelve for twelve in possible if twelve[:2] != "18"]
        if living and not any(is_test_number(twelve) for twelve in possible):
            found.append(match[0])
    return found


def test_no_personal_number_but_test_numbers() -> None:
    found = {shown(path): numbers for path in published() if (numbers := numbers_of_people(text_of(path)))}
    assert found == {}


@pytest.mark.parametrize(
    "shape", ["{0}{1}-{2}", "{0}{1}{2}", "{1}-{2}", "{1}{2}", "x = '{1}-{2}'", "({0}{1}-{2})"]
)
def test_the_search_finds_a_number_that_may_be_a_person(shape: str) -> None:
    # Put together here, since it must not stand in the tree: valid, and not among the test numbers.
    day, birth_number = "850214", "010"
    check = next(digit for digit in "0123456789" if luhn(day + birth_number + digit))
    assert numbers_of_people(shape.format("19", day, birth_number + check))
    test_check = next(digit for digit in "0123456789" if luhn(day + "238" + digit))
    assert not numbers_of_people(shape.format("19", day, "238" + test_check))


def places_of_this_machine() -> list[str]:
    folders = [ROOT.parent, Path.home()]
    return [f"{folder}/" for folder in folders if folder != Path("/")]


@pytest.mark.parametrize("place", places_of_this_machine())
def test_no_path_of_this_machine(place: str) -> None:
    assert [shown(path) for path in published() if place in text_of(path)] == []


def test_the_locks_name_no_address() -> None:
    locks = [path for path in published() if path.parent == ROOT / "requirements"]
    assert locks
    assert [
        shown(path) for path in locks if re.search(r"://|^-i |index-url|find-links", text_of(path), re.M)
    ] == []
