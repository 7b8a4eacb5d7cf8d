"""Made-up persons with numbers from the published test series; names belong to nobody."""

from datetime import UTC, datetime
from uuid import UUID

from samordna.kernel.identifiers import luhn_ok, parse
from samordna.people import commands

AT = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)

# Born 1941, 1962, 1958 and 2016.
OLD = "19410110-6393"
GROWN_UP = "19620723-2882"
ANOTHER = "19580926-2743"
CHILD = "20160226-2394"
# National reserve numbers from published examples.
RESERVE = "25780404KHD5"
OTHER_RESERVE = "22950606FH20"
# Put together here, so that no valid coordination number stands in the project.
COORDINATION = "19610184-279" + next(digit for digit in "0123456789" if luhn_ok(f"610184279{digit}"))


def person(number: str = OLD, name: str = "Erik Exempel") -> UUID:
    """Somebody, through the room's own command."""
    return commands.find_or_create_person(actor=None, identifier=parse(number), name=name, at=AT).id
