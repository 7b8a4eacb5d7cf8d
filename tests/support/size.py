"""Two sizes of the same tests: small and repeatable for `make test`, long for `make test-long`."""

import os

from hypothesis import HealthCheck, settings

LONG = os.environ.get("SAMORDNA_TEST_SIZE", "small") == "long"

# A database row takes longer than hypothesis expects of a plain function.
_slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "small",
    max_examples=25,
    stateful_step_count=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=_slow,
)
settings.register_profile(
    "long",
    max_examples=1_000,
    stateful_step_count=80,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=_slow,
)
settings.load_profile("long" if LONG else "small")
