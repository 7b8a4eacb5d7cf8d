"""What an installation is told by its environment, read with every fault named: an operator mends them all at once."""

import os
import re
from collections.abc import Callable, Mapping
from email.utils import parseaddr
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

Value = TypeVar("Value")

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SECRET_LENGTH = 50
# As Django's own check (security.W009) asks: a key of one sign fifty times is none.
SECRET_SIGNS = 5
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")


def number(name: str, default: int, given: Mapping[str, str] = os.environ, *, most: int | None = None) -> int:
    """A whole number of the environment, above zero, at most `most`; the program starts with nothing else."""
    value = given.get(name, "") or str(default)
    right = value.isascii() and value.isdigit() and int(value) > 0
    if not right or (most is not None and int(value) > most):
        limit = f", at most {most}" if most is not None else ""
        raise ImproperlyConfigured(f"{name} is {value!r}: give a whole number above zero{limit}.")
    return int(value)


def level(given: Mapping[str, str] = os.environ) -> str:
    """From which level on lines are written."""
    value = given.get("SAMORDNA_LOG_LEVEL", "") or "INFO"
    if value not in LEVELS:
        raise ImproperlyConfigured(f"SAMORDNA_LOG_LEVEL is {value!r}: give one of {', '.join(LEVELS)}.")
    return value


class Environment:
    """What is read of it is right, or has a fault that is kept. `demand_all` refuses to go on then, and tells all."""

    def __init__(self, given: Mapping[str, str] = os.environ) -> None:
        self._given = given
        self._faults: list[str] = []

    def secret(self, name: str) -> str:
        """A key that nobody guesses."""
        value = self.required(
            name, f"sessions are signed with it; give at least {SECRET_LENGTH} random characters"
        )
        if value and (len(value) < SECRET_LENGTH or len(set(value)) < SECRET_SIGNS):
            # Not a word of the key itself: this sentence comes to a log.
            self._faults.append(
                f"{name} has {len(value)} characters, {len(set(value))} of them different: "
                f"give at least {SECRET_LENGTH} random ones."
            )
        return value

    def hosts(self, name: str) -> list[str]:
        """Host names as they stand in an address, without its other parts."""
        value = self.required(name, "give the host names of the site, with commas between")
        found = [item.strip() for item in value.split(",") if item.strip()]
        wrong = [host for host in found if not _HOST.fullmatch(host)]
        if wrong or (value and not found):
            self._faults.append(
                f"{name} holds {', '.join(wrong) or 'no name'}: "
                "give names such as sip.example.se, without https://, port or *."
            )
        return found

    def address(self, name: str) -> str:
        """A mail address, with or without a name before it."""
        value = self.required(name, "notifications are sent from it; give a mail address")
        try:
            validate_email(parseaddr(value)[1]) if value else None
        except ValidationError:
            self._faults.append(f"{name} is {value!r}: give a mail address.")
        return value

    def switch(self, name: str) -> bool:
        """1 or 0; anything else could mean either."""
        value = self._given.get(name, "")
        if value not in {"", "0", "1"}:
            self._faults.append(f"{name} is {value!r}: give 1 or 0.")
        return value == "1"

    def pair(self, first: str, second: str) -> tuple[str, str]:
        """Two that make sense together only."""
        one, two = self._given.get(first, ""), self._given.get(second, "")
        if bool(one) != bool(two):
            self._faults.append(f"{first} and {second} belong together: give both or none.")
        return one, two

    def number(self, name: str, default: int, *, most: int | None = None) -> int:
        """As `number`, its fault told together with the others."""
        return self.read(lambda: number(name, default, self._given, most=most), default)

    def level(self) -> str:
        """As `level`, its fault told together with the others."""
        return self.read(lambda: level(self._given), LEVELS[1])

    def read(self, read: Callable[[], Value], instead: Value) -> Value:
        """What is read, or `instead` where it is faulty."""
        try:
            return read()
        except ImproperlyConfigured as fault:
            self._faults.append(str(fault))
            return instead

    def required(self, name: str, why: str) -> str:
        """A text that has to be there."""
        value = self._given.get(name, "").strip()
        if not value:
            self._faults.append(f"{name} is not set: {why}.")
        return value

    def demand_all(self) -> None:
        """Refuse to start, in one sentence per fault, however often the settings are read."""
        if self._faults:
            raise ImproperlyConfigured("\n".join(dict.fromkeys(self._faults)))
