"""Words about the individual: protection, where the name comes from, who stands beside them."""

from enum import StrEnum


class Protection(StrEnum):
    """Protected identity (skyddade personuppgifter), three levels of the population register."""

    NONE = "NONE"
    CONFIDENTIALITY_MARK = "CONFIDENTIALITY_MARK"
    PROTECTED_REGISTRATION = "PROTECTED_REGISTRATION"
    FICTITIOUS = "FICTITIOUS"


class ProtectionAct(StrEnum):
    """What is done to a protection by those alone whom the county has named."""

    LOWERED = "LOWERED"
    OPENED = "OPENED"


class NameSource(StrEnum):
    TYPED = "TYPED"
    REGISTER = "REGISTER"


class Relation(StrEnum):
    GUARDIAN = "GUARDIAN"
    TRUSTEE = "TRUSTEE"
    NEXT_OF_KIN = "NEXT_OF_KIN"
    OTHER = "OTHER"


class IdentityKind(StrEnum):
    """What was done to who somebody is (L-12)."""

    # A lasting number for somebody who went by a reserve or coordination number.
    LINKED = "LINKED"
    # The population register has changed the number of the same person.
    NEW_NUMBER = "NEW_NUMBER"
    # The case was made on the wrong number and moved to the right person.
    CORRECTED = "CORRECTED"
