"""Django's own backend for SQLite, whose connections wait for another writer as long as `kernel.patience` says."""

from typing import Any

from django.db.backends.sqlite3 import base

from samordna.kernel import patience


class DatabaseWrapper(base.DatabaseWrapper):
    """A page waits no longer than pages may; what runs by itself waits as its setting says."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        longest = patience.longest_wait()
        if longest is not None:
            conn_params = {**conn_params, "timeout": min(longest, conn_params.get("timeout", longest))}
        return super().get_new_connection(conn_params)
