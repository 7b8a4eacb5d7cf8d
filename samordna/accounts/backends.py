"""Who the user of a session is, which every request asks first."""

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from samordna.accounts.models import User
from samordna.kernel.prepared import Prepared

_COLUMNS = tuple(field.attname for field in User._meta.concrete_fields)
_USERS = Prepared(lambda user_id: User.objects.filter(pk=user_id).values_list(*_COLUMNS), user_id=int)


class UserBackend(ModelBackend):
    """Django's own, by a query that is worded once."""

    def get_user(self, user_id: int) -> User | None:
        """The user, unless closed or gone."""
        found = [User.from_db(connection.alias, _COLUMNS, row) for row in _USERS.rows(user_id=user_id)]
        return found[0] if found and self.user_can_authenticate(found[0]) else None
