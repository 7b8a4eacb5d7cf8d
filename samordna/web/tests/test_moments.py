"""Times in words, on both languages and across the change of summer time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from samordna.web import moments

# Wednesday 13 May 2026, 10.00 in Stockholm; Thursday 14 May is Ascension Day.
NOW = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 5, 13, 6, 12, tzinfo=UTC), "i dag 08.12"),
        (datetime(2026, 5, 12, 13, 40, tzinfo=UTC), "i går 15.40"),
        (datetime(2026, 5, 13, 22, 30, tzinfo=UTC), "i morgon 00.30"),
        (datetime(2026, 5, 20, 11, 0, tzinfo=UTC), "ons 20 maj 13.00"),
        (datetime(2026, 11, 26, 12, 0, tzinfo=UTC), "tors 26 nov 13.00"),
        (datetime(2027, 1, 15, 12, 0, tzinfo=UTC), "fre 15 jan 2027 13.00"),
    ],
)
def test_when(moment, words):
    assert moments.when(moment, at=NOW) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (NOW + timedelta(hours=6), "senast i dag 16.00"),
        (NOW + timedelta(days=7), "senast ons 20 maj"),
        (NOW, "senast i dag 10.00"),
        (NOW - timedelta(seconds=1), "försenat sedan i dag 09.59"),
        (NOW - timedelta(days=1), "försenat 1 arbetsdag"),
        # Monday to Wednesday, and over a weekend.
        (NOW - timedelta(days=5), "försenat 3 arbetsdagar"),
        (NOW - timedelta(days=700), "försenat mer än 99 arbetsdagar"),
    ],
)
@pytest.mark.requirement("K-08")
def test_due(due, words):
    assert moments.due_text(due, at=NOW) == words


def test_late_only_over_days_off_is_not_a_working_day_late():
    friday = datetime(2026, 5, 15, 14, 0, tzinfo=UTC)
    sunday = datetime(2026, 5, 17, 9, 0, tzinfo=UTC)
    assert moments.due_text(friday, at=sunday) == "försenat sedan fre 15 maj 16.00"


def test_english():
    with translation.override("en"):
        assert moments.when(NOW, at=NOW) == "today 10.00"
        assert moments.due_text(NOW - timedelta(days=1), at=NOW) == "1 working day late"


def test_filters_read_the_clock_and_stand_empty_values():
    template = Template(
        "{% load web %}{{ at|when }}|{{ at|on_date }}|{{ at|clock_time }}|{{ at|recent }}|{{ at|due }}|{{ none|when }}"
        "{{ none|on_date }}{{ none|due }}{{ none|recent }}{{ none|clock_time }}{% due_tag none %}"
    )
    with time_machine.travel(NOW, tick=False):
        shown = template.render(Context({"at": NOW, "none": None}))
    assert shown == "i dag 10.00|i dag|10.00|i dag 10.00|senast i dag 10.00|"


def test_due_tag_marks_lateness_by_shape_and_word():
    template = Template("{% load web %}{% due_tag at %}")
    with time_machine.travel(NOW, tick=False):
        shown = template.render(Context({"at": NOW - timedelta(days=1)}))
    assert 'class="due late"' in shown
    assert "#overdue" in shown
    assert "försenat 1 arbetsdag" in shown
