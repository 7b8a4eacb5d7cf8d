"""Two texts beside each other: what was added and what was struck, in words and not by colour alone."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, STRUCK = "same", "added", "struck"
_TOKENS = re.compile(r"\s+|[^\s]+")
_MOST_TOKENS = 4000


@dataclass(frozen=True)
class Piece:
    """A run of a text: the same in both, added, or struck."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One passage that differs. `by` wrote the newer one."""

    label: str
    pieces: tuple[Piece, ...]
    by: str


@dataclass(frozen=True)
class Section:
    heading: str
    changes: tuple[Change, ...]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The newer text with what was added and struck marked, word by word."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        return tuple(piece for piece in (Piece(STRUCK, before), Piece(ADDED, after)) if piece.text)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, "".join(new[c:d])))
            continue
        found += [p for p in (Piece(STRUCK, "".join(old[a:b])), Piece(ADDED, "".join(new[c:d]))) if p.text]
    return tuple(found)


def change(label: str, before: str, after: str, by: str = "") -> list[Change]:
    """None or one: what differs between the two texts of one passage."""
    return [] if before == after else [Change(str(label), pieces(before, after), by)]
