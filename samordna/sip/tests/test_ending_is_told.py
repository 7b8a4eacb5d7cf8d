"""Who learns that a whole case is over (V-83), proved by the mails that arrive."""

from uuid import UUID

import pytest
from django.core import mail
from django.urls import reverse

from samordna.cases.models import UnitCase
from samordna.cases.states import Bucket, EndReason
from samordna.casework.case.commands.case import give_consent
from samordna.kernel.clock import now
from samordna.messaging.states import Answer
from samordna.notifications.commands import deliver_due
from samordna.organisations.models import Organisation
from samordna.overview.queries import events as offered
from samordna.sip.evaluation.commands import void_evaluation
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, read
from samordna.sip.tests.test_notices import administrator, notices

pytestmark = pytest.mark.django_db
ENDED, VOIDED = "Samordna: ett ärende har avslutats", "Samordna: ett ärende har makulerats"


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def case_id(county: f.County) -> UUID:
    """The health centre takes part; social services and the authority outside have not answered; Frida is informed."""
    case_id, initiative = f.sent_initiative(
        county, county.health_centre, county.social, county.insurance, county.hospital
    )
    f.answer(case_id, initiative, county.david, Answer.ACCEPTED)
    f.answer(case_id, initiative, county.frida, Answer.DENIED, suggested_text="Någon annan")
    deliver_due(at=now())
    mail.outbox.clear()
    return case_id


def end(case_id: UUID, who: f.Assignment, reason: EndReason) -> str:
    page = at_work(who).post(reverse("sip:end", args=[case_id]), {"reason": reason}, follow=True)
    deliver_due(at=now())
    return page.content.decode()


def told(subject: str) -> set[str]:
    """The addresses at which a mail with that subject has arrived."""
    return {address for one in mail.outbox if one.subject == subject for address in one.to}


def addresses(*units: Organisation) -> set[str]:
    return {unit.notify_email for unit in units}


@pytest.mark.requirement("V-83", "V-11")
@pytest.mark.parametrize(
    ("reason", "subject"),
    [
        (EndReason.INDIVIDUALS_WISH, ENDED),
        (EndReason.CONSENT_WITHDRAWN, ENDED),
        (EndReason.DIED, ENDED),
        (EndReason.MOVED, ENDED),
        (EndReason.WRONG_PERSON, VOIDED),
    ],
)
def test_who_takes_part_and_who_was_asked_and_has_not_answered_is_told(
    county: f.County, case_id: UUID, reason: EndReason, subject: str
) -> None:
    end(case_id, county.david, reason)
    assert not mail.outbox
    end(case_id, county.anna, reason)
    assert told(subject) == addresses(county.health_centre, county.social)
    assert len(mail.outbox) == 2


@pytest.mark.requirement("V-83")
def test_a_summons_that_waits_is_told_of_too_and_who_has_left_is_not(county: f.County, case_id: UUID) -> None:
    f.send_a_summons(case_id, county.anna, [county.health_centre])
    at_work(county.anna).post(reverse("sip:remove_unit", args=[case_id, county.health_centre.pk]))
    mail.outbox.clear()
    end(case_id, county.anna, EndReason.MOVED)
    assert told(ENDED) == addresses(county.social)


@pytest.mark.requirement("V-83", "V-11")
@pytest.mark.parametrize("chosen", [False, True])
def test_a_message_of_information_that_waits_is_told_of_where_that_is_chosen_and_one_that_is_answered_not(
    county: f.County, case_id: UUID, *, chosen: bool
) -> None:
    if chosen:
        for unit in (county.psychiatry, county.hospital):
            every = {"events": [event.code for event in offered()]}
            administrator(county, unit).post(notices(unit), every)
    give_consent(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        choice=f.CONSENT,
        unit_ids=[county.psychiatry.pk, county.hospital.pk],
        at=now(),
    )
    message = f.send_information(case_id, county.anna, f.to_units(county.psychiatry, county.hospital))
    f.answer(case_id, message, county.frida, Answer.ACKNOWLEDGED)
    mail.outbox.clear()
    end(case_id, county.anna, EndReason.MOVED)
    informed = [county.psychiatry] if chosen else []
    assert told(ENDED) == addresses(county.health_centre, county.social, *informed)


@pytest.mark.requirement("V-83")
def test_the_task_of_who_was_asked_ends_and_the_list_says_why(county: f.County, case_id: UUID) -> None:
    row = UnitCase.objects.get(case_id=case_id, unit=county.social)
    assert row.bucket == Bucket.TODO
    end(case_id, county.anna, EndReason.INDIVIDUALS_WISH)
    row.refresh_from_db()
    assert row.bucket == Bucket.ENDED
    cecilia = at_work(county.cecilia)
    page = cecilia.get(reverse("overview:sip"), {"list": "ended"}).content.decode()
    assert "Ärendet är avslutat" in page
    assert "På den enskildes begäran" in page
    assert "Behov av samordning" in read(cecilia, case_id, Part.INITIATIVE)


@pytest.mark.requirement("V-83", "V-42")
def test_who_ends_a_case_is_told_whom_to_tell_outside_the_system(county: f.County, case_id: UUID) -> None:
    page = at_work(county.anna).get(reverse("sip:end", args=[case_id])).content.decode()
    assert f"Meddela {county.insurance.name} själva" in page
    assert county.social.name not in page.split("Meddela ")[1].split("själva")[0]


@pytest.mark.requirement("V-83", "V-82")
def test_an_evaluation_that_ends_the_case_is_told_as_an_end_to_who_stands_outside_it(
    county: f.County,
) -> None:
    case_id = s.signed_evaluation(county)
    give_consent(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        choice=f.CONSENT,
        unit_ids=[county.psychiatry.pk],
        at=now(),
    )
    f.send_information(case_id, county.anna, f.to_units(county.psychiatry))
    every = {"events": [event.code for event in offered()]}
    administrator(county, county.psychiatry).post(notices(county.psychiatry), every)
    deliver_due(at=now())
    mail.outbox.clear()
    s.lock_evaluation(case_id, county.anna)
    deliver_due(at=now())
    assert told(ENDED) == addresses(county.psychiatry)
    assert told("Samordna: en utvärdering har låsts") == addresses(county.health_centre, county.social)
    mail.outbox.clear()
    who = {"actor": f.actor(county.anna), "case_id": case_id, "at": now()}
    void_evaluation(reason="Låst av misstag", **who)
    deliver_due(at=now())
    assert told("Samordna: ett avslutat ärende fortsätter igen") == addresses(county.psychiatry)


@pytest.mark.requirement("V-83")
@pytest.mark.parametrize("reason", [EndReason.OTHER, EndReason.WRONG_PERSON])
def test_how_a_case_ended_is_said_once_on_its_page(county: f.County, reason: EndReason) -> None:
    case_id, anna = f.accepted_case(county), at_work(county.anna)
    anna.post(reverse("sip:end", args=[case_id]), {"reason": reason, "comment": "Flyttade hem igen"})
    page = anna.get(reverse("sip:end", args=[case_id])).content.decode()
    assert page.count("av Anna Lindqvist:") == 1
    assert page.count("Flyttade hem igen") == 1
