"""Facts of a SIP written by hand, for tables of rules and steps without a database."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID

from samordna.cases.tests.facts import ELSEWHERE, HERE, HOUR, NOON, THERE, case, period
from samordna.casework.meetings.facts import Meeting
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.states import VersionStatus as V
from samordna.kernel.actor import Actor, Held
from samordna.kernel.module import Module, Right
from samordna.kernel.refusal import Refusal
from samordna.kernel.workingdays import Deadline
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.messaging.states import Answer, EndedReason, MessageStatus
from samordna.sip.facts import ProcessSettings, SipFacts
from samordna.sip.process import SIP
from samordna.sip.states import Part

DAY = timedelta(days=1)
# Wednesday 13 May 2026: Thursday is Ascension Day.
TODAY = date(2026, 5, 13)
# Every deadline differs, so that none can stand for another.
SETTINGS = ProcessSettings(
    other_step=Deadline("working_days", 3),
    sbar_enabled=True,
    plan_start=Deadline("working_days", 4),
    plan_signed=Deadline("working_days", 5),
    plan_locked=Deadline("working_days", 6),
)
# Whose unit each is: Anna coordinates at HERE; David works THERE, Eva ELSEWHERE.
ANNA, DAVID, EVA = 11, 12, 13
NAMES = {ANNA: "Anna Lindqvist", DAVID: "David Holm", EVA: "Eva Ek"}
WORKS = {ANNA: HERE, DAVID: THERE, EVA: ELSEWHERE}
UNITS = {HERE: "Hemtjänsten Norr", THERE: "Vårdcentralen Linden", ELSEWHERE: "Psykiatrin"}
BOTH = (Right.INITIATE, Right.ANSWER)
_ids = count(1000)


def new_id() -> UUID:
    return UUID(int=next(_ids))


def actor(user_id=ANNA, unit_id=None, rights=BOTH, held=()):
    """One of the three at her unit, with these rights in SIP, and system roles as (role, place)."""
    unit_id = WORKS.get(user_id, HERE) if unit_id is None else unit_id
    return Actor(
        user_id=user_id, user_name=NAMES.get(user_id, "Bo Ek"), assignment_id=user_id, unit_id=unit_id,
        unit_name=UNITS.get(unit_id, f"Enhet {unit_id}"), department_id=1, department_name="", principal_id=1,
        principal_name="", profession="OTHER", title="", module_rights=frozenset((Module.SIP, one) for one in rights),
        system_roles=frozenset(), login_method="password", session_id="", request_id="",
        held=frozenset(Held(role, place, "UNIT") for role, place in held),
    )  # fmt: skip


def delivery(unit_id=THERE, answer=None, **changes):
    """A delivery that an answer is wanted of, sent at noon and due a day later."""
    known = {
        "id": new_id(), "unit_id": unit_id, "unit_name": UNITS.get(unit_id, f"Enhet {unit_id}"), "external": False,
        "must_acknowledge": True, "shared_why": "CONSENT", "added_at": NOON, "due_at": NOON + DAY,
        "predecessor_id": None, "opened_at": None, "answer": answer,
        "answered_at": NOON + HOUR if answer else None, "answered_by_name": "David Holm" if answer else "",
        "comment": "", "suggested_unit_id": None, "suggested_text": "", "told_how": None, "told_at": None,
        "told_day_only": False, "told_by_name": "", "told_note": "", "ended_at": None, "ended_reason": None,
    }  # fmt: skip
    return DeliveryFacts(**known | changes)


def accepted(unit_id=THERE, **changes):
    return delivery(unit_id, Answer.ACCEPTED, **changes)


def acknowledged(unit_id=THERE, **changes):
    return delivery(unit_id, Answer.ACKNOWLEDGED, **changes)


def denied(unit_id=THERE, **changes):
    return delivery(unit_id, Answer.DENIED, **changes)


def outside(unit_id=20, answer=None, **changes):
    return delivery(unit_id, answer, **{"external": True, "unit_name": "Försäkringskassan"} | changes)


def informed(unit_id=THERE, **changes):
    """For information only."""
    return delivery(unit_id, **{"must_acknowledge": False, "due_at": None} | changes)


def ended(one, at=NOON + HOUR):
    return replace(one, ended_at=at, ended_reason=EndedReason.SET_ASIDE)


def message(kind, *deliveries, status=MessageStatus.SENT, **changes):
    """A message that home care sent at noon."""
    sent = status != MessageStatus.DRAFT
    known = {
        "id": new_id(), "kind": kind, "round_number": 1, "status": status, "unit_id": HERE,
        "unit_name": UNITS[HERE], "written_at": NOON, "written_by_id": ANNA, "written_by_name": NAMES[ANNA],
        "sent_at": NOON if sent else None, "sent_by_name": NAMES[ANNA] if sent else "", "sent_by_title": "",
        "taken_back_at": NOON + HOUR if status == MessageStatus.TAKEN_BACK else None,
        "voided_at": NOON + HOUR if status == MessageStatus.VOIDED else None,
        "voided_by_name": NAMES[ANNA] if status == MessageStatus.VOIDED else "",
        "void_reason": "Fel dag" if status == MessageStatus.VOIDED else "", "version": 1, "deliveries": deliveries,
    }  # fmt: skip
    return MessageFacts(**known | changes)


def version(status, number=1, by=ANNA, **changes):
    """An edition: opened at noon, signed an hour later, locked after two."""
    signed = status not in {V.OPEN, V.DROPPED}
    locked = status in {V.LOCKED, V.REPLACED}
    unit_id = WORKS[by]
    known = {
        "id": new_id(), "number": number, "status": status, "opened_at": NOON, "opened_by_id": by,
        "opened_by_name": NAMES[by], "opened_unit_id": unit_id, "opened_unit_name": UNITS[unit_id],
        "signed_at": NOON + HOUR if signed else None, "signed_by_id": by if signed else None,
        "signed_by_name": NAMES[by] if signed else "", "signed_title": "", "signed_unit_name": "", "digest": "",
        "locked_at": NOON + 2 * HOUR if locked else None, "locked_by_id": ANNA if locked else None,
        "locked_by_name": NAMES[ANNA] if locked else "", "unlocked_at": None,
        "replaced_at": NOON + 3 * HOUR if status == V.REPLACED else None,
    }  # fmt: skip
    return VersionFacts(**known | changes)


def document(kind, *versions, **changes):
    """A document with these editions, by their states or written out; begun at noon by home care."""
    editions = tuple(
        one if isinstance(one, VersionFacts) else version(one, number)
        for number, one in enumerate(versions, start=1)
    )
    known = {
        "id": new_id(), "kind": kind, "round_number": 1, "begun_at": NOON, "unit_id": HERE, "unit_name": UNITS[HERE],
        "voided_at": None, "voided_by_name": "", "void_reason": "", "versions": editions, "ordinal": 1,
    }  # fmt: skip
    return DocumentFacts(**known | changes)


def voided(one, at=NOON + 4 * HOUR):
    editions = tuple(replace(v, status=V.DROPPED if v.status == V.OPEN else V.VOIDED) for v in one.versions)
    return replace(one, voided_at=at, voided_by_name=NAMES[ANNA], void_reason="Fel", versions=editions)


def met(day=TODAY, starts=time(13), place="Rum 1"):
    return Meeting(day, starts, None, place)


def facts(*held, of=None, meetings=(), **changes):
    """A SIP with these messages and documents. `meetings`: by the message that calls to them."""
    known = {
        "process": SIP, "case": of or whole_case(), "settings": SETTINGS,
        "messages": tuple(one for one in held if isinstance(one, MessageFacts)),
        "documents": tuple(one for one in held if isinstance(one, DocumentFacts)),
        "meetings": {one.id: meeting for one, meeting in meetings},
        "follow_up_due_on": None, "plan_printed": False,
    }  # fmt: skip
    return SipFacts(**known | changes)


def whole_case(*more, **changes):
    """Home care coordinates, the health centre and psychiatry take part in the whole case; and `more`."""
    return case(period(HERE), period(THERE), period(ELSEWHERE), *more, **changes)


def said(refusal: Refusal | None) -> str | None:
    """The code of a refusal, and the field that it stands at; with what it says, so that no name is lost."""
    if refusal is None:
        return None
    assert "%(" not in str(refusal)
    assert "None" not in str(refusal)
    return f"{refusal.code} {refusal.field}".strip()


INITIATIVE = message(Part.INITIATIVE, accepted(THERE), accepted(ELSEWHERE))
SUMMONS = message(Part.SUMMONS, acknowledged(THERE), acknowledged(ELSEWHERE))
CALLED = (INITIATIVE, SUMMONS)


def at_hour(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)
