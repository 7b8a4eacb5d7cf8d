"""Each code of the log as a sentence about the one who acted, for people who read the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.audit.states import Action, Result

SENTENCES: dict[Action, Promise] = {
    Action.SESSION_LOGGED_IN: _("Logged in"),
    Action.SESSION_LOGIN_FAILED: _("Tried to log in and did not succeed"),
    Action.SESSION_LOCKED_OUT: _("Was locked out after repeated failed log-ins"),
    Action.SESSION_LOGGED_OUT: _("Logged out"),
    Action.SESSION_UNIT_CHOSEN: _("Chose a unit to work at"),
    Action.SESSION_EXPIRED: _("Was logged out for having been idle"),
    Action.SESSION_ENDED_ELSEWHERE: _("Ended the sessions on other computers"),
    Action.PERSON_LOOKED_UP: _("Looked up a person by number"),
    Action.PERSON_CREATED: _("Added a person"),
    Action.PERSON_CHANGED: _("Changed the details of a person"),
    Action.PERSON_IDENTIFIER_LINKED: _("Linked a number to a person"),
    Action.PERSON_NUMBER_CHANGED: _("Recorded that a person has got a new number"),
    Action.PERSON_IDENTITY_UNDONE: _("Undid a change of who has which number"),
    Action.PERSON_PROTECTION_LOWERED: _("Lowered the protection of a person"),
    Action.PERSON_PROTECTION_RESTORED: _("Took back that a protection was lowered"),
    Action.PERSON_CONTACTS_OPENED: _("Opened contacts that a protection had hidden"),
    Action.PERSON_SHOWN: _("Looked at the details of a person"),
    Action.CASE_CREATED: _("Created the case"),
    Action.CASE_EXISTENCE_ASKED: _("Asked whether the person has an active SIP"),
    Action.CASE_SHOWN: _("Looked at the case"),
    Action.CASE_LISTED: _("Saw the person in the worklist"),
    Action.CASE_ENVELOPE_SHOWN: _("Saw the case's number and units, not what it is about"),
    Action.CASE_SEARCHED: _("Found the person when searching"),
    Action.CASE_PERSON_CORRECTED: _("Corrected which person the case is about"),
    Action.CASE_JOIN_ASKED: _("Asked two coordinators whether two SIPs are one person's"),
    Action.CASE_JOIN_CONFIRMED: _("Confirmed that two SIPs are one person's"),
    Action.CASE_JOIN_DECLINED: _("Answered that two SIPs are not one person's"),
    Action.CASE_ENDED: _("Ended the case"),
    Action.CASE_REOPENED: _("Opened the case again"),
    Action.CASE_VOIDED: _("Voided the case"),
    Action.CASE_UNIT_ADDED: _("Added a unit to the case"),
    Action.CASE_UNIT_REMOVED: _("Removed a unit from the case"),
    Action.CASE_COORDINATOR_CHANGED: _("Handed over the coordination of the case"),
    Action.CASE_COORDINATOR_REPLACED: _("Named a new coordinator where there was none left"),
    Action.CASE_HANDLER_NAMED: _("Named who handles the case at the unit"),
    Action.CASE_ACCESS_REFUSED: _("Asked for a case without having access to it"),
    Action.CONSENT_RECORDED: _("Recorded a consent"),
    Action.CONSENT_LAPSED: _("The guardians' consent ended, since the child came of age"),
    Action.CONSENT_WITHDRAWN: _("Recorded that a consent was withdrawn"),
    Action.MESSAGE_DRAFTED: _("Saved a message as a draft"),
    Action.MESSAGE_SENT: _("Sent a message"),
    Action.MESSAGE_OPENED: _("Opened a message"),
    Action.MESSAGE_ACKNOWLEDGED: _("Acknowledged a message"),
    Action.MESSAGE_ACCEPTED: _("Accepted a message"),
    Action.MESSAGE_DENIED: _("Denied a message"),
    Action.MESSAGE_SENT_ON: _("Sent a message on to another unit"),
    Action.MESSAGE_TAKEN_BACK: _("Took back a message"),
    Action.MESSAGE_VOIDED: _("Voided a message"),
    Action.MESSAGE_DRAFT_DISCARDED: _("Discarded a draft"),
    Action.MESSAGE_EXTERNAL_RECORDED: _("Recorded the answer of a unit outside the system"),
    Action.MESSAGE_RECIPIENT_REMOVED: _("Removed a recipient of a message"),
    Action.DOCUMENT_OPENED: _("Began a document"),
    Action.DOCUMENT_TAKEN_OVER: _("Took over the writing of a document"),
    Action.DOCUMENT_EDITED: _("Wrote in a document"),
    Action.DOCUMENT_SIGNED: _("Signed a document"),
    Action.DOCUMENT_REOPENED: _("Reopened a document for editing"),
    Action.DOCUMENT_DROPPED: _("Dropped an unsigned version of a document"),
    Action.DOCUMENT_LOCKED: _("Locked a document"),
    Action.DOCUMENT_UNLOCKED: _("Unlocked a document"),
    Action.DOCUMENT_VOIDED: _("Voided a document"),
    Action.DOCUMENT_REPLACED: _("Replaced a document by a new one"),
    Action.DOCUMENT_SHOWN: _("Looked at a document"),
    Action.DOCUMENT_PRINTED: _("Printed a document"),
    Action.DOCUMENT_HANDED_OVER: _("Recorded that a document was handed over"),
    Action.DOCUMENT_REPORTED: _("Reported on an activity"),
    Action.ROUND_STARTED: _("Started a new round of planning"),
    Action.ROUND_CANCELLED: _("Cancelled a new round of planning"),
    Action.FOLLOWUP_SCHEDULED: _("Set the date of the next follow-up"),
    Action.SETTINGS_CHANGED: _("Changed a setting"),
    Action.ORGANISATION_CHANGED: _("Changed a unit or organisation"),
    Action.ORGANISATION_IMPORTED: _("Imported the address book"),
    Action.ORGANISATION_EXPORTED: _("Exported the address book"),
    Action.USER_CREATED: _("Created a user"),
    Action.USER_CHANGED: _("Changed a user"),
    Action.USER_PASSWORD_CHANGED: _("Changed a password"),
    Action.USER_IMPORTED: _("Imported users"),
    Action.USER_EXPORTED: _("Exported users"),
    Action.ASSIGNMENT_CHANGED: _("Changed where a user works"),
    Action.RIGHT_CHANGED: _("Changed a right"),
    Action.SENDING_TURNED_ON: _("Turned on the sending of notifications"),
    Action.SENDING_TURNED_OFF: _("Turned off the sending of notifications"),
    Action.ACT_REFUSED: _("Was refused to do something"),
}

RESULTS: dict[Result, Promise] = {
    Result.DONE: _("Carried out"),
    Result.REFUSED: _("Refused"),
}


def sentence(code: str) -> str:
    """The sentence of a code; a code from an older version that is no longer used is shown as it is."""
    try:
        return str(SENTENCES[Action(code)])
    except ValueError:
        return code
