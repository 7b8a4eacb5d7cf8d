"""The states of a message and of its delivery to a unit. Each change in `commands` names the state it starts from."""

from enum import StrEnum


class MessageStatus(StrEnum):
    DRAFT = "DRAFT"
    SENT = "SENT"
    TAKEN_BACK = "TAKEN_BACK"
    VOIDED = "VOIDED"
    DISCARDED = "DISCARDED"


class Answer(StrEnum):
    """What a unit answered. A delivery is answered once."""

    ACKNOWLEDGED = "ACKNOWLEDGED"
    ACCEPTED = "ACCEPTED"
    DENIED = "DENIED"


class EndedReason(StrEnum):
    """Why a delivery no longer counts: the recipient was removed, or its denial was sent on or set aside."""

    REMOVED = "REMOVED"
    SENT_ON = "SENT_ON"
    SENT_AGAIN = "SENT_AGAIN"
    SET_ASIDE = "SET_ASIDE"
    TAKEN_BACK = "TAKEN_BACK"


class Basis(StrEnum):
    """Why what is sent may be shared with a unit (L-03): the individual consents, or the law says that it is sent."""

    CONSENT = "CONSENT"
    LAW = "LAW"


class ToldHow(StrEnum):
    """How a unit outside the system was told (V-42)."""

    LETTER = "LETTER"
    PHONE = "PHONE"
    FAX = "FAX"
    IN_PERSON = "IN_PERSON"
