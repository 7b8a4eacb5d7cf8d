"""The canonical content of a follow-up: what is signed and shown, below the head of every document.

    reports  [{activity, goal, text, responsible, done_on, status, note, written | None}]

`status` is a `ReportStatus` or "" and then `written` is None.
"""

from collections.abc import Sequence
from typing import Any

from samordna.casework.documents.content import head_of, written_content
from samordna.documents.facts import VersionFacts
from samordna.people.queries import PersonCard
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up.facts import ReportFacts
from samordna.sip.states import Part


def follow_up_content(
    facts: SipFacts, version: VersionFacts, person: PersonCard, reports: Sequence[ReportFacts]
) -> dict[str, Any]:
    """What an edition of the follow-up says, in the plan's order."""
    return head_of(facts, Part.FOLLOW_UP, version, person) | {
        "reports": [_report(report) for report in reports]
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
        "written": written_content(report.written) if report.status else None,
    }
