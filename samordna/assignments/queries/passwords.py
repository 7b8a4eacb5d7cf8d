"""The first passwords that somebody has just given."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samordna.accounts.models import User
from samordna.assignments.models import FirstPasswords
from samordna.assignments.passwords import initial_password
from samordna.kernel.actor import Actor
from samordna.kernel.collation import swedish

SHOWN_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A password to be handed over."""

    user_id: int
    name: str
    username: str
    password: str


def first_passwords(*, actor: Actor, passwords_id: UUID, at: datetime) -> list[FirstPassword]:
    """Those the actor gave there in the last ten minutes, but for whoever has changed it or got another since."""
    rows = FirstPasswords.objects.filter(made_at__gt=at - SHOWN_FOR)
    row = rows.filter(pk=passwords_id, made_by=actor.user_id).first()
    if row is None:
        return []
    later = {
        name
        for names in rows.filter(made_at__gt=row.made_at).values_list("usernames", flat=True)
        for name in names
    }
    users = User.objects.filter(username__in=set(row.usernames) - later, must_change_password=True)
    return [
        FirstPassword(user.pk, user.name, user.username, initial_password(row.seed, user.username))
        for user in users.order_by(swedish("name"), "pk")
    ]
