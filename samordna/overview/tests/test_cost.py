"""What a list costs does not grow with the cases: statements and size are held here."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import UnitFactory, actor_for_assignment, worker
from samordna.organisations.middleware import support_lines
from samordna.overview.tests.factories import row

pytestmark = pytest.mark.both

MOST_STATEMENTS = 6
MOST_BYTES = 40_000

Taken = Callable[[Callable[[], object]], list[str]]


def fill(unit: object, number: int, at: datetime) -> None:
    for serial in range(number):
        due = at + timedelta(hours=8 * (serial % 9) - 24) if serial % 3 else None
        row(unit, at=at - timedelta(hours=serial), profile=serial, due_at=due)


@pytest.fixture(autouse=True)
def support_known(anna: Assignment) -> None:
    """The foot's text is asked for once a minute and department in each process, not by each page."""
    support_lines(actor_for_assignment(anna))


@pytest.mark.parametrize("cases", [1, 50, 200])
def test_a_list_takes_the_same_statements_whatever_it_holds(
    page: Client, anna: Assignment, at: datetime, statements: Taken, cases: int
) -> None:
    fill(anna.unit, cases, at)
    taken = statements(lambda: page.get(reverse("overview:sip")))
    # The log of one person has one row fewer: the others of a reading stand in a table of their own.
    assert len(taken) == MOST_STATEMENTS - (cases == 1), "\n".join(taken)


@pytest.mark.parametrize("cases", [0, 50])
def test_a_list_seen_before_takes_fewer(
    page: Client, anna: Assignment, at: datetime, statements: Taken, cases: int
) -> None:
    fill(anna.unit, cases, at)
    page.get(reverse("overview:sip"))
    assert len(statements(lambda: page.get(reverse("overview:sip")))) <= MOST_STATEMENTS - 2


@pytest.mark.parametrize("mine", ["", "&mine=1"])
def test_a_refresh_asks_who_asks_and_what_is_new_in_one_statement(
    page: Client, anna: Assignment, at: datetime, statements: Taken, mine: str
) -> None:
    fill(anna.unit, 50, at)
    asked = page.get(reverse("overview:sip")).context["changes_href"] + mine
    assert len(statements(lambda: page.get(asked))) == 1


def test_fifty_rows_weigh_at_most_forty_thousand_bytes(page: Client, anna: Assignment, at: datetime) -> None:
    fill(anna.unit, 60, at)
    answer = page.get(reverse("overview:sip"))
    assert answer.content.count(b"<tr>") == 51
    assert len(answer.content) <= MOST_BYTES, len(answer.content)


@pytest.mark.parametrize("units", [2, 12])
def test_the_units_to_choose_between_are_counted_in_one_statement(
    page: Client, anna: Assignment, at: datetime, statements: Taken, units: int
) -> None:
    for serial in range(1, units):
        fill(worker(UnitFactory(), user=anna.user, profession=anna.profession).unit, serial, at)
    taken = statements(lambda: page.get(reverse("assignments:choose_unit")))
    assert len([sql for sql in taken if "COUNT(" in sql]) == 1
    bare = len(statements(lambda: page.get(reverse("accounts:session"))))
    # The user, whose units they are, the units themselves, and what there is to do at all of them.
    assert len(taken) == bare + 3, "\n".join(taken)
