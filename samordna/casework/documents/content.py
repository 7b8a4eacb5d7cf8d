"""What is signed of every kind of document begins alike: schema 1, canonical.

All values plain (JSON): dates as ISO text, moments as ISO text in UTC, ids as text. At the top of each stand

    schema, kind, case_number, round, number (of the version)
    person        {name, number (12 characters), protected}

and of a passage

    written       {by_id, by, unit, at}
"""

from typing import Any

from samordna.casework.documents.facts import Written
from samordna.casework.file.facts import CaseWork
from samordna.documents.facts import VersionFacts
from samordna.people.queries import PersonCard

SCHEMA = 1


def head_of(facts: CaseWork, part: str, version: VersionFacts, person: PersonCard) -> dict[str, Any]:
    """The top of what an edition of the part says."""
    return {
        "schema": SCHEMA,
        "kind": str(part),
        "case_number": facts.case.number,
        "round": facts.round_of(part) or facts.round_number,
        "number": version.number,
        "person": {"name": person.name, "number": person.number, "protected": person.protected},
    }


def written_content(written: Written) -> dict[str, object]:
    return {"by_id": written.by_id, "by": written.by, "unit": written.unit, "at": written.at.isoformat()}
