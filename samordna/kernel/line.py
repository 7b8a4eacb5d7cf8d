"""Waiting in line for a name, so that two who want the same thing come one after the other.

A race that is settled by a constraint ends as an error in the database server's own log, with the values of the row:
a person's number, a colleague's user name. Whoever writes what may exist once asks for its name first, looks whether it
is there, and writes it if it is not.
"""

from hashlib import blake2b

from django.db import connection


def wait_in_line(kind: str, *name: object) -> None:
    """Come after everybody who asked for the same name before; it is held until the transaction ends.

    The server is told a number made of the name, which nobody can read back. SQLite has one writer at a time anyway.
    Two names are asked for in one order everywhere, or two who ask for both wait for each other.
    """
    if connection.vendor != "postgresql":
        return
    digest = blake2b("\0".join([kind, *map(str, name)]).encode(), digest_size=8).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, signed=True)])
