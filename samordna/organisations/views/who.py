"""Who asks for a page of this room, and what they keep."""

from django.http import HttpRequest

from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible
from samordna.organisations import queries
from samordna.organisations.rules import Reach
from samordna.web.requests import actor_of


def acting(request: HttpRequest) -> Actor:
    """The actor; the middleware lets nobody through without one."""
    actor = actor_of(request)
    if actor is None:
        raise NotVisible
    return actor


def demand_whole_county(request: HttpRequest) -> None:
    """The address book's file holds every unit, so its pages exist for those who keep the whole county alone."""
    if not queries.reach_of(acting(request)).whole_county:
        raise NotVisible


def reach_for(request: HttpRequest) -> Reach:
    """What the actor keeps of tree and settings; these pages do not exist for those who keep nothing."""
    allowed = queries.reach_of(acting(request))
    if not allowed.any:
        raise NotVisible
    return allowed
