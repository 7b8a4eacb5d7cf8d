"""Which cases the county has: each plot so many times, in every theme that the shown log-ins meet."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from samordna.demo.persons.register import Individual
from samordna.demo.stories import later_plots, passages, plots
from samordna.demo.stories.castings import OTHERS, SHOWN, SMALL
from samordna.demo.stories.story import Casting, Place, Story

_OLD = (20, 45, 80)


@dataclass(frozen=True)
class Plot:
    """`count` cases in the full county; in the small one a single case if `small`.

    `idle`: working days since the last act, taken in turn. `outside`: needs a unit outside the system; `lead`: needs
    this unit to lead.
    """

    build: Callable[[Story], None]
    count: int
    idle: tuple[int, ...] = (0, 1, 2)
    small: bool = False
    outside: bool = False
    lead: str = ""


PLOTS = (
    Plot(plots.new_case, 2, (0, 2)),
    Plot(plots.initiative_draft, 5, (0, 1, 3), small=True),
    Plot(passages.sent, 6, (0,), small=True),
    Plot(passages.sent, 4, (2, 3, 5)),
    Plot(plots.initiative_partly_answered, 5, (0, 1)),
    Plot(plots.denied, 5, (0, 1, 2), small=True),
    Plot(plots.denied_in_words, 2),
    Plot(plots.sent_on, 3, (0, 1)),
    Plot(plots.set_aside, 1, (3,)),
    Plot(plots.initiative_taken_back, 4, (1, 4), small=True),
    Plot(plots.initiative_voided, 4, (2, 6), small=True),
    Plot(passages.accepted, 5, (1, 2, 6), small=True),
    Plot(plots.sbar_draft, 2, (0, 1)),
    Plot(plots.sbar_signed, 4, (0, 1, 2)),
    Plot(plots.asked_around, 5, (0, 0, 2)),
    Plot(plots.message_voided, 1, (3,)),
    Plot(plots.summons_draft, 4, (0, 1)),
    Plot(plots.summons_sent, 5, (0,), small=True),
    Plot(plots.summons_sent, 4, (2, 3)),
    Plot(plots.summons_acknowledged, 4, (1, 3, 5), small=True),
    Plot(plots.outside_untold, 2, (0, 1), outside=True),
    Plot(plots.unit_added, 2, (0,)),
    Plot(plots.informed_only, 2, (0, 1)),
    Plot(plots.summons_voided, 4, (2, 3)),
    Plot(plots.summons_taken_back, 4, (0, 1)),
    Plot(plots.meeting_held, 5, (0, 1, 3)),
    Plot(plots.plan_draft, 5, (0, 1, 4), small=True),
    Plot(passages.signed, 4, (0, 1, 2), small=True),
    Plot(plots.plan_with_gaps, 2, (1,)),
    Plot(plots.plan_edited, 4, (0, 1)),
    Plot(plots.plan_signed_again, 3, (0, 1)),
    Plot(passages.locked, 5, (0, 1, 2)),
    Plot(plots.plan_handed_over, 4, (1, 3)),
    Plot(passages.handed_over, 5, (2, 7, 20), small=True),
    Plot(later_plots.follow_up_soon, 4, (9, 11)),
    Plot(passages.handed_over, 5, (41, 44, 50)),
    Plot(later_plots.unhandled, 4, (6, 12)),
    Plot(later_plots.coordinator_left, 1, (32,), small=True, lead="soder"),
    Plot(later_plots.unit_removed, 1, (8,)),
    Plot(plots.plan_unlocked, 2, (1, 2)),
    Plot(plots.plan_voided, 4, (3, 6)),
    Plot(passages.being_followed_up, 4, (0, 1), small=True),
    Plot(later_plots.follow_up_begun_elsewhere, 3, (1, 2)),
    Plot(passages.followed_up, 4, (0, 2)),
    Plot(later_plots.next_follow_up, 3, (3, 10)),
    Plot(later_plots.follow_up_voided, 1, (4,)),
    Plot(later_plots.follow_up_reopened, 1, (1,)),
    Plot(passages.new_round, 2, (1, 2)),
    Plot(later_plots.new_plan_summoned, 2, (0, 1)),
    Plot(later_plots.new_plan_draft, 2, (0, 1)),
    Plot(later_plots.new_plan_locked, 3, (4, 10)),
    Plot(later_plots.evaluation_summoned, 4, (0, 2), small=True),
    Plot(later_plots.evaluation_acknowledged, 2, (1, 2)),
    Plot(later_plots.evaluation_summons_voided, 1, (2,)),
    Plot(passages.evaluation_met, 1, (1,)),
    Plot(later_plots.evaluation_draft, 2, (0, 1)),
    Plot(passages.evaluated, 2, (0, 1)),
    Plot(later_plots.evaluation_voided, 1, (2,)),
    Plot(later_plots.ended, 4, _OLD),
    Plot(later_plots.ended_without_meeting, 2, _OLD, small=True),
    Plot(later_plots.wished, 1, _OLD),
    Plot(later_plots.died, 1, _OLD),
    Plot(later_plots.moved, 1, _OLD),
    Plot(later_plots.ended_otherwise, 1, _OLD),
    Plot(later_plots.consent_withdrawn, 1, _OLD),
    Plot(later_plots.wrong_person, 4, (3, 15), small=True),
)


def stories(
    place: Place, individuals: Sequence[Individual], rng: random.Random, *, small: bool
) -> Iterator[Story]:
    """Every story, written down to its last act but not told yet."""
    pools = {
        group: [one for one in individuals if one.age_group == group] for group in ("old", "adult", "child")
    }
    number = 0
    for plot in PLOTS:
        for turn, casting in enumerate(_castings(plot, number, small=small)):
            story = Story(place, casting, pools[casting.theme.age_group].pop(0), random.Random(rng.random()))
            plot.build(story)
            story.idle = plot.idle[turn % len(plot.idle)]
            yield story
            number += 1


def _castings(plot: Plot, number: int, *, small: bool) -> list[Casting]:
    """The shown ones first in a plot that has enough cases for all of them; else in turn among all."""
    if small:
        return _turning(_led(SMALL, plot), number, 1) if plot.small else []
    if plot.outside:
        outside = [casting for casting in (*SHOWN, *OTHERS) if {"insurance", "work"} & set(casting.units)]
        return outside[: plot.count]
    if plot.count >= len(SHOWN):
        return [*SHOWN, *_turning(OTHERS, number, plot.count - len(SHOWN))]
    return _turning(_led([*OTHERS, *SHOWN], plot), number, plot.count)


def _led(castings: Sequence[Casting], plot: Plot) -> list[Casting]:
    return [casting for casting in castings if plot.lead in {"", casting.units[casting.lead]}]


def _turning(castings: Sequence[Casting], first: int, count: int) -> list[Casting]:
    return [castings[(first + step) % len(castings)] for step in range(count)]
