"""Sessions in the database, which every request reads first. Django finds the store by the name of its class.

Beside Django's own: a key that was just replaced is honoured for some seconds, for what was under way when it was, and
what two requests change in one session at once is both kept. The session can be read together with who acts.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import transaction
from django.db.models import QuerySet

from samordna.accounts.models import Session
from samordna.kernel.changing import Update
from samordna.kernel.clock import now
from samordna.kernel.prepared import Prepared

# As long as an answer may take that was asked for with the key of before.
REPLACED_KEY_LASTS = timedelta(seconds=30)
# What came after a session that has ended.
_NOTHING = "-"
# Where the data say which assignment was chosen.
CHOSEN = "assignment_id"
_COLUMNS = ("session_key", "session_data", "expire_date", "replaced_by")
SESSIONS = Prepared(
    lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at).values_list(*_COLUMNS),
    key=str,
    at=datetime,
)


def _living(
    *, key: str, stored: str, data: str, expires: datetime, user_id: int, assignment_id: int
) -> tuple[QuerySet[Session], dict[str, Any]]:
    rows = Session.objects.filter(session_key=key, replaced_by="", session_data=stored)
    return rows, {
        "session_data": data,
        "expire_date": expires,
        "user_id": user_id,
        "assignment_id": assignment_id,
    }


# Waits for whoever writes the same session, and changes nothing when that has changed what was read.
_write_as_read = Update(
    _living, key=str, stored=str, data=str, expires=datetime, user_id=int, assignment_id=int
)


class SessionStore(db.SessionStore):
    """One session. `replaced_by` is the key that came after the one it was found by, and empty for a living one.

    `ended_here` says that this very request ended it, so that the browser is to forget its key.
    """

    def __init__(self, session_key: str | None = None) -> None:
        self._modified = False
        self._stored = ""
        self.replaced_by = ""
        self.ended_here = False
        self._read_already: list[tuple[Any, ...]] | None = None
        super().__init__(session_key)

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def take(self, rows: list[tuple[Any, ...]]) -> None:
        """What `SESSIONS` answered by this key, asked together with something else: it is not asked again."""
        self._read_already = rows

    @property
    def living_key(self) -> str | None:
        """The key that this session goes by now."""
        return self.replaced_by or self.session_key

    def newest_key(self) -> str:
        """The key that it goes by now, also where another request has renewed it since this one began.

        Asked of the database: who acts on the answer holds the user (`sessions.hold`).
        """
        key = self.living_key or ""
        renewed = Session.objects.filter(session_key=key).values_list("replaced_by", flat=True).first()
        return renewed or key

    @property
    def modified(self) -> bool:
        """Never of one found by a replaced key: its data are not written, and no cookie is sent with them."""
        return self._modified and not self.replaced_by

    @modified.setter
    def modified(self, value: bool) -> None:
        self._modified = value

    def _get_session_from_db(self) -> Session | None:
        found, self._read_already = self._read_already, None
        if found is None:
            found = SESSIONS.rows(key=self.session_key or "", at=now())
        if found:
            row = Session(**dict(zip(_COLUMNS, found[0], strict=True)))
            self._stored, self.replaced_by = row.session_data, row.replaced_by
            return row
        # As Django does: a key that is nobody's is never taken over.
        self._session_key = None
        return None

    def save(self, must_create: bool = False) -> None:
        """Write what this request has changed; what another has changed meanwhile stands.

        Nothing is written of a session whose key was replaced meanwhile, or that has ended: here it is over.
        """
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        data = self._get_session()  # type: ignore[attr-defined]
        user_id, assignment_id = _whose(data)
        encoded, expires = self.encode(data), self.get_expiry_date()
        if _write_as_read(
            key=self.session_key, stored=self._stored, data=encoded, expires=expires, user_id=user_id,
            assignment_id=assignment_id,
        ):  # fmt: skip
            self._stored = encoded
            return
        self._write_over(data)

    def _write_over(self, data: dict[str, Any]) -> None:
        """Somebody else has written meanwhile, or the session is over."""
        with transaction.atomic():
            row = Session.objects.select_for_update().filter(session_key=self.session_key).first()
            if row is None or row.replaced_by:
                self.replaced_by = row.replaced_by if row else _NOTHING
                return
            if row.session_data != self._stored:
                data = _merged(self.decode(row.session_data), self.decode(self._stored), data)
            row.session_data, row.expire_date = self.encode(data), self.get_expiry_date()
            row.user_id, row.assignment_id = _whose(data)
            row.save(update_fields=["session_data", "expire_date", "user_id", "assignment_id"])
            self._stored = row.session_data

    def cycle_key(self) -> None:
        """Another key for the same session. The old one is honoured a little longer, as it stands, and never written.

        Of two requests that ask for it at once the first gets it; the other goes on with the old one.
        """
        data, old = self._session, self.session_key  # type: ignore[attr-defined]
        if not old:
            super().cycle_key()
            return
        with transaction.atomic():
            new = self._get_new_session_key()  # type: ignore[attr-defined]
            until = now() + REPLACED_KEY_LASTS
            present = Session.objects.filter(session_key=old, replaced_by="")
            if not present.update(replaced_by=new, expire_date=until):
                renewed = self.newest_key()
                self.replaced_by = renewed if renewed != old else _NOTHING
                return
            Session.objects.filter(replaced_by=old).update(replaced_by=new)
            self._session_key, self._session_cache = new, data
            self.save(must_create=True)
            self.modified = True

    def create(self) -> None:
        """A session of its own by a new key, with what this request knows, also where the key was replaced."""
        self.replaced_by = ""
        super().create()

    def go_over(self) -> None:
        """Go on as the session stands by its newest key. Only for somebody who has just proved to be its user."""
        newest = self.newest_key()
        if newest == self.session_key:
            return
        self._session_key, self.replaced_by = newest, ""
        self._session_cache = self.load()

    def end(self) -> list[str]:
        """The session is over, by whichever of its keys it is asked for; gives those it had."""
        key = self.newest_key()
        older = (
            list(Session.objects.filter(replaced_by=key).values_list("session_key", flat=True)) if key else []
        )
        Session.objects.filter(session_key=key).delete()
        Session.objects.filter(session_key__in=older).delete()
        self.replaced_by = ""
        self.flush()
        return [key, *older]

    def flush(self) -> None:
        """Forget what it holds. A session found by a replaced key is only left: whoever has the new one keeps it.

        So is one whose key another request has replaced since this one found it, as when the password is changed.
        """
        newest = self.newest_key()
        if newest != (self.session_key or ""):
            self.replaced_by = newest
            self._session_key, self._session_cache = None, {}
        else:
            super().flush()
            self.ended_here = True

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.user_id, row.assignment_id = _whose(data)
        self._stored = row.session_data
        return row


def _whose(data: dict[str, Any]) -> tuple[int | None, int | None]:
    user_id, assignment_id = data.get(SESSION_KEY), data.get(CHOSEN)
    return int(user_id) if user_id else None, assignment_id if isinstance(assignment_id, int) else None


def _merged(stands: dict[str, Any], read: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """What stands now, with what was changed of what was read."""
    changed = {key: value for key, value in written.items() if key not in read or read[key] != value}
    gone = read.keys() - written.keys()
    return {key: value for key, value in stands.items() if key not in gone} | changed
