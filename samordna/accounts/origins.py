"""Where a request comes from, as guesses at passwords are told apart by it, and whose a browser is known to be.

A browser that has logged in as a user keeps a signed word of it. It is an origin of its own for that user: what others
fail with on the user's behalf, from the same address or any other, does not shut it out.
"""

import secrets
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "known_browser"
KNOWN_FOR_SECONDS = 90 * 24 * 60 * 60
MOST_USERS = 20
_SIGNER = signing.TimestampSigner(salt="samordna.accounts.known_browser")
# Addresses that nothing is sent from (RFC 6666): a known browser stands among the addresses as one of these.
_OWN = b"\x01" + bytes(7)
KNOWN_BEGIN = "100::"


def address_of(request: HttpRequest) -> str:
    """The address that the request came from: as the proxy tells it where one is trusted, else the connection's.

    Of IPv6 the network, since a single computer has all of its addresses.
    """
    told = request.META.get(settings.ADDRESS_HEADER, "") if settings.ADDRESS_HEADER else ""
    try:
        found = ip_address(str(told or request.META.get("REMOTE_ADDR", "")).strip())
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - stands for one that is not known
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)


def network_of(address: str) -> str:
    """Whose the address is, as far as can be told: of IPv6 the 48 bits that one subscriber is given, else itself."""
    found = ip_address(address)
    return str(IPv6Address(int(found) >> 80 << 80)) if isinstance(found, IPv6Address) else address


def known_users(request: HttpRequest) -> tuple[int, ...]:
    """Those who have logged in with this browser, the last one first."""
    return tuple(_known(request))


def origin_of(request: HttpRequest, user_id: int | None) -> tuple[str, bool]:
    """What guesses at the user's password are counted by, and whether the browser is known to be the user's."""
    word = _known(request).get(user_id or 0)
    if word is None:
        return address_of(request), False
    digest = sha256(f"{user_id}.{word}".encode()).digest()
    return str(IPv6Address(_OWN + digest[:8])), True


def remember(response: HttpResponse, request: HttpRequest, user_id: int) -> None:
    """From now on the browser is known to be the user's."""
    known = _known(request)
    word = known.pop(user_id, None) or secrets.token_hex(8)
    kept = {user_id: word} | dict(list(known.items())[: MOST_USERS - 1])
    response.set_cookie(
        COOKIE,
        _SIGNER.sign("/".join(f"{user}.{word}" for user, word in kept.items())),
        max_age=KNOWN_FOR_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[int, str]:
    try:
        said = _SIGNER.unsign(request.COOKIES.get(COOKIE, ""), max_age=KNOWN_FOR_SECONDS)
    except signing.BadSignature:
        return {}
    pairs = (one.partition(".") for one in said.split("/"))
    return {int(user): word for user, _dot, word in pairs if user.isdigit()}
