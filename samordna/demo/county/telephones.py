"""Telephone numbers that the Swedish Post and Telecom Authority keeps free for books and films: nobody has them."""

from collections.abc import Iterator
from itertools import cycle


def landlines() -> Iterator[str]:
    """08-465 004 00 to 97 and 031-390 06 00 to 99; the last two in Stockholm stand in the county's settings."""
    stockholm = [f"08-465 004 {number:02d}" for number in range(98)]
    gothenburg = [f"031-390 06 {number:02d}" for number in range(100)]
    return cycle([*stockholm, *gothenburg])


def mobiles() -> Iterator[str]:
    """070-174 06 05 to 99."""
    return cycle([f"070-174 06 {number:02d}" for number in range(5, 100)])


def homes() -> Iterator[str]:
    """040-628 04 00 to 99 and 0980-319 200 to 299."""
    malmo = [f"040-628 04 {number:02d}" for number in range(100)]
    kiruna = [f"0980-319 2{number:02d}" for number in range(100)]
    return cycle([*malmo, *kiruna])
