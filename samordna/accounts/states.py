"""Words about logging in."""

from enum import StrEnum


class LoginMethod(StrEnum):
    """How the user proved who it is; kept with what was signed."""

    PASSWORD = "password"  # noqa: S105


class SessionEnd(StrEnum):
    """Why a session is over."""

    IDLE = "idle"
    ABSOLUTE = "absolute"
    CLOSED = "closed"
