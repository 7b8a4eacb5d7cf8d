"""The notice of admission: what it must say, that the law is its ground, and what each unit is told."""

from datetime import time, timedelta

import pytest

from samordna.cases.models import Consent, UnitCase
from samordna.cases.states import Bucket
from samordna.cases.worklist import NextStep
from samordna.casework.file.presenters.next_step import sentence
from samordna.casework.messages.commands.voiding import void_message
from samordna.discharge.process import DISCHARGE
from samordna.discharge.queries import discharge_for_rebuild
from samordna.discharge.states import Part
from samordna.discharge.tests import factories as d
from samordna.kernel import clock
from samordna.kernel.refusal import Refused
from samordna.messaging.models import Delivery
from samordna.notifications.models import OutboxItem
from samordna.sip.tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return d.county()


def said_at(case_id, by) -> tuple[str, str]:
    """What the unit's list says is next, and under which heading."""
    row = UnitCase.objects.get(case_id=case_id, unit_id=by.unit_id)
    return sentence(DISCHARGE, NextStep(**row.next_step)).text, row.bucket


def test_it_is_sent_by_a_duty_in_law_without_consent_and_acknowledged(county: f.County) -> None:
    case_id = d.admitted(county.frida)
    assert said_at(case_id, county.frida) == ("Skicka inskrivningsmeddelandet", Bucket.TODO)
    message_id = d.send_the_admission(case_id, county.frida, county.health_centre, county.home_care)
    assert not Consent.objects.filter(case_id=case_id).exists()
    held = Delivery.objects.filter(message_id=message_id).values_list("shared_why", flat=True)
    assert list(held) == ["LAW", "LAW"]
    assert OutboxItem.objects.filter(event="admission.to_acknowledge").count() == 2
    assert said_at(case_id, county.david) == ("Kvittera inskrivningsmeddelandet", Bucket.TODO)
    facts = discharge_for_rebuild(case_id)
    assert {one.unit_id for one in facts.sent(Part.ADMISSION).awaited} == {
        county.health_centre.pk,
        county.home_care.pk,
    }
    d.acknowledge(case_id, message_id, county.david)
    assert said_at(case_id, county.david) == ("Inget att göra just nu", Bucket.WAITING)


def test_it_is_to_be_sent_within_24_hours(county: f.County) -> None:
    case_id = d.admitted(county.frida)
    made = discharge_for_rebuild(case_id).case.created_at
    assert UnitCase.objects.get(case_id=case_id).overdue_from == made + timedelta(hours=24)


def test_the_day_of_discharge_stands_in_the_ward_s_next_step_and_a_voided_notice_is_sent_anew(
    county: f.County,
) -> None:
    case_id = d.admitted(county.frida)
    message_id = d.send_the_admission(case_id, county.frida, county.health_centre)
    d.acknowledge(case_id, message_id, county.david)
    row = UnitCase.objects.get(case_id=case_id, unit_id=county.frida.unit_id)
    assert sentence(DISCHARGE, NextStep(**row.next_step)).text.startswith("Planerad utskrivning ")
    planned = discharge_for_rebuild(case_id).admission.planned_on
    assert row.acts_from == clock.at_local(planned, time(0, 0))
    void_message(
        process=DISCHARGE, actor=f.actor(county.frida), case_id=case_id, message_id=message_id,
        reason="Fel patient", at=clock.now(),
    )  # fmt: skip
    assert said_at(case_id, county.frida) == ("Skicka ett nytt inskrivningsmeddelande", Bucket.TODO)
    assert discharge_for_rebuild(case_id).admission is None


def test_a_second_notice_while_one_stands_is_refused(county: f.County) -> None:
    case_id = d.admitted(county.frida)
    d.send_the_admission(case_id, county.frida, county.health_centre)
    with pytest.raises(Refused) as refused:
        d.send_the_admission(case_id, county.frida, county.home_care)
    assert refused.value.refusal.code == "message.already_sent"


def test_a_unit_that_was_told_of_the_admission_sees_that_and_no_more(county: f.County) -> None:
    case_id = d.admitted(county.frida)
    d.send_the_admission(case_id, county.frida, county.health_centre)
    symbols = UnitCase.objects.get(case_id=case_id, unit_id=county.david.unit_id).symbols
    assert set(symbols) == {Part.ADMISSION}
