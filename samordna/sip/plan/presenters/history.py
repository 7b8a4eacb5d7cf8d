"""*Historik*: every signed version of every plan, as a time line, and as choices for the comparison."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.casework.documents.rules.editions import seen_open
from samordna.casework.pages import Link
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.sip.facts import SipFacts
from samordna.sip.plan.presenters.plan import past_versions, version_status, why_earlier
from samordna.sip.rounds.presenters.rounds import cancelled_with, cancelled_words, plan_dates, plan_name
from samordna.sip.states import Part


@dataclass(frozen=True)
class VersionLine:
    version: VersionFacts
    label: str
    status: str
    why: str
    url: str


@dataclass(frozen=True)
class PlanLine:
    """One plan with its dates and its signed versions, newest first."""

    label: str
    dates: str
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True)
class CancelledPlan:
    """What became of a new plan that was begun and cancelled, and the versions of it that there are."""

    text: str
    versions: tuple[VersionLine, ...]


def last_plan(facts: SipFacts) -> Link | None:
    """The plan that held until the case ended."""
    plan, version = facts.valid_plan, facts.holding_version
    if plan is None or version is None:
        return None
    return Link(plan_name(plan), reverse("sip:history_version", args=[facts.case.id, version.id]))


def history(facts: SipFacts) -> str:
    """*Historik*, when there is a plan to read besides the one on the page: earlier, voided, or signed while another is
    open."""
    plans = [document for document in facts.documents if document.kind == Part.PLAN]
    more = len(facts.case.rounds) > 1 or any(
        plan.voided or (plan.valid_version is not None and len(plan.versions) > 1) for plan in plans
    )
    return reverse("sip:history", args=[facts.case.id]) if more else ""


def time_line(facts: SipFacts, unit_id: int, at: datetime) -> list[PlanLine]:
    """Plans newest first, with the versions that the unit may read; those that were cancelled stand by themselves."""
    lines = []
    for document in reversed(_plans(facts)):
        versions = _lines(facts, document, unit_id, at)
        if versions and not cancelled_with(facts, document):
            lines.append(PlanLine(plan_name(document), plan_dates(facts, document, at), versions))
    return lines


def cancelled_plans(facts: SipFacts, unit_id: int, at: datetime) -> list[CancelledPlan]:
    """New plans that were cancelled, newest first: who, when and why, told once each, and what was signed (V-73)."""
    return [
        CancelledPlan(cancelled_words(turn, at), _versions_of(facts, turn.number, unit_id, at))
        for turn in reversed(facts.case.rounds)
        if turn.cancelled_at is not None
    ]


def _versions_of(facts: SipFacts, number: int, unit_id: int, at: datetime) -> tuple[VersionLine, ...]:
    plans = [plan for plan in _plans(facts) if plan.round_number == number and cancelled_with(facts, plan)]
    found = [line for plan in reversed(plans) for line in _lines(facts, plan, unit_id, at)]
    return tuple(replace(line, why="") for line in found)


def _lines(facts: SipFacts, document: DocumentFacts, unit_id: int, at: datetime) -> tuple[VersionLine, ...]:
    past = reversed(past_versions(facts, document, unit_id))
    return tuple(_line(facts, document, version, at) for version in past)


def version_choices(facts: SipFacts, unit_id: int) -> list[tuple[str, str]]:
    """Every version that the unit may compare, oldest first: the signed ones and the open edition that it sees."""
    choices = []
    for document in _plans(facts):
        choices += [(str(version.id), version_label(document, version)) for version in _signed(document)]
        opened = seen_open(facts.case, document, unit_id)
        if opened is not None:
            said = {"plan": document.ordinal, "number": opened.number}
            choices.append((str(opened.id), _("Plan %(plan)s, version %(number)s, open") % said))
    return choices


def version_label(document: DocumentFacts, version: VersionFacts) -> str:
    """ "Plan 1, version 2, signerad 19 nov 2026 av Anna Lindqvist"."""
    if version.signed_at is None:
        unsigned = {"plan": document.ordinal, "number": version.number}
        return _("Plan %(plan)s, version %(number)s, never signed") % unsigned
    day = clock.shown_date(clock.local(version.signed_at).date())
    said = {
        "plan": document.ordinal,
        "number": version.number,
        "day": day,
        "name": isolated(version.signed_by_name),
    }
    return _("Plan %(plan)s, version %(number)s, signed %(day)s by %(name)s") % said


def _line(facts: SipFacts, document: DocumentFacts, version: VersionFacts, at: datetime) -> VersionLine:
    return VersionLine(
        version=version,
        label=version_label(document, version),
        status=version_status(facts, document, version),
        why=why_earlier(facts, document, version, at),
        url=reverse("sip:history_version", args=[facts.case.id, version.id]),
    )


def _plans(facts: SipFacts) -> list[DocumentFacts]:
    return [document for document in facts.documents if document.kind == Part.PLAN]


def _signed(document: DocumentFacts) -> list[VersionFacts]:
    return [version for version in document.versions if version.signed_at is not None]
