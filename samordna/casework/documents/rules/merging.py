"""Two people changed the same passage: what can be merged by itself, and what must be chosen. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Merge:
    """`values` holds every field with what nobody disputes; `disputed` names those that both changed."""

    values: dict[str, str]
    disputed: tuple[str, ...] = field(default=())


def merge(base: Mapping[str, str] | None, mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merge:
    """Merge field by field. Without the text that both began from, every difference must be chosen."""
    values: dict[str, str] = {}
    disputed: list[str] = []
    for name, own in mine.items():
        other = theirs.get(name, "")
        began = None if base is None else base.get(name, "")
        if own == other or other == began:
            values[name] = own
        elif own == began:
            values[name] = other
        else:
            values[name] = own
            disputed.append(name)
    return Merge(values, tuple(disputed))


def chosen_text(choice: str, mine: str, theirs: str, edited: str) -> str:
    """What stands after the choice: *Min*, *Deras*, *Båda efter varandra* (theirs first), or the edited text."""
    both = "\n\n".join(text for text in (theirs, mine) if text)
    return {"mine": mine, "theirs": theirs, "both": both, "edited": edited}[choice]
