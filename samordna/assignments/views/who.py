"""The actor of a page that demands one."""

from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible
from samordna.web.requests import PageRequest


def acting(request: PageRequest) -> Actor:
    """Who acts; `UnitRequired` has seen to it that somebody does."""
    if request.actor is None:
        raise NotVisible
    return request.actor
