"""What two people wrote of the same passage, side by side with what both began from (S16)."""

from dataclasses import dataclass

from samordna.casework.documents.presenters.compare import Piece, pieces


@dataclass(frozen=True)
class ConflictField:
    """One field that both changed. Texts can be `joined` and edited; of the others one is chosen.

    `edited` and `choice` are what was put together and ticked on the page before it had to be shown again.
    """

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


def conflict_field(
    name: str, label: str, *, base: str, mine: str, theirs: str, joined: bool, unchosen: bool, edited: str | None,
    choice: str,
) -> ConflictField:  # fmt: skip
    """From what people read: `base` is what both began from. Until something is `edited` the own text stands there."""
    return ConflictField(
        name=name,
        label=label,
        base=base,
        mine=mine,
        theirs=theirs,
        mine_pieces=pieces(base, mine),
        theirs_pieces=pieces(base, theirs),
        joined=joined,
        unchosen=unchosen,
        edited=mine if edited is None else edited,
        choice=choice,
    )
