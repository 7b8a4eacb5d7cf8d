"""Who the user of a session is, which every request asks first."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from samordna.accounts.hashers import take_as_long
from samordna.accounts.models import User
from samordna.accounts.user_names import fold_user_name
from samordna.kernel.prepared import Prepared
from samordna.kernel.rows import columns, made

_USERS = Prepared(lambda user_id: User.objects.filter(pk=user_id).values_list(*columns(User)), user_id=int)


class UserBackend(ModelBackend):
    """Django's own, by a query that is worded once, and with passwords however their letters are composed."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The user with that name and password, unless closed."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username=fold_user_name(username)).first()
        if user is None:
            take_as_long(password)
            return None
        if not user.check_password(password) or not self.user_can_authenticate(user):
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        """The user, unless closed or gone."""
        found = [made(User, row) for row in _USERS.rows(user_id=user_id)]
        return found[0] if found and self.user_can_authenticate(found[0]) else None
