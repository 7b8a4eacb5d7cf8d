"""What two people wrote of the same passage, side by side with what both began from (S16)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from samordna.casework.documents.presenters.compare import Piece, pieces

# Texts can be joined and edited; of the others one is chosen.
JOINED = frozenset({"text", "needs", "others_do", "situation", "background", "assessment", "recommendation"})


@dataclass(frozen=True)
class ConflictField:
    name: str
    label: str
    base: str
    mine: str
    theirs: str
    mine_pieces: tuple[Piece, ...]
    theirs_pieces: tuple[Piece, ...]
    joined: bool
    unchosen: bool
    edited: str
    choice: str


def conflict_fields(
    disputed: Sequence[str],
    base: Mapping[str, str] | None,
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    labels: Mapping[str, str],
    said: Callable[[str, str], str],
    unchosen: Sequence[str],
    edited: Mapping[str, str],
    choices: Mapping[str, str],
) -> list[ConflictField]:
    """One for each field that both changed. `said` turns a stored value into what people read.

    `edited` and `choices` are what was put together and ticked on the page before it had to be shown again.
    """
    fields = [
        _field(name, "" if base is None else base.get(name, ""), mine, theirs, labels, said, name in unchosen)
        for name in disputed
    ]
    return [
        replace(one, edited=edited.get(one.name, one.edited), choice=choices.get(one.name, ""))
        for one in fields
    ]


def _field(
    name: str,
    began: str,
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    labels: Mapping[str, str],
    said: Callable[[str, str], str],
    unchosen: bool,
) -> ConflictField:
    base, own, other = said(name, began), said(name, mine[name]), said(name, theirs.get(name, ""))
    return ConflictField(
        name=name,
        label=labels[name],
        base=base,
        mine=own,
        theirs=other,
        mine_pieces=pieces(base, own),
        theirs_pieces=pieces(base, other),
        joined=name in JOINED,
        unchosen=unchosen,
        edited=own,
        choice="",
    )
