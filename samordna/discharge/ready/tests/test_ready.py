"""*Utskrivningsklar*: after the admission notice, on a physician's judgement, upon consent."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from samordna.cases.models import UnitCase
from samordna.discharge.ready.rules import ready_refusal
from samordna.discharge.ready.text import ReadyText
from samordna.discharge.states import Part
from samordna.discharge.tests import factories as d
from samordna.kernel.refusal import Refused
from samordna.messaging.models import Delivery
from samordna.sip.tests import factories as f

ADMITTED = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # 09.00 in Sweden
NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
RIGHT = ReadyText("Åke Läkare, överläkare", date(2026, 11, 30), time(11, 0))


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"physician": ""}, "ready.physician_missing", "physician"),
        ({"assessed_on": None}, "ready.date_missing", "assessed_on"),
        ({"assessed": None}, "ready.time_missing", "assessed"),
        ({"assessed": time(11, 1)}, "ready.ahead", "assessed"),
        ({"assessed_on": date(2026, 12, 1)}, "ready.ahead", "assessed_on"),
        ({"assessed": time(8, 59)}, "ready.before_admission", "assessed_on"),
    ],
)
def test_it_is_refused_at_the_field(wrong: dict[str, object], code: str, field: str) -> None:
    refusal = ready_refusal(replace(RIGHT, **wrong), ADMITTED, NOW)  # type: ignore[arg-type]
    assert refusal is not None
    assert (refusal.code, refusal.field) == (code, field)


def test_the_minute_of_the_admission_and_the_minute_that_is_now_are_right() -> None:
    assert ready_refusal(RIGHT, ADMITTED, NOW) is None
    assert ready_refusal(replace(RIGHT, assessed=time(9, 0)), ADMITTED, NOW) is None


@pytest.fixture
def county(db: None) -> f.County:
    return d.county()


def test_it_is_told_after_the_admission_to_those_who_know_of_it(county: f.County) -> None:
    case_id, linden = d.admitted(county.frida), county.health_centre
    with pytest.raises(Refused) as too_early:
        d.send_the_ready(case_id, county.frida, linden)
    assert too_early.value.refusal.code == "discharge.not_admitted"
    admission = d.send_the_admission(case_id, county.frida, linden)
    d.acknowledge(case_id, admission, county.david)
    ready = d.send_the_ready(case_id, county.frida, linden)
    assert Delivery.objects.get(message_id=ready).shared_why == "CONSENT"
    assert set(UnitCase.objects.get(case_id=case_id, unit=linden).symbols) == {Part.ADMISSION, Part.READY}


@pytest.mark.requirement("L-03")
def test_unlike_the_admission_it_is_not_told_without_consent(county: f.County) -> None:
    case_id, linden = d.admitted(county.frida), county.health_centre
    d.send_the_admission(case_id, county.frida, linden)
    with pytest.raises(Refused) as refused:
        d.send_the_ready(case_id, county.frida, linden, consent=None)
    assert refused.value.refusal.code == "consent.missing"
    assert not Delivery.objects.filter(message__kind=Part.READY).exists()
