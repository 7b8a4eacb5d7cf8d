"""Who the user of a session is, which every request asks first."""

from django.contrib.auth.backends import ModelBackend

from samordna.accounts.models import User
from samordna.kernel.prepared import Prepared
from samordna.kernel.rows import columns, made

_USERS = Prepared(lambda user_id: User.objects.filter(pk=user_id).values_list(*columns(User)), user_id=int)


class UserBackend(ModelBackend):
    """Django's own, by a query that is worded once."""

    def get_user(self, user_id: int) -> User | None:
        """The user, unless closed or gone."""
        found = [made(User, row) for row in _USERS.rows(user_id=user_id)]
        return found[0] if found and self.user_can_authenticate(found[0]) else None
