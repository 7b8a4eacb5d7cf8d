"""The plan's page: in which state it is, who wrote it, what can be done now and why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.casework.documents.presenters.authors import Reader
from samordna.casework.documents.presenters.since_read import known_version
from samordna.casework.documents.rules import editions as rules
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.states import VersionStatus
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.sip.facts import SipFacts
from samordna.sip.plan import rules as plan_rules
from samordna.sip.plan.facts import PlanFacts
from samordna.sip.rounds.presenters.rounds import cancelled_with, on, plan_dates, plan_name
from samordna.sip.rounds.rules import new_plan_refusal
from samordna.sip.states import Part


@dataclass(frozen=True)
class EarlierPlan:
    """A plan of *Historik*: its name and dates, and why it no longer holds."""

    label: str
    status: str
    reason: str
    url: str


@dataclass(frozen=True)
class PlanActs:
    """What may be done with the plan as it stands: None means that it may, a refusal says why not."""

    begin: Refusal | None
    write: Refusal | None
    take_over: Refusal | None
    edit: Refusal | None
    drop: Refusal | None
    lock: Refusal | None
    unlock: Refusal | None
    void: Refusal | None
    handover: Refusal | None
    new_plan: Refusal | None
    print: Refusal | None
    # What is printed from the plan's page: the version that is read there, when it is locked or held to the end.
    printed: VersionFacts | None


def plan_acts(facts: SipFacts, actor: Actor, gap_count: int) -> PlanActs:
    """Every rule of the plan, asked as the commands ask it."""
    plan = facts.standing(Part.PLAN)
    locked = (plan.locked_version if plan else None) if facts.case.active else facts.holding_version
    missing = [plan_rules.Gap("", "")] * gap_count
    return PlanActs(
        begin=plan_rules.begin_plan_refusal(facts, actor),
        write=rules.write_refusal(facts, actor, Part.PLAN),
        take_over=rules.take_over_refusal(facts, actor, Part.PLAN),
        edit=rules.edit_refusal(facts, actor, Part.PLAN),
        drop=rules.drop_refusal(facts, actor, Part.PLAN),
        lock=plan_rules.lock_refusal(facts, actor, missing),
        unlock=plan_rules.unlock_plan_refusal(facts, actor),
        void=plan_rules.void_plan_refusal(facts, actor, plan),
        handover=plan_rules.handover_refusal(facts, actor),
        new_plan=new_plan_refusal(facts, actor),
        print=plan_rules.print_refusal(facts, actor, locked),
        printed=locked
        if plan is not None and plan.open_version is None and plan.valid_version == locked
        else None,
    )


def held_to_the_end(facts: SipFacts, acts: PlanActs, at: datetime) -> tuple[str, str, str] | None:
    """In a case that is over, which plan held, and the link to it, when the page shows something else."""
    plan, version = facts.valid_plan, facts.holding_version
    if facts.case.active or plan is None or version is None or version.locked_at is None or acts.printed:
        return None
    said = _("%(plan)s, locked %(day)s, is the one that held.")
    url = reverse("sip:history_version", args=[facts.case.id, version.id])
    name = plan_name(plan)
    return said % {"plan": name, "day": on(version.locked_at, at)}, _("Read %(plan)s") % {"plan": name}, url


def compare_with_read_url(facts: SipFacts, document: DocumentFacts, reader: Reader) -> str:
    """Where the reader sees what others have signed since she last read. What was removed can be marked nowhere else.

    Empty when nothing was, when she signed last, and when she knows nothing that was signed.
    """
    valid, known = document.valid_version, known_version(document, reader)
    if valid is None or known is None or known == valid:
        return ""
    query = urlencode({"older": known.id, "newer": valid.id})
    return f"{reverse('sip:compare', args=[facts.case.id])}?{query}"


def earlier_plans(
    facts: SipFacts, unit_id: int, at: datetime, *, cancelled: bool = False
) -> list[EarlierPlan]:
    """All plans that no longer hold, newest first, each with its dates and the reason (V-72); or, `cancelled`, those
    that never came to hold since their round was cancelled, which are younger than the plan that holds (V-73)."""
    present = (facts.standing(Part.PLAN), facts.valid_plan)
    found = []
    for document in reversed([d for d in facts.documents if d.kind == Part.PLAN and d not in present]):
        readable = past_versions(facts, document, unit_id)
        if readable and cancelled_with(facts, document) == cancelled:
            signed = [v for v in readable if v.signed_at is not None]
            found.append(_earlier(facts, document, (signed or readable)[-1], at))
    return found


def past_versions(facts: SipFacts, document: DocumentFacts, unit_id: int) -> list[VersionFacts]:
    """What the unit may read of a plan's past: all that was signed, and what was voided before it was."""
    return [
        v
        for v in document.versions
        if v.signed_at is not None or (document.voided and rules.seen_version(facts, document, v, unit_id))
    ]


def _earlier(facts: SipFacts, document: DocumentFacts, version: VersionFacts, at: datetime) -> EarlierPlan:
    return EarlierPlan(
        label=f"{plan_name(document)}, {plan_dates(facts, document, at)}",
        status=version_status(facts, document, version),
        reason=why_earlier(facts, document, version, at),
        url=reverse("sip:history_version", args=[facts.case.id, version.id]),
    )


def version_status(facts: SipFacts, document: DocumentFacts, version: VersionFacts) -> str:
    """The symbol's name: VOIDED, REPLACED, LOCKED or DONE (signed)."""
    if document.voided:
        return "VOIDED"
    if version == facts.holding_version:
        return "LOCKED"
    if version.status in {VersionStatus.REPLACED, VersionStatus.SUPERSEDED}:
        return "REPLACED"
    return "LOCKED" if version.status == VersionStatus.LOCKED else "DONE"


def why_earlier(facts: SipFacts, document: DocumentFacts, version: VersionFacts, at: datetime) -> str:
    """Why this version is not the plan that is worked with: replaced, voided with its reason, or signed anew."""
    if document.voided and document.voided_at is not None:
        said = {
            "day": on(document.voided_at, at),
            "name": isolated(document.voided_by_name),
            "reason": document.void_reason,
        }
        if cancelled_with(facts, document):
            return _("Cancelled %(day)s by %(name)s: %(reason)s") % said
        return _("Voided %(day)s by %(name)s: %(reason)s") % said
    if not facts.case.active and version == facts.holding_version:
        return _("It held when the case ended.")
    if version.status == VersionStatus.REPLACED and version.replaced_at is not None:
        return _("Replaced by a new plan %(day)s") % {"day": on(version.replaced_at, at)}
    if version.status == VersionStatus.SUPERSEDED:
        return _("A later version has been signed")
    if facts.renewing and document == facts.valid_plan:
        return _("Holds until the new plan is locked")
    return ""


def row_versions(plan: PlanFacts) -> dict[str, int]:
    """The version of every row by lineage: what a button beside it must carry."""
    rows: Sequence[tuple[str, int]] = [
        *((str(line.lineage), line.written.version) for line in plan.participants),
        *((str(goal.lineage), goal.written.version) for goal in plan.goals),
        *((str(a.lineage), a.written.version) for goal in plan.goals for a in goal.activities),
    ]
    return dict(rows)
