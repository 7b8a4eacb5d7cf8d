"""What hangs on somebody's work in numbers. A room above counts it; no case is shown and nobody named."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple


class Hanging(NamedTuple):
    """How many ongoing cases are coordinated and handled, and how much in them is begun and not signed."""

    coordinates: int = 0
    handles: int = 0
    drafts: int = 0

    @property
    def some(self) -> bool:
        """Whether there is anything."""
        return any(self)

    @property
    def seen(self) -> str:
        """What the page was shown, compared when its form is sent."""
        return "-".join(map(str, self))


# By assignment.
CountHanging = Callable[[Collection[int]], Mapping[int, Hanging]]


def together(counted: Iterable[Hanging]) -> Hanging:
    """The sum of several."""
    return Hanging(*map(sum, zip(Hanging(), *counted, strict=True)))
