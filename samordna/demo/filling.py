"""Fills an empty database with the made-up county: the same each time, but for the dates, which follow the day."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import translation

from samordna.accounts.models import User
from samordna.demo.county import PRINCIPALS, SMALL_STAFF, SMALL_UNITS, STAFF
from samordna.demo.county.places import HSA_START, PlaceBuilder, choose_settings
from samordna.demo.county.users import let_in
from samordna.demo.persons import register
from samordna.demo.stories.county_cases import stories
from samordna.demo.stories.days import days_until
from samordna.demo.stories.story import Place, tell
from samordna.notifications.models import OutboxItem
from samordna.organisations.models import Organisation
from samordna.people.models import Person

# Before the first act of the longest story.
HISTORY = timedelta(days=300)
# So many mails are left for the worker to send; earlier ones are taken for sent when what they tell happened.
FRESH_MAILS = 40
_SEED = 2010
# The HSA-id of the region tells that the county is the made-up one, and which size it has.
_MARKS = {f"{HSA_START}FULL": "full", f"{HSA_START}SMALL": "small"}


@dataclass(frozen=True)
class Filled:
    units: int
    users: int
    persons: int
    cases: int
    acts: int


def filled_with() -> str:
    """ "full" or "small" when the made-up county is there, else nothing."""
    found = Organisation.objects.filter(hsa_id__in=_MARKS).values_list("hsa_id", flat=True).first()
    return _MARKS[found] if found else ""


def holds_anything() -> bool:
    """Whether there is something that somebody has put there: places, users, persons. Cases need all three."""
    return Organisation.objects.exists() or User.objects.exists() or Person.objects.exists()


@transaction.atomic
def fill(*, now: datetime, small: bool) -> Filled:
    """All of it or nothing, in Swedish, by the commands that users and operators reach."""
    with translation.override("sv"):
        since = now - HISTORY
        places = PlaceBuilder(since, SMALL_UNITS if small else None)
        for principal in PRINCIPALS:
            mark = f"{HSA_START}{'SMALL' if small else 'FULL'}" if principal.key == "region" else ""
            places.principal(principal, mark)
        choose_settings(since, small=small)
        workers = [worker for worker in STAFF if not small or worker.name in SMALL_STAFF]
        staff = let_in(workers, places.ids, since, now)
        chance = random.Random(_SEED)
        made_up = register.make_up(register.SMALL if small else register.FULL, chance)
        individuals = [register.write_down(individual, since) for individual in made_up]
        place = Place(places.ids, frozenset(places.external), staff, days_until(now))
        told = list(stories(place, individuals, chance, small=small))
        acts = tell(beat for story in told for beat in story.timed())
        _settle_old_mail()
    return Filled(places.unit_count, len(workers), len(individuals), len(told), acts)


def _settle_old_mail() -> None:
    """Months of history would drown the folder that the demo shows."""
    latest = OutboxItem.objects.order_by("-created_at").values_list("pk", flat=True)[:FRESH_MAILS]
    OutboxItem.objects.exclude(pk__in=list(latest)).update(sent_at=F("created_at"))
