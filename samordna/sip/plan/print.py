"""A signed plan as the data that its print is made of. Pure but for the setting that this is an exercise.

The paper is a Swedish document, whatever language whoever prints it has chosen.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.conf import settings
from django.utils import dateformat, translation
from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.cases.consent import ConsentFacts
from samordna.cases.facts import CaseFacts
from samordna.cases.states import CaseStatus, ConsentScope, EndReason, LeftReason
from samordna.casework.file.end_reasons import end_reason
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.states import VersionStatus
from samordna.kernel import clock
from samordna.messaging.states import Answer
from samordna.printouts.coverage import not_printable
from samordna.sip.facts import SipFacts
from samordna.sip.plan.paper_data import (
    ActivityData,
    FollowUpData,
    GoalData,
    MarkData,
    ParticipantData,
    PlanData,
    SignatureData,
)
from samordna.sip.plan.states import Attendance, Paper, ParticipantKind
from samordna.sip.process import SIP

LANGUAGE = "sv"
# What has stopped to hold before its case ended.
_NO_LONGER = frozenset({VersionStatus.REPLACED, VersionStatus.VOIDED})


def print_source(
    version: VersionFacts, case: CaseFacts, content: Mapping[str, Any], due_on: date | None = None
) -> UUID:
    """What the print is of: a version as it was locked. Opened and locked again it is printed anew.

    So is what holds when the next follow-up gets another day, what held when its case ended, whose person has been
    protected since, or has got another number since: the print then says so.
    """
    locked = version.locked_at.isoformat() if version.locked_at else ""
    held = case.ended_at is not None and version.status not in _NO_LONGER
    over = f":{case.ended_at.isoformat()}" if case.ended_at is not None and held else ""
    hidden = ":protected" if case.protected and not content["person"]["protected"] else ""
    other = ":other_number" if of_another_number(content, case.person_number) else ""
    day = f":follow-up {due_on.isoformat()}" if due_on is not None else ""
    return uuid5(NAMESPACE_OID, f"{version.id}:{locked}{over}{hidden}{other}{day}")


def of_another_number(content: Mapping[str, Any], present: str) -> bool:
    """Whether a plan was signed for another number than the case has now: corrected, linked or replaced since."""
    return bool(present) and content["person"]["number"] != present


def present_source(facts: SipFacts, version: VersionFacts, content: Mapping[str, Any]) -> UUID:
    """What a print of the version, asked for now, is of."""
    return print_source(version, facts.case, content, _next_day(facts, version))


def _next_day(facts: SipFacts, version: VersionFacts) -> date | None:
    """When the plan is followed up next, if it is the one that is followed up."""
    followed = facts.case.active and version == facts.holding_version
    return facts.follow_up_due_on if followed else None


def template_of(document: DocumentFacts, version: VersionFacts) -> Paper:
    """What was opened and not signed anew before the plan was voided keeps its own status: the document tells."""
    if document.voided:
        return Paper.PLAN_VOIDED
    return Paper.PLAN_REPLACED if version.status == VersionStatus.REPLACED else Paper.PLAN


@override(LANGUAGE)
def mark_of(
    case: CaseFacts, document: DocumentFacts, version: VersionFacts, content: Mapping[str, Any]
) -> MarkData | None:
    """Why the plan no longer holds, to be printed across it: replaced, voided, or its whole case is over.

    Also of one that holds, that it was signed for another number.
    """
    if version.status == VersionStatus.REPLACED and version.replaced_at is not None:
        return {"kind": "replaced", "at": version.replaced_at.isoformat(), "by": "", "reason": ""}
    if document.voided_at is not None:
        return {
            "kind": "voided",
            "at": document.voided_at.isoformat(),
            "by": document.voided_by_name,
            "reason": document.void_reason,
        }
    if case.ended_at is None:
        other = of_another_number(content, case.person_number)
        return {"kind": "other_number", "at": "", "by": "", "reason": ""} if other else None
    return {
        "kind": "voided" if case.status == CaseStatus.VOIDED else "ended",
        "at": case.ended_at.isoformat(),
        "by": case.ended_by_name,
        "reason": _why_over(case),
    }


def _why_over(case: CaseFacts) -> str:
    """The reason, for *Annan orsak* with the words that were written then."""
    reason, own = str(end_reason(SIP, case.end_reason)), case.end_comment.strip()
    return f"{reason}: {own}" if own and case.end_reason == EndReason.OTHER else reason


@override(LANGUAGE)
def print_data(
    facts: SipFacts,
    document: DocumentFacts,
    version: VersionFacts,
    content: Mapping[str, Any],
    *,
    consents: Sequence[ConsentFacts],
    mark: MarkData | None,
) -> PlanData:
    """Everything on the paper. What the plan says comes from what was signed, never from rows."""
    locked_at = version.locked_at.isoformat() if version.locked_at else ""
    person, coordinator = content["person"], content["coordinator"]
    return {
        "language": LANGUAGE,
        "practice": bool(getattr(settings, "IS_EXERCISE", False)),
        "mark": mark,
        "case_number": f"SIP {content['case_number']}",
        "version": version.number,
        "plan_day": content["met_on"] or locked_at[:10],
        "locked_at": locked_at,
        "locked_by": version.locked_by_name,
        "person": {
            "name": person["name"],
            "number": f"{person['number'][:8]}-{person['number'][8:]}",
            "protected": person["protected"] or facts.case.protected,
        },
        "coordinator": {
            "name": coordinator["name"],
            "title": "",
            "unit": coordinator["unit_name"],
            "phone": coordinator["phone"],
        },
        "participants": [_participant(line) for line in content["participants"]],
        "needs": content["needs"],
        # A goal is the individual's own, and who answers for what stands beside each.
        "responsibilities": _("It stands at each goal and activity.") if content["goals"] else "",
        "others": content["others_do"],
        "overall_principal": content["principal"]["name"] if content["principal"] else "",
        "goals": [_goal(goal) for goal in content["goals"]],
        "next_followup": _follow_up(facts, version),
        "consent": _consent(consents, version, _denied(facts)),
        "signatures": _signatures(document, version),
    }


def not_printed(content: Mapping[str, Any]) -> str:
    """The characters of a signed plan that stand on the paper as their numbers, since no font there draws them."""
    return " ".join(not_printable(_texts(content)))


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for part in content.values():
            yield from _texts(part)
    elif isinstance(content, Sequence):
        for part in content:
            yield from _texts(part)


def _participant(line: Mapping[str, Any]) -> ParticipantData:
    attended = line["attendance"] == Attendance.ATTENDED
    roles = {ParticipantKind.INDIVIDUAL: _("The individual"), ParticipantKind.GUARDIAN: _("Guardian")}
    return {
        "name": line["name"],
        "role": line["role"] or roles.get(line["kind"], ""),
        "unit": line["unit_name"],
        "attended": attended,
        # The individual has a line of their own, first of all.
        "signs": line["kind"] != ParticipantKind.INDIVIDUAL
        and bool(line["name"])
        and (attended or line["kind"] == ParticipantKind.GUARDIAN),
    }


def _goal(goal: Mapping[str, Any]) -> GoalData:
    return {
        "heading": goal["heading"],
        "text": goal["text"],
        "responsible": goal["responsible"]["name"],
        "activities": [_activity(activity) for activity in goal["activities"]],
    }


def _activity(activity: Mapping[str, Any]) -> ActivityData:
    return {
        "text": activity["text"],
        "responsible": activity["responsible"]["name"],
        "done_by": activity["done_on"],
    }


def _follow_up(facts: SipFacts, version: VersionFacts) -> FollowUpData | None:
    due_on = _next_day(facts, version)
    return {"day": due_on.isoformat(), "time": "", "place": ""} if due_on else None


def _denied(facts: SipFacts) -> frozenset[str]:
    """Units that were asked, denied, and have no part in the case. They stand nowhere in the plan."""
    periods = facts.case.participations
    within = {period.unit_id for period in periods if period.open}
    inside = {
        period.unit_name
        for period in periods
        if period.left_reason == LeftReason.DENIED and period.unit_id not in within
    }
    return frozenset(inside | _denied_outside(facts))


def _denied_outside(facts: SipFacts) -> set[str]:
    """Units outside the system whose last answer, as it was recorded, is a denial."""
    asked = sorted(
        (d for m in facts.messages for d in m.deliveries if d.external and d.answer), key=lambda d: d.added_at
    )
    last = {d.unit_id: d for d in asked}
    return {d.unit_name for d in last.values() if d.answer == Answer.DENIED}


def _consent(consents: Sequence[ConsentFacts], version: VersionFacts, denied: frozenset[str]) -> str:
    """Every consent to a SIP that stood when the plan was locked: units are added one by one (L-03)."""
    if version.locked_at is None:
        return ""
    day = clock.local(version.locked_at).date()
    standing = [c for c in consents if c.stands(day) and c.scope == ConsentScope.SIP]
    lines: list[str] = []
    told: set[tuple[str, date | None]] = set()
    for consent in standing:
        # Each one names the unit that recorded it too: once is enough, as long as it holds as long.
        names = [name for name in consent.unit_names if (name, consent.ends_on) not in told]
        told.update((name, consent.ends_on) for name in names)
        lines.append(_consent_line(consent, [name for name in names if name not in denied]))
    return "\n".join(line for line in lines if line)


def _consent_line(consent: ConsentFacts, names: Sequence[str]) -> str:
    if not names:
        return ""
    day = paper_day(clock.local(consent.recorded_at).date().isoformat(), weekday=False)
    said = _("Consent recorded %(day)s for %(units)s.") % {"day": day, "units": ", ".join(names)}
    if consent.ends_on is None:
        return said
    until = paper_day(consent.ends_on.isoformat(), weekday=False)
    return said + " " + _("It holds until %(day)s.") % {"day": until}


def _signatures(document: DocumentFacts, version: VersionFacts) -> list[SignatureData]:
    """Everybody who has signed the plan in the system, until this version."""
    return [
        {
            "signed_by": ", ".join(
                part for part in (v.signed_by_name, v.signed_title, v.signed_unit_name) if part
            ),
            "signed_at": v.signed_at.isoformat(),
        }
        for v in document.versions
        if v.signed_at is not None and v.number <= version.number
    ]


def paper_day(iso: str, *, weekday: bool = True) -> str:
    """A day as the paper writes it: "tisdag 12 maj 2026", or without the day of the week."""
    shown = dateformat.format(date.fromisoformat(iso), "l j F Y" if weekday else "j F Y")
    return shown if translation.get_language() == "en" else shown.lower()
