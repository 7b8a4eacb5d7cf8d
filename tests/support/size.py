"""Sizes of the same tests: small for `make test`, long for `make test-long`, fast while something is being made."""

import os

from hypothesis import HealthCheck, settings

_SIZE = os.environ.get("SAMORDNA_TEST_SIZE", "small")
LONG = _SIZE == "long"
# Of what is alike on both databases only what a second database gets of it.
FAST = _SIZE == "fast"

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
