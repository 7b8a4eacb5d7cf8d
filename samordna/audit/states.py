"""What the log can say. One list for the whole system, so that each code has one meaning."""

from enum import StrEnum


class Result(StrEnum):
    """Whether the act was carried out."""

    DONE = "done"
    REFUSED = "refused"


class Action(StrEnum):
    """What was done: the room's word, a dot, and the verb in the past tense. A code never changes."""

    SESSION_LOGGED_IN = "session.logged_in"
    SESSION_LOGIN_FAILED = "session.login_failed"
    SESSION_LOCKED_OUT = "session.locked_out"
    SESSION_LOGGED_OUT = "session.logged_out"
    SESSION_UNIT_CHOSEN = "session.unit_chosen"
    SESSION_EXPIRED = "session.expired"
    SESSION_ENDED_ELSEWHERE = "session.ended_elsewhere"

    PERSON_LOOKED_UP = "person.looked_up"
    PERSON_CREATED = "person.created"
    PERSON_CHANGED = "person.changed"
    PERSON_RENAMED = "person.renamed"
    PERSON_IDENTIFIER_LINKED = "person.identifier_linked"
    PERSON_NUMBER_CHANGED = "person.number_changed"
    PERSON_IDENTITY_UNDONE = "person.identity_undone"
    PERSON_PROTECTION_LOWERED = "person.protection_lowered"
    PERSON_PROTECTION_RESTORED = "person.protection_restored"
    PERSON_CONTACTS_OPENED = "person.contacts_opened"
    PERSON_SHOWN = "person.shown"

    CASE_CREATED = "case.created"
    CASE_EXISTENCE_ASKED = "case.existence_asked"
    CASE_SHOWN = "case.shown"
    CASE_LISTED = "case.listed"
    CASE_ENVELOPE_SHOWN = "case.envelope_shown"
    CASE_SEARCHED = "case.searched"
    CASE_PERSON_CORRECTED = "case.person_corrected"
    CASE_JOIN_ASKED = "case.join_asked"
    CASE_JOIN_CONFIRMED = "case.join_confirmed"
    CASE_JOIN_DECLINED = "case.join_declined"
    CASE_ENDED = "case.ended"
    CASE_REOPENED = "case.reopened"
    CASE_VOIDED = "case.voided"
    CASE_UNIT_ADDED = "case.unit_added"
    CASE_UNIT_REMOVED = "case.unit_removed"
    CASE_COORDINATOR_CHANGED = "case.coordinator_changed"
    CASE_COORDINATOR_REPLACED = "case.coordinator_replaced"
    CASE_HANDLER_NAMED = "case.handler_named"
    CASE_HANDLER_REPLACED = "case.handler_replaced"
    CASE_TAKEN_ON = "case.taken_on"
    CASE_ACCESS_REFUSED = "case.access_refused"

    CONSENT_RECORDED = "consent.recorded"
    CONSENT_LAPSED = "consent.lapsed"
    CONSENT_WITHDRAWN = "consent.withdrawn"

    MESSAGE_DRAFTED = "message.drafted"
    MESSAGE_SENT = "message.sent"
    MESSAGE_OPENED = "message.opened"
    MESSAGE_ACKNOWLEDGED = "message.acknowledged"
    MESSAGE_ACCEPTED = "message.accepted"
    MESSAGE_DENIED = "message.denied"
    MESSAGE_SENT_ON = "message.sent_on"
    MESSAGE_TAKEN_BACK = "message.taken_back"
    MESSAGE_VOIDED = "message.voided"
    MESSAGE_DRAFT_DISCARDED = "message.draft_discarded"
    MESSAGE_EXTERNAL_RECORDED = "message.external_recorded"
    MESSAGE_RECIPIENT_REMOVED = "message.recipient_removed"

    DOCUMENT_OPENED = "document.opened"
    DOCUMENT_TAKEN_OVER = "document.taken_over"
    DOCUMENT_EDITED = "document.edited"
    DOCUMENT_SIGNED = "document.signed"
    DOCUMENT_REOPENED = "document.reopened"
    DOCUMENT_DROPPED = "document.dropped"
    DOCUMENT_LOCKED = "document.locked"
    DOCUMENT_UNLOCKED = "document.unlocked"
    DOCUMENT_VOIDED = "document.voided"
    DOCUMENT_REPLACED = "document.replaced"
    DOCUMENT_SHOWN = "document.shown"
    DOCUMENT_PRINTED = "document.printed"
    DOCUMENT_HANDED_OVER = "document.handed_over"
    DOCUMENT_REPORTED = "document.reported"

    ROUND_STARTED = "round.started"
    ROUND_CANCELLED = "round.cancelled"

    FOLLOWUP_SCHEDULED = "followup.scheduled"

    SETTINGS_CHANGED = "settings.changed"

    ORGANISATION_CHANGED = "organisation.changed"
    ORGANISATION_IMPORTED = "organisation.imported"
    ORGANISATION_EXPORTED = "organisation.exported"

    USER_CREATED = "user.created"
    USER_CHANGED = "user.changed"
    USER_PASSWORD_CHANGED = "user.password_changed"  # noqa: S105
    USER_IMPORTED = "user.imported"
    USER_EXPORTED = "user.exported"

    ASSIGNMENT_CHANGED = "assignment.changed"

    RIGHT_CHANGED = "right.changed"
    RIGHT_GIVEN_ONESELF = "right.given_oneself"

    SENDING_TURNED_ON = "sending.turned_on"
    SENDING_TURNED_OFF = "sending.turned_off"

    ACT_REFUSED = "act.refused"


# What the review of the log always shows, whoever did it and to whomever: who somebody is taken to be (L-12), who was
# let into a case by somebody who does not see it, and who has begun to read a protected person's case unnamed (L-04);
# and who gave a role, or the own profession a right, to herself (K-04).
ALWAYS_REVIEWED = frozenset(
    {
        Action.PERSON_RENAMED,
        Action.PERSON_IDENTIFIER_LINKED,
        Action.PERSON_NUMBER_CHANGED,
        Action.PERSON_IDENTITY_UNDONE,
        Action.PERSON_PROTECTION_LOWERED,
        Action.PERSON_PROTECTION_RESTORED,
        Action.PERSON_CONTACTS_OPENED,
        Action.CASE_TAKEN_ON,
        Action.CASE_PERSON_CORRECTED,
        Action.CASE_COORDINATOR_REPLACED,
        Action.CASE_HANDLER_REPLACED,
        Action.CASE_JOIN_ASKED,
        Action.CASE_JOIN_CONFIRMED,
        Action.CASE_JOIN_DECLINED,
        Action.RIGHT_GIVEN_ONESELF,
    }
)
