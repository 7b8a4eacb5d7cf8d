"""What a unit can be told about, and where an item of the outbox stands."""

from enum import StrEnum


class Channel(StrEnum):
    """How it is sent. SMS and fax come later."""

    MAIL = "mail"


class Sending(StrEnum):
    """Whether mail leaves this installation, and if not, why. A code never changes: operators watch them."""

    ON = "on"
    NEVER_TURNED_ON = "never_turned_on"
    TURNED_OFF = "turned_off"
    NOT_TURNED_ON_HERE = "not_turned_on_here"
    OTHER_DATABASE = "other_database"
    OLDER_THAN_SENT = "older_than_sent"


# What stands in place of an error where an operator chose that an old notification is not to be sent any more.
WITHHELD = "withheld"


class Event(StrEnum):
    """What happened. A code never changes: units choose by it which events they are told of."""

    INITIATIVE_TO_ACKNOWLEDGE = "initiative.to_acknowledge"
    INITIATIVE_VOIDED = "initiative.voided"
    PLANNING_SUMMONS_TO_ACKNOWLEDGE = "planning_summons.to_acknowledge"
    PLANNING_SUMMONS_VOIDED = "planning_summons.voided"
    EVALUATION_SUMMONS_TO_ACKNOWLEDGE = "evaluation_summons.to_acknowledge"
    EVALUATION_SUMMONS_VOIDED = "evaluation_summons.voided"
    INFORMATION_TO_ACKNOWLEDGE = "information.to_acknowledge"
    INFORMATION_VOIDED = "information.voided"
    PLAN_LOCKED = "plan.locked"
    PLAN_VOIDED = "plan.voided"
    FOLLOWUP_LOCKED = "followup.locked"
    FOLLOWUP_VOIDED = "followup.voided"
    EVALUATION_LOCKED = "evaluation.locked"
    EVALUATION_VOIDED = "evaluation.voided"
    CASE_ENDED = "case.ended"
    CASE_VOIDED = "case.voided"
    CASE_JOIN_ASKED = "case.join_asked"
    CASE_JOINED = "case.joined"
    CASE_REOPENED = "case.reopened"
    PROTECTION_LOWERED = "protection.lowered"
    CONTACTS_OPENED = "protection.contacts_opened"
    MESSAGE_TAKEN_BACK = "message.taken_back"
    MESSAGE_DENIED = "message.denied"
    ALL_ANSWERED = "message.all_answered"


# The guide says both that information messages can be watched and that they cannot: they can, when a unit asks for it.
OFF_FROM_THE_START = frozenset({Event.INFORMATION_TO_ACKNOWLEDGE, Event.INFORMATION_VOIDED})
