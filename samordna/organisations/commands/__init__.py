"""Everything that changes the county's tree and settings."""

from samordna.organisations.commands.address_book import (
    export_address_book,
    import_address_book,
    preview_address_book,
)
from samordna.organisations.commands.incoming import (
    answer_questions,
    drop_file,
    forget_files,
    incoming_file,
    keep_file,
)
from samordna.organisations.commands.notices import choose_notices
from samordna.organisations.commands.places import add_place, change_place, close_place, reopen_place
from samordna.organisations.commands.settings import change_setting

__all__ = [
    "add_place",
    "answer_questions",
    "change_place",
    "change_setting",
    "choose_notices",
    "close_place",
    "drop_file",
    "export_address_book",
    "forget_files",
    "import_address_book",
    "incoming_file",
    "keep_file",
    "preview_address_book",
    "reopen_place",
]
