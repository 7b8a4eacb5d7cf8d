"""Initial passwords: read out on the telephone or copied by hand, and changed at the first login.

They are worked out from a random seed, the user name and the installation's secret key. So a page can show them again
for some minutes while nothing that is stored is a password.
"""

import secrets

from django.utils.crypto import salted_hmac

# Without characters that are taken for one another; sixteen of these 31 are as hard to guess as 79 coins.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


def new_seed() -> str:
    """For the passwords of one import or one user."""
    return secrets.token_hex(32)


def initial_password(seed: str, username: str) -> str:
    """Such as "x7fk-m2qa-9wrt-tj4z"; the same each time for the same seed and user name."""
    digest = salted_hmac("samordna.initial_password", f"{seed}:{username}", algorithm="sha512").digest()
    # The number has so many more digits than are used that each character is as likely as any other.
    number = int.from_bytes(digest, "big")
    characters = []
    for _place in range(_GROUPS * _GROUP_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        characters.append(_ALPHABET[place])
    text = "".join(characters)
    return "-".join(text[start : start + _GROUP_LENGTH] for start in range(0, len(text), _GROUP_LENGTH))
