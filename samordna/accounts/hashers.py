"""How passwords are kept: of the characters as Unicode composes them, whatever keyboard they were typed on."""

from django.contrib.auth.hashers import (
    Argon2PasswordHasher,
    check_password,
    get_hasher,
    identify_hasher,
    make_password,
)

from samordna.kernel.text import normalized


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with 20 MiB a check.

    Django's 100 MiB would take 800 MB when eight people log in at once; OWASP's lowest advice is 19 MiB and two passes.
    """

    time_cost = 2
    memory_cost = 20 * 1024
    parallelism = 1


def composed(password: str) -> str:
    """What is hashed: å is one character, also where the keyboard or the system makes it an a and a ring."""
    return normalized("NFC", password)


def stored(password: str) -> str:
    """What is kept instead of the password. It takes time on purpose: never while others wait for a lock."""
    return make_password(composed(password))


def ways_typed(password: str) -> tuple[str, ...]:
    """What may have been hashed of this password, the way it is done now first.

    Older hashes are of the password as it came; it may have come from another system than the one it is typed on now.
    """
    return tuple(dict.fromkeys((composed(password), password, normalized("NFD", password))))


def is_up_to_date(encoded: str, password: str) -> bool:
    """Whether the right password would be hashed in the same way now: composed, and by the first of the hashers."""
    wanted = get_hasher()
    same_way = identify_hasher(encoded).algorithm == wanted.algorithm and not wanted.must_update(encoded)
    return same_way and (password.isascii() or check_password(composed(password), encoded))


def take_as_long(password: str) -> None:
    """Refusing somebody unknown takes as long as refusing somebody known."""
    for way in ways_typed(password):
        make_password(way)
