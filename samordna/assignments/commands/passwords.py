"""First passwords that somebody has just given, and may see for some minutes more."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from samordna.assignments.models import FirstPasswords
from samordna.assignments.queries.passwords import SHOWN_FOR
from samordna.kernel.actor import Actor


def keep_first_passwords(*, actor: Actor, seed: str, usernames: Collection[str], at: datetime) -> UUID:
    """Remember whose passwords were worked out from the seed, so that they can be shown; not the passwords."""
    row = FirstPasswords.objects.create(
        made_by=actor.user_id, seed=seed, usernames=sorted(usernames), made_at=at
    )
    return row.pk


def forget_first_passwords(*, at: datetime) -> int:
    """Delete what is no longer shown; called by the worker. Returns how many there were."""
    return FirstPasswords.objects.filter(made_at__lte=at - SHOWN_FOR).delete()[0]
