"""When the county is made up, and that it is whole."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from samordna.assignments.states import Profession, SystemRole
from samordna.cases.models import Case
from samordna.demo.county import PRINCIPALS, SMALL_STAFF, STAFF
from samordna.demo.county.users import Staff
from samordna.demo.filling import filled_with
from samordna.demo.persons import register
from samordna.demo.stories.county_cases import stories
from samordna.demo.stories.days import days_until
from samordna.demo.stories.story import Place, Story
from samordna.demo.texts import CHRONIC, DISABILITY, ELDERLY, HABILITATION, HOSPITAL, PSYCHIATRY, SCHOOL_CHILD
from samordna.kernel import clock
from samordna.kernel.workingdays import is_working_day
from samordna.organisations.tests.factories import principal
from samordna.people.models import Person

THEMES = (CHRONIC, DISABILITY, ELDERLY, HABILITATION, HOSPITAL, PSYCHIATRY, SCHOOL_CHILD)
MONDAY_NOON = datetime(2026, 5, 11, 10, 0, tzinfo=UTC)


def written(*, small: bool, now: datetime = MONDAY_NOON) -> list[Story]:
    """All stories as they stand before they are told: no database is asked."""
    units = [unit.key for principal in PRINCIPALS for unit in principal.units]
    outside = frozenset(unit.key for principal in PRINCIPALS for unit in principal.externals)
    place = Place({key: n for n, key in enumerate(units)}, outside, Staff({}, {}), days_until(now))
    made_up = register.make_up(register.SMALL if small else register.FULL, random.Random(1))
    return list(stories(place, made_up, random.Random(1), small=small))


def test_another_database_is_left_alone(db) -> None:
    principal()
    with pytest.raises(CommandError, match="not the made-up county's"):
        call_command("fill_demo", "--small")
    assert (filled_with(), Person.objects.count(), Case.objects.count()) == ("", 0, 0)


def test_the_full_county_has_two_hundred_cases_of_three_hundred_persons() -> None:
    assert len(written(small=False)) == 200
    assert sum(register.FULL.values()) == 300
    units = [unit for principal in PRINCIPALS for unit in principal.units]
    assert 35 <= len(units) <= 50
    assert 55 <= len(STAFF) <= 75
    assert len({worker.name for worker in STAFF}) == len(STAFF)
    assert {worker.name for worker in STAFF} >= SMALL_STAFF


def test_every_profession_and_every_role_is_somebodys() -> None:
    assert {work.profession for worker in STAFF for work in worker.work} == set(Profession)
    assert {role.role for worker in STAFF for role in worker.roles} == set(SystemRole)


@pytest.mark.parametrize(
    "now",
    [
        MONDAY_NOON,
        datetime(2026, 5, 10, 10, 0, tzinfo=UTC),  # a Sunday
        datetime(2026, 5, 11, 3, 0, tzinfo=UTC),  # before the offices open
        datetime(2026, 5, 11, 18, 0, tzinfo=UTC),
        datetime(2027, 1, 4, 9, 0, tzinfo=UTC),
    ],
)
def test_stories_end_before_now_and_go_forwards(now) -> None:
    for story in written(small=False, now=now):
        moments = [moment for moment, *_ in story.timed()]
        assert moments == sorted(set(moments))
        assert moments[-1] < now
        assert moments[0] > now - timedelta(days=290)
        assert all(is_working_day(clock.today(moment)) for moment in moments)


def test_the_same_county_each_time() -> None:
    def shape(told: list[Story]) -> list[tuple[str, str, int]]:
        return [(story.individual.name, story.casting.lead, len(story.acts)) for story in told]

    assert shape(written(small=False)) == shape(written(small=False))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.key)
def test_every_responsible_one_plays_in_the_theme(theme) -> None:
    """A role that no unit plays would leave a goal without anybody."""
    roles = {
        "self",
        "kin",
        *(role for story in written(small=False) if story.theme is theme for role in story.units),
    }
    named = {goal.by for goal in theme.goals} | {
        activity.by for goal in theme.goals for activity in goal.activities
    }
    assert named <= roles
