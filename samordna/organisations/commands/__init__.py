"""Everything that changes the county's tree and settings."""

from samordna.organisations.commands.address_book import (
    ImportOutcome,
    export_address_book,
    import_address_book,
)
from samordna.organisations.commands.notices import choose_notices
from samordna.organisations.commands.places import add_place, change_place, close_place, reopen_place
from samordna.organisations.commands.settings import change_setting

__all__ = [
    "ImportOutcome",
    "add_place",
    "change_place",
    "change_setting",
    "choose_notices",
    "close_place",
    "export_address_book",
    "import_address_book",
    "reopen_place",
]
