"""The database as one address, so that it can be chosen from the environment."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# IMMEDIATE: a command takes the write lock when it begins, so two of them queue instead of failing in the middle.
# FULL: what has been answered is on the disk. Pages wait less than `timeout` (kernel.patience).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # To plan a statement costs ten times what carrying it out does. Plans are kept, 128 unless told otherwise.
    "cached_statements": 1000,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


# A server that is not there, or a network that has gone, is noticed by every process within seconds. How long a page
# waits for an answer is said elsewhere (kernel.patience). The time to connect counts for each address that the server's
# name has, and it often has two (IPv4, IPv6).
POSTGRESQL_OPTIONS = {
    "connect_timeout": "2",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "samordna.config.sqlite",
        "NAME": str(path),
        # To open the file and set it up costs more than most of what is asked of it. Who puts another file in its
        # place stops the program first (docs/operations.md).
        "CONN_MAX_AGE": None,
        "OPTIONS": dict(SQLITE_OPTIONS),
    }


def postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    # A socket's folder cannot stand in the host part of an address; it is given as ?host=/folder, as in libpq.
    options: dict[str, Any] = POSTGRESQL_OPTIONS | dict(parse_qsl(parts.query))
    _demand_known(options)
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "samordna.config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", None) or parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Values go beside the statement: a server that writes down a statement writes down nobody's number.
            "server_side_binding": True,
            # To plan a statement costs more than to carry it out; which ones, config.postgresql decides.
            "prepare_threshold": 1,
            **options,
        },
    }


def database_from_url(url: str) -> dict[str, Any]:
    """Settings of the database at `url`: postgresql://user:password@host:port/name or sqlite:////absolute/file.

    Any other address is refused at start, without a word of it that may be a password.
    """
    scheme, _rest, there = url.partition("://")
    try:
        has_name = bool(unquote(urlsplit(url).path).strip("/"))
        port = urlsplit(url).port
    except ValueError:
        raise ImproperlyConfigured(
            "SAMORDNA_DATABASE_URL cannot be read: its port is no port number, or a bracket is missing."
        ) from None
    if scheme not in {"postgresql", "postgres", "sqlite"} or not there:
        raise ImproperlyConfigured("SAMORDNA_DATABASE_URL must begin with postgresql:// or sqlite://.")
    if not has_name or (scheme == "sqlite" and port is not None):
        raise ImproperlyConfigured("SAMORDNA_DATABASE_URL names no database after the host.")
    return (
        sqlite(Path("/" + unquote(urlsplit(url).path).lstrip("/"))) if scheme == "sqlite" else postgresql(url)
    )


def _demand_known(options: Mapping[str, str]) -> None:
    """Else the program would start, and each page fail at its first question."""
    # Not before: it takes a while, and a laptop with its file needs none of it.
    from psycopg.pq import Conninfo  # noqa: PLC0415

    known = {found.keyword.decode() for found in Conninfo.get_defaults()}
    unknown = sorted(options.keys() - known)
    if unknown:
        raise ImproperlyConfigured(
            f"SAMORDNA_DATABASE_URL has options that PostgreSQL does not know: {', '.join(unknown)}."
        )
    no_number = [name for name in POSTGRESQL_OPTIONS if not re.fullmatch("[0-9]+", options[name])]
    if no_number:
        raise ImproperlyConfigured(
            f"SAMORDNA_DATABASE_URL needs whole numbers for {', '.join(sorted(no_number))}."
        )
