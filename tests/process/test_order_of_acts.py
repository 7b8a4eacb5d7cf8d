"""Times follow the order in which acts took hold, in rows and in the log, whichever of them was asked for first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from samordna.accounts.commands import ContactDetails, change_contact
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.kernel import clock
from samordna.organisations.commands import change_setting
from samordna.sip.models import Goal
from samordna.sip.plan.commands import goals
from samordna.sip.plan.commands.goals import GoalText, Responsible
from samordna.sip.tests import factories as f
from tests.process.test_races import county, written_plan  # noqa: F401 - a fixture

# On both databases: SQLite makes acts that meet wait for its one write lock, and none is to be told that it is taken.
pytestmark = [pytest.mark.race, pytest.mark.usefixtures("committed_db")]
Together = Callable[..., list[Any]]
ACTS = 6


def asked_at() -> list[datetime]:
    """Moments just before now, the latest first: each act was asked for before the one that is begun before it."""
    now = clock.now()
    return [now - timedelta(seconds=number) for number in range(ACTS)]


def in_order(**which: Any) -> list[datetime]:
    """The times of the entries, in the order they were written; no two are alike."""
    times = list(Entry.objects.filter(**which).order_by("id").values_list("at", flat=True))
    assert times == sorted(set(times))
    return times


@pytest.mark.requirement("V-53", "L-05")
def test_goals_and_their_entries_follow_each_other_as_they_were_written(
    county: f.County,  # noqa: F811
    in_threads: Together,
) -> None:
    case_id = written_plan(county)
    anna = f.actor(county.anna)

    def add(text: str, at: datetime) -> None:
        goals.add_goal(actor=anna, case_id=case_id, goal=GoalText("Boende", text, Responsible()), at=at)

    assert in_threads(*(partial(add, f"M{n}", at) for n, at in enumerate(asked_at()))) == [None] * ACTS
    add("Sist", asked_at()[-1])
    in_order(case_id=case_id)
    # The position is given while the case is held.
    rows = list(Goal.objects.filter(edition__document__case_id=case_id).order_by("position"))
    assert [row.written_at for row in rows] == sorted(row.written_at for row in rows)
    logged = Entry.objects.filter(case_id=case_id, action=Action.DOCUMENT_EDITED).order_by("id")
    by_lineage = {entry.details["goal"]: entry.at for entry in logged if "goal" in entry.details}
    added = rows[-ACTS - 1 :]
    assert [by_lineage[str(row.lineage)] for row in added] == [row.written_at for row in added]


@pytest.mark.requirement("L-05")
def test_changes_of_a_user_follow_each_other_in_the_log(
    county: f.County,  # noqa: F811
    in_threads: Together,
) -> None:
    anna = f.actor(county.anna)

    def change(phone: str, at: datetime) -> None:
        change_contact(actor=anna, user_id=anna.user_id, contact=ContactDetails("", phone, ""), at=at)

    assert in_threads(*(partial(change, f"01{n}", at) for n, at in enumerate(asked_at()))) == [None] * ACTS
    change("0199", asked_at()[-1])
    assert len(in_order(action=Action.USER_CHANGED, object_id=str(anna.user_id))) == ACTS + 1


@pytest.mark.requirement("L-05")
def test_changes_of_a_setting_follow_each_other_in_the_log(
    county: f.County,  # noqa: F811
    in_threads: Together,
) -> None:
    change = partial(change_setting, actor=None, key="existence_questions_per_hour", department_id=None)
    change(value=3, at=clock.now())
    results = in_threads(*(partial(change, value=10 + n, at=at) for n, at in enumerate(asked_at())))
    assert results == [None] * ACTS
    change(value=5, at=asked_at()[-1])
    in_order(action=Action.SETTINGS_CHANGED)
    said = [e.details for e in Entry.objects.filter(action=Action.SETTINGS_CHANGED).order_by("id")]
    assert [one["before"] for one in said[1:]] == [one["after"] for one in said[:-1]]


def test_an_act_of_another_day_keeps_its_time(county: f.County) -> None:  # noqa: F811
    earlier = clock.now() - timedelta(days=3)
    case_id = f.new_case(county.anna, at=earlier)
    assert in_order(case_id=case_id, action=Action.CASE_CREATED) == [earlier]
