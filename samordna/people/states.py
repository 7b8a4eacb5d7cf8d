"""Words about the individual: protection, where the name comes from, who stands beside them."""

from enum import StrEnum


class Protection(StrEnum):
    """Protected identity (skyddade personuppgifter), three levels of the population register."""

    NONE = "NONE"
    CONFIDENTIALITY_MARK = "CONFIDENTIALITY_MARK"
    PROTECTED_REGISTRATION = "PROTECTED_REGISTRATION"
    FICTITIOUS = "FICTITIOUS"


class NameSource(StrEnum):
    TYPED = "TYPED"
    REGISTER = "REGISTER"


class Relation(StrEnum):
    GUARDIAN = "GUARDIAN"
    TRUSTEE = "TRUSTEE"
    NEXT_OF_KIN = "NEXT_OF_KIN"
    OTHER = "OTHER"
