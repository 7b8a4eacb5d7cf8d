"""The made-up county with rights in discharge, and discharges brought as far as a test needs by real acts."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from samordna.assignments.models import Assignment, ModuleRight
from samordna.cases.consent import ConsentChoice
from samordna.cases.states import ConsentForm, ConsentGiver, ConsentScope
from samordna.casework.case.commands.new_case import begin_case
from samordna.casework.messages.commands.answering import answer_message
from samordna.discharge.admission.commands import save_admission, send_admission
from samordna.discharge.admission.states import Certainty
from samordna.discharge.admission.text import AdmissionText
from samordna.discharge.process import DISCHARGE
from samordna.discharge.queries import discharge_for_rebuild
from samordna.discharge.ready.commands import save_ready, send_ready
from samordna.discharge.ready.text import ReadyText
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.messaging.commands import Reply
from samordna.messaging.facts import Chosen
from samordna.messaging.states import Answer
from samordna.organisations.models import Organisation
from samordna.sip.tests import factories as f
from tests.support.stages import built_once

CONSENT = ConsentChoice(ConsentGiver.SELF, "", ConsentForm.ORAL, ConsentScope.INFORMATION)


@built_once
def county() -> f.County:
    """The county of the SIP, whose professions may do in discharges what they may in SIPs."""
    made = f.county()
    for right in list(ModuleRight.objects.filter(module=Module.SIP)):
        right.pk, right.module = None, Module.SPU
        right.save()
    return made


def today() -> date:
    return clock.today(clock.now())


def admission(*, planned: int = 3) -> AdmissionText:
    """Admitted yesterday at eight; discharge in so many days."""
    yesterday = today() - timedelta(days=1)
    return AdmissionText(yesterday, time(8, 0), today() + timedelta(days=planned), Certainty.LIKELY)


def ready() -> ReadyText:
    """Judged this very minute."""
    now = clock.local(clock.now())
    return ReadyText("Åke Läkare, överläkare", now.date(), now.time().replace(second=0, microsecond=0))


@built_once
def admitted(by: Assignment, *, name: str = "Karl-Erik Wallin", person_id: UUID | None = None) -> UUID:
    """A case made at the ward, with nothing in it, of a new person unless one is given."""
    actor = f.actor(by)
    person_id = person_id or f.new_person(actor, name=name)
    return begin_case(process=DISCHARGE, actor=actor, person_id=person_id, at=clock.now())


def send_the_admission(
    case_id: UUID, by: Assignment, *to: Organisation, text: AdmissionText | None = None
) -> UUID:
    """Written and sent to these units."""
    told = {"actor": f.actor(by), "case_id": case_id, "at": clock.now()}
    chosen = [Chosen(unit.pk) for unit in to]
    message_id = save_admission(message_id=None, version=0, chosen=chosen, text=text or admission(), **told)
    send_admission(message_id=message_id, version=version_of(case_id, message_id), **told)
    return message_id


def send_the_ready(
    case_id: UUID, by: Assignment, *to: Organisation, consent: ConsentChoice | None = CONSENT
) -> UUID:
    """Written and sent to these units, upon a consent to share information."""
    told = {"actor": f.actor(by), "case_id": case_id, "at": clock.now()}
    chosen = [Chosen(unit.pk) for unit in to]
    message_id = save_ready(message_id=None, version=0, chosen=chosen, text=ready(), **told)
    send_ready(message_id=message_id, version=version_of(case_id, message_id), consent=consent, **told)
    return message_id


def acknowledge(case_id: UUID, message_id: UUID, by: Assignment, at: datetime | None = None) -> None:
    answer_message(
        process=DISCHARGE,
        actor=f.actor(by),
        case_id=case_id,
        message_id=message_id,
        reply=Reply(Answer.ACKNOWLEDGED),
        at=at or clock.now(),
    )


def version_of(case_id: UUID, message_id: UUID) -> int:
    message = discharge_for_rebuild(case_id).message(message_id)
    assert message is not None
    return message.version
