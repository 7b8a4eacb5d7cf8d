"""Django looks for models here; each subject has its own module."""

from samordna.cases.models.asking import ExistenceQuestion
from samordna.cases.models.case import Case, CaseCounter, CaseReading, PersonCorrection, Round
from samordna.cases.models.joining import JoinRequest
from samordna.cases.models.participation import (
    Consent,
    CoordinatorTerm,
    NamedReader,
    Participation,
    UnitHandler,
)
from samordna.cases.models.worklist import UnitCase, WorklistRenewal

__all__ = [
    "Case",
    "CaseCounter",
    "CaseReading",
    "Consent",
    "CoordinatorTerm",
    "ExistenceQuestion",
    "JoinRequest",
    "NamedReader",
    "Participation",
    "PersonCorrection",
    "Round",
    "UnitCase",
    "UnitHandler",
    "WorklistRenewal",
]
