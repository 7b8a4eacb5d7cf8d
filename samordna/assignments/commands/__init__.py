"""All writing of this room, by subject."""

from samordna.assignments.commands.passwords import forget_first_passwords
from samordna.assignments.commands.people import (
    Work,
    add_assignment,
    change_user,
    close_user,
    create_user,
    end_assignment,
    give_password,
    open_user,
    write_assignment,
)
from samordna.assignments.commands.rights import appoint, change_rights, end_role, grant_role, set_right
from samordna.assignments.commands.units import choose_unit
from samordna.assignments.commands.users_file import export_users, import_users, preview_users

__all__ = [
    "Work",
    "add_assignment",
    "appoint",
    "change_rights",
    "change_user",
    "choose_unit",
    "close_user",
    "create_user",
    "end_assignment",
    "end_role",
    "export_users",
    "forget_first_passwords",
    "give_password",
    "grant_role",
    "import_users",
    "open_user",
    "preview_users",
    "set_right",
    "write_assignment",
]
