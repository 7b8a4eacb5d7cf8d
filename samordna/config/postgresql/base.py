"""Django's own backend for PostgreSQL, whose connections do not wait for ever for a server that says nothing.

The server itself ends a statement that takes too long, or waits too long for a lock, and says so. A server that is
frozen ends nothing: then the connection is given up at this end.
"""

from functools import partial
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.pq import TransactionStatus

from samordna.kernel import patience

# Plans that the server keeps for a connection: more than the pages ask between them, but for lists of any length.
MOST_PLANS = 400


class Cursor(ServerBindingCursor):
    """Sends values beside the statement and never in it: what a server writes of a statement names nobody.

    The server keeps its plan of what a page asks for the second time. Of what runs by itself it keeps none: a command
    may change the tables meanwhile.
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        if patience.longest_wait() is None:
            options["prepare"] = False
        return super().execute(query, params, **options)  # type: ignore[misc] # the stubs do not know psycopg's


class DatabaseWrapper(base.DatabaseWrapper):
    """Waits as `kernel.patience` says, for an answer and for a connection."""

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        longest = patience.longest_wait()
        if longest is not None:
            if patience.was_away():
                raise psycopg.OperationalError("The server did not answer a moment ago.")
            conn_params = {**conn_params, "options": _with_limits(conn_params.get("options", ""), longest)}
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            patience.note_away()
            raise
        connection.prepared_max = MOST_PLANS
        # The connection's own way of waiting, with an end; psycopg has no other place to say it for all statements.
        connection.wait = partial(_wait, connection)
        return connection


def _with_limits(options: str, longest: float) -> str:
    """The server's limits lie below ours, so that it is the server that ends what it still can end."""
    statement, lock = int(longest * 1000) - 500, int(longest * 1000) - 1000
    return f"{options} -c statement_timeout={statement} -c lock_timeout={lock}".strip()


def _wait(connection: Any, generator: Any, *, timeout: float | None = None, **options: Any) -> Any:
    longest = patience.longest_wait() if timeout is None else timeout
    try:
        return psycopg.Connection.wait(connection, generator, timeout=longest, **options)
    except psycopg.OperationalError:
        if timeout is None and connection.pgconn.transaction_status == TransactionStatus.ACTIVE:
            # Still in the middle of the statement: nothing more can be asked by this connection.
            connection.pgconn.finish()
            patience.note_away()
        raise
