"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with 20 MiB a check.

    Django's 100 MiB would take 800 MB when eight people log in at once; OWASP's lowest advice is 19 MiB and two passes.
    """

    time_cost = 2
    memory_cost = 20 * 1024
    parallelism = 1
