"""The canonical content of an evaluation: what is signed and shown, below the head of every document.

    met_on (date | None), text, written, participants (as in the plan)

One without a day was made without a meeting.
"""

from typing import Any

from samordna.casework.documents.content import head_of, written_content
from samordna.documents.facts import VersionFacts
from samordna.people.queries import PersonCard
from samordna.sip.evaluation.facts import EvaluationFacts
from samordna.sip.facts import SipFacts
from samordna.sip.plan.content import participant_content
from samordna.sip.states import Part


def evaluation_content(
    facts: SipFacts, version: VersionFacts, person: PersonCard, said: EvaluationFacts
) -> dict[str, Any]:
    """What an edition of the evaluation says."""
    return head_of(facts, Part.EVALUATION, version, person) | {
        "met_on": said.met_on.isoformat() if said.met_on else None,
        "text": said.text,
        "written": written_content(said.written),
        "participants": [participant_content(line) for line in said.participants if not line.removed],
    }
