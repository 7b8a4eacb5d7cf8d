"""First passwords that somebody has just given, and may see for some minutes more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from samordna.accounts.hashers import stored
from samordna.assignments.models import FirstPasswords
from samordna.assignments.passwords import initial_password, new_seed
from samordna.assignments.queries.passwords import SHOWN_FOR
from samordna.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class FirstPasswordsMade:
    """First passwords that nobody has yet: the seed they are worked out from, and what is stored, by user name."""

    seed: str = ""
    hashed: Mapping[str, str] = field(default_factory=dict)


def make_first_passwords(usernames: Collection[str]) -> FirstPasswordsMade:
    """For many at once; it takes time, so it is done before anything is held."""
    seed = new_seed()
    return FirstPasswordsMade(seed, {name: stored(initial_password(seed, name)) for name in usernames})


def keep_first_passwords(*, actor: Actor, seed: str, usernames: Collection[str], at: datetime) -> UUID:
    """Remember whose passwords were worked out from the seed, so that they can be shown; not the passwords."""
    row = FirstPasswords.objects.create(
        made_by=actor.user_id, seed=seed, usernames=sorted(usernames), made_at=at
    )
    return row.pk


def forget_first_passwords(*, at: datetime) -> int:
    """Delete what is no longer shown; called by the worker. Returns how many there were."""
    return FirstPasswords.objects.filter(made_at__lte=at - SHOWN_FOR).delete()[0]
