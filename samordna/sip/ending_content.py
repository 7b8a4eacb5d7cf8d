"""The canonical content of a follow-up, an evaluation, a SBAR: what is signed and shown.

Schema 1, all values plain (JSON): dates as ISO text, moments as ISO text in UTC, ids as text. In all three:

    schema, kind, case_number, round, number (of the version)
    person        {name, number (12 characters), protected}

Follow-up:        reports  [{activity, goal, text, responsible, done_on, status, note, written | None}]
Evaluation:       met_on (date | None), text, written, participants (as in `plan_content`)
SBAR:             situation, background, assessment, recommendation, written

    written       {by_id, by, unit, at}

`status` is a `ReportStatus` or "" and then `written` is None. An evaluation without a day was made without a meeting.
"""

from collections.abc import Sequence
from typing import Any

from samordna.documents.facts import VersionFacts
from samordna.people.queries import PersonCard
from samordna.sip.ending_facts import EvaluationFacts, ReportFacts, SbarFacts
from samordna.sip.facts import SipFacts
from samordna.sip.plan_content import participant_content
from samordna.sip.plan_facts import Written
from samordna.sip.states import Part

SCHEMA = 1


def follow_up_content(
    facts: SipFacts, version: VersionFacts, person: PersonCard, reports: Sequence[ReportFacts]
) -> dict[str, Any]:
    """What an edition of the follow-up says, in the plan's order."""
    return _head(facts, Part.FOLLOW_UP, version, person) | {
        "reports": [_report(report) for report in reports]
    }


def evaluation_content(
    facts: SipFacts, version: VersionFacts, person: PersonCard, said: EvaluationFacts
) -> dict[str, Any]:
    """What an edition of the evaluation says."""
    return _head(facts, Part.EVALUATION, version, person) | {
        "met_on": said.met_on.isoformat() if said.met_on else None,
        "text": said.text,
        "written": _written(said.written),
        "participants": [participant_content(line) for line in said.participants if not line.removed],
    }


def sbar_content(
    facts: SipFacts, version: VersionFacts, person: PersonCard, said: SbarFacts
) -> dict[str, Any]:
    """What an edition of the SBAR says."""
    return _head(facts, Part.SBAR, version, person) | said.texts | {"written": _written(said.written)}


def _head(facts: SipFacts, part: Part, version: VersionFacts, person: PersonCard) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": part.value,
        "case_number": facts.case.number,
        "round": facts.round_of(part) or facts.round_number,
        "number": version.number,
        "person": {"name": person.name, "number": person.number, "protected": person.protected},
    }


def _report(report: ReportFacts) -> dict[str, Any]:
    return {
        "activity": str(report.activity_lineage),
        "goal": report.goal_text,
        "text": report.activity_text,
        "responsible": report.responsible_name,
        "done_on": report.done_on.isoformat() if report.done_on else None,
        "status": report.status.value if report.status else "",
        "note": report.note,
        "written": _written(report.written) if report.status else None,
    }


def _written(written: Written) -> dict[str, object]:
    return {"by_id": written.by_id, "by": written.by, "unit": written.unit, "at": written.at.isoformat()}
