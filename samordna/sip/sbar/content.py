"""The canonical content of a SBAR: what is signed and shown, below the head of every document.

situation, background, assessment, recommendation, written
"""

from typing import Any

from samordna.casework.documents.content import head_of, written_content
from samordna.documents.facts import VersionFacts
from samordna.people.queries import PersonCard
from samordna.sip.facts import SipFacts
from samordna.sip.sbar.facts import SbarFacts
from samordna.sip.states import Part


def sbar_content(
    facts: SipFacts, version: VersionFacts, person: PersonCard, said: SbarFacts
) -> dict[str, Any]:
    """What an edition of the SBAR says."""
    return (
        head_of(facts, Part.SBAR, version, person) | said.texts | {"written": written_content(said.written)}
    )
