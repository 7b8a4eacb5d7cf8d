"""Who wrote a row of a document."""

from samordna.casework.documents.facts import Written
from samordna.casework.documents.models import WrittenRow


def written_of(row: WrittenRow) -> Written:
    return Written(
        version=row.version,
        at=row.written_at,
        by_id=row.written_by_id,
        by=row.written_by_name,
        unit=row.written_unit_name,
    )
