"""The words of a case: its state, who takes part and how, consent, and what a unit sees of a part."""

from enum import StrEnum


class CaseStatus(StrEnum):
    ACTIVE = "ACTIVE"
    ENDED = "ENDED"
    VOIDED = "VOIDED"


class Access(StrEnum):
    """How far a unit's participation reaches (L-02).

    FULL: the whole case. INVITED: the initiative and the own answer, until the unit has answered.
    INFORMED: the information messages sent to it and nothing more.
    """

    FULL = "FULL"
    INVITED = "INVITED"
    INFORMED = "INFORMED"


class LeftReason(StrEnum):
    DENIED = "DENIED"
    REMOVED = "REMOVED"
    TAKEN_BACK = "TAKEN_BACK"


class EndReason(StrEnum):
    """Why a whole case ended (V-82, V-83)."""

    EVALUATED = "EVALUATED"
    INDIVIDUALS_WISH = "INDIVIDUALS_WISH"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    WRONG_PERSON = "WRONG_PERSON"
    DIED = "DIED"
    MOVED = "MOVED"
    MERGED = "MERGED"
    OTHER = "OTHER"


class JoinStatus(StrEnum):
    """Where a question to two coordinators stands: whether their SIPs are one person's and become one (L-01)."""

    WAITING = "WAITING"
    AGREED = "AGREED"
    DECLINED = "DECLINED"
    UNDONE = "UNDONE"


class ConsentGiver(StrEnum):
    SELF = "SELF"
    GUARDIAN = "GUARDIAN"
    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    CANNOT_CONSENT = "CANNOT_CONSENT"


class Guardians(StrEnum):
    """How many of a child's guardians have consented: both as a rule."""

    BOTH = "BOTH"
    ONE = "ONE"


class ConsentForm(StrEnum):
    ORAL = "ORAL"
    WRITTEN = "WRITTEN"
    OTHER = "OTHER"


class ConsentScope(StrEnum):
    """To what: a SIP with sharing of information, or to sharing information only."""

    SIP = "SIP"
    INFORMATION = "INFORMATION"


class StepStatus(StrEnum):
    """What a unit sees of a part. UNREAD has come for information only. UNFINISHED was begun in a case that is over.

    OVERDUE is computed when read, never stored.
    """

    TODO = "TODO"
    WAITING = "WAITING"
    DONE = "DONE"
    NOT_STARTED = "NOT_STARTED"
    NOT_YET = "NOT_YET"
    DRAFT = "DRAFT"
    DENIED = "DENIED"
    LOCKED = "LOCKED"
    VOIDED = "VOIDED"
    REPLACED = "REPLACED"
    TAKEN_BACK = "TAKEN_BACK"
    UNREAD = "UNREAD"
    UNFINISHED = "UNFINISHED"
    OVERDUE = "OVERDUE"


class Bucket(StrEnum):
    """Where a unit's worklist puts a case."""

    TODO = "TODO"
    WAITING = "WAITING"
    DRAFT = "DRAFT"
    ENDED = "ENDED"
    VOIDED = "VOIDED"
