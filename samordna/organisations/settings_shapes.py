"""The shapes that a setting's value may have: what is stored (JSON), when it is refused, what is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Protocol, get_args

from django.utils.translation import gettext_lazy as _

from samordna.kernel.refusal import Refusal
from samordna.kernel.workingdays import Deadline
from samordna.organisations.states import PrincipalKind

DEADLINE_KINDS: tuple[str, ...] = get_args(Deadline.__annotations__["kind"])
LONGEST_DEADLINE = 1000
CODE_PARTS = ("PLAN", "FOLLOW_UP", "EVALUATION")

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_CODE = re.compile(r"[A-ZÅÄÖ0-9]{2,10}")


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """A code to register after a part, for those whose principal is of one of these kinds (V-57)."""

    code: str
    after: frozenset[str]
    principal_kinds: frozenset[str]


class Shape(Protocol):
    """`merges` tells that a narrower value replaces the wider one key by key instead of whole."""

    @property
    def merges(self) -> bool: ...

    def problem(self, value: object) -> Refusal | None: ...

    def read(self, value: Any) -> object: ...


def _wrong(message: Any, field: str = "value") -> Refusal:
    return Refusal("setting.wrong_value", message, field=field)


@dataclass(frozen=True, slots=True)
class YesNo:
    merges: bool = False

    def problem(self, value: object) -> Refusal | None:
        return None if isinstance(value, bool) else _wrong(_("Choose yes or no."))

    def read(self, value: Any) -> bool:
        return bool(value)


@dataclass(frozen=True, slots=True)
class Number:
    low: int
    high: int
    merges: bool = False

    def problem(self, value: object) -> Refusal | None:
        if isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high:
            return None
        return _wrong(
            _("Write a whole number from %(low)d to %(high)d.") % {"low": self.low, "high": self.high}
        )

    def read(self, value: Any) -> int:
        return int(value)


@dataclass(frozen=True, slots=True)
class Text:
    limit: int
    merges: bool = False

    def problem(self, value: object) -> Refusal | None:
        return _text_problem(value, self.limit, "value")

    def read(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Lines:
    """A list to choose from, in its order."""

    most: int
    limit: int
    merges: bool = False

    def problem(self, value: object) -> Refusal | None:
        if not isinstance(value, list) or not value:
            return _wrong(_("Write at least one line."))
        if len(value) > self.most:
            return _wrong(_("Write at most %(most)d lines.") % {"most": self.most})
        if len(set(value)) < len(value):
            return _wrong(_("The same line stands twice."))
        return next((found for line in value if (found := _text_problem(line, self.limit, "value"))), None)

    def read(self, value: Any) -> tuple[str, ...]:
        return tuple(str(line) for line in value)


@dataclass(frozen=True, slots=True)
class Texts:
    """A text for each of some keys."""

    keys: tuple[str, ...]
    limit: int
    merges: bool = True

    def problem(self, value: object) -> Refusal | None:
        if not isinstance(value, dict) or not set(value) <= set(self.keys):
            return _wrong(_("There is no such field."))
        return next((p for key, text in value.items() if (p := _text_problem(text, self.limit, key))), None)

    def read(self, value: Any) -> Mapping[str, str]:
        return {key: str(text) for key, text in value.items()}


@dataclass(frozen=True, slots=True)
class Several:
    """At least one of some keys."""

    keys: tuple[str, ...]
    merges: bool = False

    def problem(self, value: object) -> Refusal | None:
        return None if _chosen(value, self.keys) else _wrong(_("Choose at least one."))

    def read(self, value: Any) -> frozenset[str]:
        return frozenset(value)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """A deadline for each of some keys: {"kind": "working_days", "amount": 1, "hour": "16:00"}."""

    keys: tuple[str, ...]
    merges: bool = True

    def problem(self, value: object) -> Refusal | None:
        if not isinstance(value, dict) or not set(value) <= set(self.keys):
            return _wrong(_("There is no such field."))
        return next((p for key, deadline in value.items() if (p := _deadline_problem(key, deadline))), None)

    def read(self, value: Any) -> Mapping[str, Deadline]:
        return {
            key: Deadline(kind=part["kind"], amount=part["amount"], hour=time.fromisoformat(part["hour"]))
            for key, part in value.items()
        }


@dataclass(frozen=True, slots=True)
class Codes:
    most: int
    merges: bool = False

    def problem(self, value: object) -> Refusal | None:
        if not isinstance(value, list) or len(value) > self.most:
            return _wrong(_("Write at most %(most)d codes.") % {"most": self.most})
        return next((p for place, code in enumerate(value) if (p := code_problem(place, code))), None)

    def read(self, value: Any) -> tuple[ProcedureCode, ...]:
        return tuple(
            ProcedureCode(part["code"], frozenset(part["after"]), frozenset(part["principal_kinds"]))
            for part in value
        )


def _text_problem(value: object, limit: int, field: str) -> Refusal | None:
    if not isinstance(value, str) or not value.strip():
        return _wrong(_("Write a text."), field)
    if len(value) > limit:
        return _wrong(_("The text may have at most %(limit)d characters.") % {"limit": limit}, field)
    return None


def _deadline_problem(key: str, value: object) -> Refusal | None:
    if not isinstance(value, dict) or value.get("kind") not in DEADLINE_KINDS:
        return _wrong(_("Choose hours, calendar days or working days."), f"{key}_kind")
    amount = value.get("amount")
    # Zero hours would be overdue at once; zero days means the same day.
    low = 1 if value["kind"] == "hours" else 0
    if not isinstance(amount, int) or isinstance(amount, bool) or not low <= amount <= LONGEST_DEADLINE:
        message = _("Write a whole number from %(low)d to %(high)d.")
        return _wrong(message % {"low": low, "high": LONGEST_DEADLINE}, f"{key}_amount")
    if not _HOUR.fullmatch(str(value.get("hour", ""))):
        return _wrong(_("Write the time as 16.00."), f"{key}_hour")
    return None


def code_problem(place: int, value: object) -> Refusal | None:
    """What is wrong with one code; `place` is its row, which the field is named after."""
    if not isinstance(value, dict) or not _CODE.fullmatch(str(value.get("code", ""))):
        return _wrong(_("Write the code with capitals and digits, such as AU124."), f"code_{place}")
    if not _chosen(value.get("after"), CODE_PARTS):
        return _wrong(_("Choose at least one part."), f"after_{place}")
    if not _chosen(value.get("principal_kinds"), [kind.value for kind in PrincipalKind]):
        return _wrong(_("Choose at least one kind of principal."), f"principal_kinds_{place}")
    return None


def _chosen(value: object, among: Sequence[str]) -> bool:
    return isinstance(value, list) and bool(value) and set(value) <= set(among)
