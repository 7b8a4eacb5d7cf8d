"""A user of the system: who logs in. Where the user works stands in `assignments`."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from samordna.accounts.hashers import composed, is_up_to_date, ways_typed
from samordna.accounts.user_names import fold_user_name
from samordna.kernel.text import search_key


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """User names are stored in capitals; login does not care about the case typed (V-15)."""
        return self.get(username=fold_user_name(username or ""))

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        fields.setdefault("search_key", search_key(str(fields.get("name", "")))[:200])
        user = self.model(username=fold_user_name(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"username", "name", "search_key", "email", "phone", "work_address", "hsa_id"}
    )

    username = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=200, db_index=True)
    hsa_id = models.CharField(max_length=31, null=True, blank=True, unique=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=100, blank=True)
    work_address = models.CharField(max_length=200, blank=True)
    protected = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # Set with a new name, until the worker has computed anew the rows of lists that say the old one.
    rows_stale_from = models.DateTimeField(null=True, blank=True, db_index=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.username

    def set_password(self, raw_password: str | None) -> None:
        """Keep a hash of the password with its letters composed."""
        super().set_password(None if raw_password is None else composed(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password, however its letters are composed, and were when the hash was made.

        The hash stays as it is: sessions are held by it, so it is only replaced where one begins (`renew_hash`).
        """
        return any(check_password(way, self.password) for way in ways_typed(raw_password or ""))

    def renew_hash(self, raw_password: str) -> None:
        """Hash the right password anew if it is done in another way now than then. One changed meanwhile stands."""
        before = self.password
        if not is_up_to_date(before, raw_password):
            self.set_password(raw_password)
            if not User.objects.filter(pk=self.pk, password=before).update(password=self.password):
                self.password = before


class LoginSession(models.Model):
    """One login and how long it lasted. `session_key` is emptied when it is over; the id is what the log keeps."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"user", "browser"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="login_sessions")
    session_key = models.CharField(max_length=40, null=True, unique=True)
    method = models.CharField(max_length=16)
    browser = models.CharField(max_length=80, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"session {self.pk}"


class Session(AbstractBaseSession):
    """What Django keeps of one browser. A replaced key stands for some seconds, with the one that came after it.

    Who is logged in and at which assignment stands beside the data too, so that one statement finds both the session
    and who acts.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"session_data"})

    replaced_by = models.CharField(max_length=40, blank=True, default="", db_index=True)
    user_id = models.BigIntegerField(null=True)
    assignment_id = models.BigIntegerField(null=True)
