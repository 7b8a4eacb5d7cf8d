"""*Uppföljning av plan*: activated, reported, locked, opened, voided; and when the next one is due (V-60 to V-62)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.audit.states import Action
from samordna.casework.case.commands.telling import tell_others
from samordna.casework.documents.commands import writing
from samordna.casework.documents.commands.holding import NO_REASON, begun, hold_document, hold_open
from samordna.casework.documents.commands.rows import author, save_row
from samordna.casework.documents.commands.writing import CHANGED_WHILE_REVIEWED, fingerprint, finish_writing
from samordna.casework.documents.rules.editions import voided_like
from samordna.casework.file.commands.act import finish
from samordna.documents import commands as documents
from samordna.documents.queries import signed_content
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refused, Stale, demand
from samordna.people import queries as persons
from samordna.sip import events
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up import rules
from samordna.sip.follow_up.content import follow_up_content
from samordna.sip.follow_up.facts import ReportFacts
from samordna.sip.follow_up.models import ActivityReport, EarlierReport
from samordna.sip.follow_up.queries import earlier_reports_of, reports_of
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.plan.commands.printing import request_prints
from samordna.sip.plan.commands.schedule import end_due, set_due
from samordna.sip.process import SIP
from samordna.sip.queries import hold_sip
from samordna.sip.states import Part


def activate_follow_up(*, actor: Actor, case_id: UUID, at: datetime, like_voided: bool = False) -> SipFacts:
    """Begin the follow-up of the plan that holds, with one line for each of its activities.

    `like_voided` begins with what was reported in the voided one (V-95).
    """

    def fill(facts: SipFacts, version_id: UUID, at: datetime) -> None:
        voided = voided_like(facts, actor.unit_id, Part.FOLLOW_UP) if like_voided else None
        before = reports_of(voided[1].id) if voided else ()
        _list_activities(_plan_version(facts), version_id, before, actor, at, locked=False)

    return writing.begin(
        process=SIP, actor=actor, case_id=case_id, part=Part.FOLLOW_UP, rule=rules.activate_refusal,
        fill=fill, at=at,
    )  # fmt: skip


def _plan_version(facts: SipFacts) -> UUID:
    """The locked version of the plan that holds."""
    return begun(begun(facts.valid_plan).locked_version).id


def _list_activities(
    plan_version_id: UUID,
    version_id: UUID,
    before: Sequence[ReportFacts],
    actor: Actor,
    at: datetime,
    *,
    locked: bool,
) -> None:
    """A line for each activity of the locked plan as it was signed, with what was reported `before`: its author, time
    and version.

    A *Klar* stands for good once it was `locked`.
    """
    known = {report.activity_lineage: report for report in before}
    goals = signed_content(plan_version_id)["goals"]
    lines = [(goal, activity) for goal in goals for activity in goal["activities"]]
    ActivityReport.objects.bulk_create(
        [
            ActivityReport(
                edition_id=version_id,
                activity_lineage=UUID(activity["lineage"]),
                position=position,
                goal_text=goal["text"],
                activity_text=activity["text"],
                responsible_name=activity["responsible"]["name"],
                done_on=activity["done_on"],
                **_reported(known.get(UUID(activity["lineage"])), actor, at, locked=locked),
            )
            for position, (goal, activity) in enumerate(lines)
        ]
    )


def _reported(before: ReportFacts | None, actor: Actor, at: datetime, *, locked: bool) -> dict[str, Any]:
    if before is None:
        return author(actor, at)
    return {
        "status": before.status or "",
        "note": before.note,
        "done_before": before.closed if locked else before.done_before,
        "version": before.written.version,
        "written_at": before.written.at,
        "written_by_id": before.written.by_id,
        "written_by_name": before.written.by,
        "written_unit_name": before.written.unit,
    }


@transaction.atomic
def report_activity(
    *, actor: Actor, case_id: UUID, lineage: UUID, version: int, status: ReportStatus, note: str, at: datetime
) -> SipFacts:
    """*Följ upp aktivitet*. `Stale` when somebody reported on the same activity meanwhile."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.FOLLOW_UP, at, rules.reporting_refusal)
    reports = {r.activity_lineage: r for r in reports_of(edition.id)}
    demand(rules.report_refusal(facts, actor, reports.get(lineage)))
    _keep_said(edition.id, reports[lineage])
    rows = ActivityReport.objects.filter(edition_id=edition.id, activity_lineage=lineage)
    save_row(rows, version=version, actor=actor, at=at, status=status, note=note)
    details = {"activity": str(lineage), "status": status}
    return finish_writing(
        facts, edition, Part.FOLLOW_UP, actor=actor, at=at, action=Action.DOCUMENT_REPORTED, details=details
    )


@transaction.atomic
def correct_report(*, actor: Actor, case_id: UUID, lineage: UUID, version: int, at: datetime) -> SipFacts:
    """Take back a *Klar* by mistake: what was said before it stands again, and can be reported anew.

    What was said stays in the history. Refused by `correct_report_refusal`; `Stale` when somebody reported meanwhile.
    """
    facts, edition, at = hold_open(SIP, actor, case_id, Part.FOLLOW_UP, at, rules.reporting_refusal)
    reports = {r.activity_lineage: r for r in reports_of(edition.id)}
    demand(rules.correct_report_refusal(facts, actor, reports.get(lineage)))
    said = [one for one in earlier_reports_of(edition.id) if one.activity_lineage == lineage]
    before = [one for one in said if one.status != ReportStatus.DONE]
    _keep_said(edition.id, reports[lineage])
    rows = ActivityReport.objects.filter(edition_id=edition.id, activity_lineage=lineage)
    again = {"status": before[-1].status, "note": before[-1].note} if before else {"status": "", "note": ""}
    save_row(rows, version=version, actor=actor, at=at, **again)
    details = {"activity": str(lineage), "status": again["status"], "corrected": True}
    return finish_writing(
        facts, edition, Part.FOLLOW_UP, actor=actor, at=at, action=Action.DOCUMENT_REPORTED, details=details
    )


def _keep_said(edition_id: UUID, report: ReportFacts) -> None:
    if report.status is not None:
        EarlierReport.objects.create(
            edition_id=edition_id,
            activity_lineage=report.activity_lineage,
            status=report.status,
            note=report.note,
            said_at=report.written.at,
            said_by_id=report.written.by_id,
            said_by_name=report.written.by,
            said_unit_name=report.written.unit,
        )


@transaction.atomic
def lock_follow_up(*, actor: Actor, case_id: UUID, seen: str, at: datetime) -> SipFacts:
    """*Lås*: the coordinator signs and locks exactly what was reviewed (`seen` is its fingerprint), V-61.

    The follow-up that was due is done, unless its day lies further ahead (V-62). Refused by
    `lock_follow_up_refusal`; `Stale` when somebody has reported since.
    """
    facts, edition, at = hold_open(SIP, actor, case_id, Part.FOLLOW_UP, at, rules.lock_follow_up_refusal)
    person, reports = persons.person_card(facts.case.person_id, at=at), reports_of(edition.id)
    content = follow_up_content(facts, edition, person, reports)
    if fingerprint(content) != seen:
        raise Stale(CHANGED_WHILE_REVIEWED)
    documents.sign_version(version_id=edition.id, number=edition.number, content=content, actor=actor, at=at)
    documents.lock_version(version_id=edition.id, actor=actor, at=at)
    due_on = facts.follow_up_due_on
    if due_on is not None and rules.meets_schedule(due_on, clock.today(at)):
        end_due(case_id, at)
    tell_others(facts, events.FOLLOWUP_LOCKED, edition.id, actor=actor, at=at)
    return finish_writing(facts, edition, Part.FOLLOW_UP, actor=actor, at=at, action=Action.DOCUMENT_LOCKED)


@transaction.atomic
def open_follow_up(*, actor: Actor, case_id: UUID, at: datetime) -> SipFacts:
    """*Öppna*: a new edition with what was reported; activities that are done stay closed.

    Activities that have come to the plan since then have come to the follow-up too.
    """
    rule = rules.open_follow_up_refusal
    facts, document, at = hold_document(SIP, actor, case_id, Part.FOLLOW_UP, at, rule)
    locked, plan_version = begun(document.locked_version), _plan_version(facts)
    documents.unlock_version(version_id=locked.id, at=at)
    version_id = documents.open_version(document_id=document.id, actor=actor, at=at)
    _list_activities(plan_version, version_id, reports_of(locked.id), actor, at, locked=True)
    return finish_writing(facts, locked, Part.FOLLOW_UP, actor=actor, at=at, action=Action.DOCUMENT_UNLOCKED)


@transaction.atomic
def void_follow_up(*, actor: Actor, case_id: UUID, reason: str, at: datetime) -> SipFacts:
    """*Makulera*: readable by its date from now on; a new follow-up can be activated (V-61)."""
    if not reason:
        raise Refused(NO_REASON)
    rule = rules.void_follow_up_refusal
    facts, document, at = hold_document(SIP, actor, case_id, Part.FOLLOW_UP, at, rule)
    documents.void_document(document_id=document.id, reason=reason, actor=actor, at=at)
    tell_others(facts, events.FOLLOWUP_VOIDED, document.id, actor=actor, at=at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.DOCUMENT_VOIDED,
        object_kind="follow_up",
        object_id=str(document.id),
    )


@transaction.atomic
def schedule_follow_up(*, actor: Actor, case_id: UUID, due_on: date, at: datetime) -> SipFacts:
    """When the next follow-up is due (V-62). A date set before is replaced, and stays in the history.

    It stands in the print of the plan, which is made anew.
    """
    facts, at = hold_sip(actor, case_id, at)
    demand(rules.schedule_refusal(facts, actor, due_on, clock.today(at)))
    set_due(case_id, due_on, actor, at)
    held = facts.holding_version
    now = request_prints(facts, [held.id] if held else [], at=at)
    return finish(facts, actor=actor, at=at, action=Action.FOLLOWUP_SCHEDULED, now=now)
