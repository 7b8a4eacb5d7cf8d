"""Initial passwords: read out on the telephone or copied by hand, and changed at the first login."""

import secrets

# Without characters that are taken for one another; sixteen of these 31 are as hard to guess as 79 coins.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


def initial_password() -> str:
    """Such as "x7fk-m2qa-9wrt-tj4z"."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)
