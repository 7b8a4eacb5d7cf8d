"""Who can take the initiative to a SIP."""

from enum import StrEnum


class Initiator(StrEnum):
    """Who took the initiative (*Initiativtagare*)."""

    INDIVIDUAL = "INDIVIDUAL"
    GUARDIAN = "GUARDIAN"
    NEXT_OF_KIN = "NEXT_OF_KIN"
    UNIT = "UNIT"
