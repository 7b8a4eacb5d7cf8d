"""The words of the county's tree: levels, principals, kinds of care."""

from enum import StrEnum


class Level(StrEnum):
    """How far down the tree a place is. Only a UNIT receives messages and takes part in cases."""

    PRINCIPAL = "PRINCIPAL"
    DEPARTMENT = "DEPARTMENT"
    OPERATION = "OPERATION"
    UNIT = "UNIT"


class PrincipalKind(StrEnum):
    REGION = "REGION"
    MUNICIPALITY = "MUNICIPALITY"
    PRIVATE = "PRIVATE"
    STATE = "STATE"


class CareKind(StrEnum):
    """Kind of care of a unit: what the address book filters on."""

    INPATIENT = "INPATIENT"
    PRIMARY_CARE = "PRIMARY_CARE"
    SPECIALIST_OUTPATIENT = "SPECIALIST_OUTPATIENT"
    PSYCHIATRIC_OUTPATIENT = "PSYCHIATRIC_OUTPATIENT"
    REHABILITATION = "REHABILITATION"
    HOME_CARE = "HOME_CARE"
    HOME_HEALTH_CARE = "HOME_HEALTH_CARE"
    ASSISTANCE = "ASSISTANCE"
    SPECIAL_HOUSING = "SPECIAL_HOUSING"
    DISABILITY_SUPPORT = "DISABILITY_SUPPORT"
    SOCIAL_SERVICES = "SOCIAL_SERVICES"
    PUPIL_HEALTH = "PUPIL_HEALTH"
    SCHOOL = "SCHOOL"
    AUTHORITY = "AUTHORITY"
    OTHER = "OTHER"
