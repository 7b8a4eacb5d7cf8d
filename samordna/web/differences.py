"""What differs between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import Enum

_WORDS = re.compile(r"\s+|[^\s]+")


class Change(Enum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    STRUCK = "struck"


def word_changes(before: str, after: str) -> Iterator[tuple[Change, str]]:
    """The pieces in reading order. Those that are not struck make up `after`, those not added `before`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield Change.SAME, "".join(old[old_start:old_end])
            continue
        if old_end > old_start:
            yield Change.STRUCK, "".join(old[old_start:old_end])
        if new_end > new_start:
            yield Change.ADDED, "".join(new[new_start:new_end])
