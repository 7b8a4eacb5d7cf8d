"""Acts of calling and telling: the two summonses, units outside the system, information messages."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from samordna.casework.meetings.states import MeetingForm
from samordna.casework.messages.commands.answering import record_external
from samordna.casework.messages.commands.recipients import add_recipients
from samordna.demo.stories.preparing import answer, consent_for, consent_given
from samordna.demo.stories.story import LEAD, Story
from samordna.demo.texts import any_need
from samordna.messaging.commands import Reply
from samordna.messaging.facts import Chosen
from samordna.messaging.states import Answer, ToldHow
from samordna.sip.information.commands import save_information, send_information
from samordna.sip.information.text import InformationText
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.summons.commands import save_summons, send_summons
from samordna.sip.summons.text import SummonsText

SUMMONS, EVALUATION_SUMMONS, INFORMATION = "summons", "evaluation", "information"
_PARTS = {SUMMONS: Part.SUMMONS, EVALUATION_SUMMONS: Part.EVALUATION_SUMMONS}
_STARTS = (time(8, 30), time(9, 0), time(10, 0), time(13, 0), time(13, 30), time(14, 0), time(15, 0))
_FORMS = (MeetingForm.PLACE, MeetingForm.PLACE, MeetingForm.PLACE, MeetingForm.VIDEO, MeetingForm.PHONE)


def draft_summons(story: Story, name: str = SUMMONS, *, ahead: int = 6) -> None:
    story.messages[name] = _written_summons(story, name, ahead)


def summon(story: Story, name: str = SUMMONS, *, ahead: int = 6) -> None:
    """*Kallelse* to everybody else in the story, the units outside the system too."""
    message_id = _written_summons(story, name, ahead)
    story.messages[name] = message_id
    story.told_facts = send_summons(
        actor=story.actor(),
        case_id=story.case_id,
        part=_PARTS[name],
        message_id=message_id,
        version=1,
        day_off_confirmed=False,
        at=story.at,
    )


def acknowledge(story: Story, role: str, name: str = SUMMONS) -> None:
    answer(story, role, name, Reply(Answer.ACKNOWLEDGED))


def tell_outside(story: Story, role: str, name: str = SUMMONS, *, answered: bool) -> None:
    """How a unit outside the system was told, with its answer if there is one (V-42)."""
    message = story.facts.message(story.messages[name])
    delivery = message.delivery_to(story.unit_id(role)) if message else None
    if delivery is None:
        raise RuntimeError("The unit has no message to be told about.")
    story.told_facts = record_external(
        process=SIP,
        actor=story.actor(),
        case_id=story.case_id,
        message_id=story.messages[name],
        delivery_id=delivery.id,
        how=story.rng.choice([ToldHow.LETTER, ToldHow.PHONE]),
        note=story.rng.choice(any_need.EXTERNAL_NOTES),
        told_at=story.at,
        reply=Reply(Answer.ACKNOWLEDGED) if answered else None,
        at=story.at,
    )


def add_unit(story: Story, role: str, unit: str, name: str = SUMMONS) -> None:
    """One more unit gets a message that is sent; consent is asked again."""
    story.units[role] = unit
    story.told_facts = add_recipients(
        process=SIP,
        actor=story.actor(),
        case_id=story.case_id,
        message_id=story.messages[name],
        chosen=[Chosen(story.unit_id(role))],
        consent=consent_given(story),
        at=story.at,
    )


def inform(story: Story, by: str = LEAD, *, to: Sequence[str] = (), knowing: Sequence[str] = ()) -> None:
    """*Informationsmeddelande*: `to` must acknowledge, `knowing` get it för kännedom."""
    chosen = [Chosen(story.unit_id(role)) for role in to] + [
        Chosen(story.unit_id(role), False) for role in knowing
    ]
    actor = story.actor(by)
    text = InformationText(story.words(story.theme.information))
    message_id = save_information(
        actor=actor, case_id=story.case_id, message_id=None, version=0, chosen=chosen, text=text, at=story.at
    )
    story.messages[INFORMATION] = message_id
    story.told_facts = send_information(
        actor=actor, case_id=story.case_id, message_id=message_id, version=1, at=story.at
    )


def inform_one_more(story: Story, unit: str) -> None:
    """A unit that takes no part otherwise: it reads the message and not the case (V-90)."""
    story.units["informed"] = unit
    consent_for(story, ["informed"])
    inform(story, to=["informed"])


def _written_summons(story: Story, name: str, ahead: int) -> UUID:
    starts = story.rng.choice(_STARTS)
    form = story.rng.choice(_FORMS)
    places = {
        MeetingForm.PLACE: story.words(story.theme.meetings),
        MeetingForm.VIDEO: "Videomöte, länk skickas till enheternas funktionsbrevlådor",
        MeetingForm.PHONE: "Telefonmöte, vi ringer upp från 08-465 004 01",
    }
    return save_summons(
        actor=story.actor(),
        case_id=story.case_id,
        part=_PARTS[name],
        message_id=None,
        version=0,
        chosen=[Chosen(story.unit_id(role)) for role in (*story.others, *story.outside)],
        text=SummonsText(
            meets_on=story.ahead(ahead),
            starts=starts,
            ends=starts.replace(hour=starts.hour + 1),
            form=form,
            place=places[form],
            other=story.rng.choice(any_need.OTHER_AT_SUMMONS),
        ),
        at=story.at,
    )
