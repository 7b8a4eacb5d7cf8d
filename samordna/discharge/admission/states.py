"""How certain a planned discharge is."""

from enum import StrEnum


class Certainty(StrEnum):
    """What the ward knows of the day. Pure words, no Django."""

    CERTAIN = "CERTAIN"
    LIKELY = "LIKELY"
    UNCERTAIN = "UNCERTAIN"
