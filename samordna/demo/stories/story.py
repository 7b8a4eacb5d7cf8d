"""A story: one case, told as acts that follow each other by some working days, each done by a command of `sip`."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Concatenate, ParamSpec
from uuid import UUID, uuid4

from samordna.demo.county.users import Staff
from samordna.demo.persons.register import Individual
from samordna.demo.stories.days import Days
from samordna.demo.texts.shapes import Theme, told_of
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Sex, parse
from samordna.sip.facts import SipFacts

P = ParamSpec("P")
LEAD = "lead"
_NOT_YET = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where stories are played: units by key, those outside the system, people, the calendar."""

    unit_ids: Mapping[str, int]
    external: frozenset[str]
    staff: Staff
    days: Days


@dataclass(frozen=True)
class Casting:
    """A theme with a unit for each of its roles. The first role leads: it makes the case."""

    theme: Theme
    units: Mapping[str, str]

    @property
    def lead(self) -> str:
        return next(iter(self.units))


# When, on which day of the calendar, in which story, what.
Beat = tuple[datetime, int, "Story", Callable[[], None]]


@dataclass
class Story:
    """Built by `then`, which writes down acts; told later, all stories together in the order of time."""

    place: Place
    casting: Casting
    individual: Individual
    rng: random.Random
    units: dict[str, str] = field(default_factory=dict)
    acts: list[tuple[int, Callable[[], None]]] = field(default_factory=list)
    cursor: int = 0
    meeting: int = 0
    # Working days since the last act.
    idle: int = 0
    # The role that coordinates and writes the plan, once the story has come so far.
    writer: str = LEAD
    # While it is told:
    at: datetime = _NOT_YET
    day: int = 0
    case_id: UUID = field(default_factory=uuid4)
    told_facts: SipFacts | None = None
    messages: dict[str, UUID] = field(default_factory=dict)
    cast: dict[str, Actor] = field(default_factory=dict)
    coordinator: str = LEAD
    # Names of those who must play a role.
    played_by: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = dict(self.casting.units)

    # --- Building ---

    def then(
        self,
        gap: int,
        act: Callable[Concatenate["Story", P], None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Story":
        """The next act, that many working days after the one before."""
        self.cursor += gap
        self.acts.append((self.cursor, partial(act, self, *args, **kwargs)))
        return self

    def timed(self) -> list[Beat]:
        """The acts with day and time, the last one `idle` days before the newest."""
        timed: list[Beat] = []
        at, before = _NOT_YET, None
        for offset, act in self.acts:
            day = offset - self.cursor - self.idle
            at = (
                self.place.days.begin(day, self.rng)
                if day != before
                else self.place.days.go_on(day, at, self.rng)
            )
            before = day
            timed.append((at, day, self, act))
        return timed

    # --- Telling ---

    @property
    def theme(self) -> Theme:
        return self.casting.theme

    @property
    def facts(self) -> SipFacts:
        if self.told_facts is None:
            raise RuntimeError("Nothing has been told of the case yet.")
        return self.told_facts

    @property
    def woman(self) -> bool:
        return parse(self.individual.number).sex != Sex.MAN

    @property
    def others(self) -> list[str]:
        """Roles within the system but the leading one."""
        return [role for role in self.inside if role != self.casting.lead]

    @property
    def inside(self) -> list[str]:
        return [role for role, unit in self.units.items() if unit not in self.place.external]

    @property
    def outside(self) -> list[str]:
        return [role for role, unit in self.units.items() if unit in self.place.external]

    def unit_id(self, role: str) -> int:
        return self.place.unit_ids[self.units[self._role(role)]]

    def actor(self, role: str = LEAD) -> Actor:
        """Who acts for the role: the same person all through the story."""
        if role in self.played_by:
            return self.place.staff.by_name[self.played_by[role]]
        role = self._role(role)
        unit = self.units[role]
        if role not in self.cast or self.cast[role].unit_id != self.place.unit_ids[unit]:
            self.cast[role] = self.place.staff.someone(unit, self.rng, initiating=role == self.casting.lead)
        return self.cast[role]

    def actor_at(self, unit_id: int) -> Actor | None:
        role = next((role for role in self.inside if self.unit_id(role) == unit_id), None)
        if role is None:
            return None
        return self.actor(LEAD if role == self.casting.lead else role)

    @property
    def coordinating(self) -> Actor:
        return self.actor(self.coordinator)

    def ahead(self, days: int) -> date:
        """The date that many working days after the day that is being told."""
        return self.place.days.date(self.day + days)

    def words(self, texts: Sequence[str]) -> str:
        """One of the texts, as it is said of this individual."""
        return told_of(self.rng.choice(texts), woman=self.woman)

    def _role(self, role: str) -> str:
        return self.casting.lead if role == LEAD else role


def tell(timed: Iterable[Beat]) -> int:
    """All stories at once, in the order of time, so that the log and the case numbers are as if it had happened."""
    count = 0
    for at, day, story, act in sorted(timed, key=lambda beat: beat[0]):
        story.at, story.day = at, day
        act()
        count += 1
    return count
