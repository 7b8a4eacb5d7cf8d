"""What a notice of admission must say: each fault at its field."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from samordna.discharge.admission.rules import admission_refusal
from samordna.discharge.admission.text import AdmissionText

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)  # 11.00 in Sweden
RIGHT = AdmissionText(date(2026, 11, 30), time(11, 0), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"admitted_on": None}, "admission.date_missing", "admitted_on"),
        ({"admitted": None}, "admission.time_missing", "admitted"),
        ({"planned_on": None}, "admission.planned_missing", "planned_on"),
        ({"admitted": time(11, 1)}, "admission.ahead", "admitted"),
        ({"admitted_on": date(2026, 12, 1)}, "admission.ahead", "admitted_on"),
        ({"planned_on": date(2026, 11, 29)}, "admission.planned_past", "planned_on"),
    ],
)
def test_it_is_refused_at_the_field(wrong: dict[str, object], code: str, field: str) -> None:
    refusal = admission_refusal(replace(RIGHT, **wrong), NOW)  # type: ignore[arg-type]
    assert refusal is not None
    assert (refusal.code, refusal.field) == (code, field)


def test_the_minute_that_is_now_and_the_day_that_is_today_are_right() -> None:
    assert admission_refusal(RIGHT, NOW) is None
