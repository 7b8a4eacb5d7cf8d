"""What a unit can be told about, and where an item of the outbox stands."""

from enum import StrEnum


class Channel(StrEnum):
    """How it is sent. SMS and fax come later."""

    MAIL = "mail"


class Sending(StrEnum):
    """Whether mail leaves this installation, and if not, why. A code never changes: operators watch them."""

    ON = "on"
    NEVER_TURNED_ON = "never_turned_on"
    TURNED_OFF = "turned_off"
    NOT_TURNED_ON_HERE = "not_turned_on_here"
    OTHER_DATABASE = "other_database"
    OLDER_THAN_SENT = "older_than_sent"


# What stands in place of an error where an operator chose that an old notification is not to be sent any more.
WITHHELD = "withheld"
