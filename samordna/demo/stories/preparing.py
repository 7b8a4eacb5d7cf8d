"""Acts of the preparation: the case, the initiative, the answers to it."""

from collections.abc import Sequence
from uuid import UUID

from samordna.cases.consent import ConsentChoice
from samordna.cases.states import ConsentForm, ConsentGiver, ConsentScope, Guardians
from samordna.casework.case.commands import case as case_commands
from samordna.casework.case.commands.new_case import begin_case
from samordna.casework.messages.commands.answering import answer_message, open_message
from samordna.casework.messages.commands.recipients import send_on as send_message_on
from samordna.casework.messages.commands.recipients import set_denial_aside
from samordna.casework.messages.commands.voiding import take_back_message, void_message
from samordna.demo.persons.register import CHILD, OLD
from samordna.demo.stories.story import Story
from samordna.demo.texts import any_need
from samordna.messaging.commands import Reply
from samordna.messaging.facts import Chosen
from samordna.messaging.states import Answer
from samordna.people.states import Relation
from samordna.sip.initiative.commands import save_initiative
from samordna.sip.initiative.commands import send_initiative as send_initiative_message
from samordna.sip.initiative.states import Initiator
from samordna.sip.initiative.text import InitiativeText
from samordna.sip.process import SIP

INITIATIVE = "initiative"


def begin(story: Story) -> None:
    """*Nytt ärende*."""
    story.case_id = begin_case(
        process=SIP, actor=story.actor(), person_id=story.individual.known_id, at=story.at
    )


def draft_initiative(story: Story, *, to_somebody: bool = True) -> None:
    story.messages[INITIATIVE] = _written_initiative(story, story.others if to_somebody else [])


def send_initiative(story: Story, roles: Sequence[str] | None = None) -> None:
    """Written and sent to the roles, or to all within the system; consent is asked for those outside as well."""
    story.messages[INITIATIVE] = _written_initiative(
        story, list(roles) if roles is not None else story.others
    )
    story.told_facts = send_initiative_message(
        actor=story.actor(),
        case_id=story.case_id,
        message_id=story.messages[INITIATIVE],
        version=1,
        consent=consent_given(story),
        at=story.at,
    )
    later = [role for role in (*story.others, *story.outside) if roles is not None and role not in roles]
    later += [role for role in story.outside if roles is None]
    if later:
        consent_for(story, later)


def consent_for(story: Story, roles: Sequence[str]) -> None:
    story.told_facts = case_commands.give_consent(
        process=SIP,
        actor=story.actor(),
        case_id=story.case_id,
        choice=consent_given(story),
        unit_ids=[story.unit_id(role) for role in roles],
        at=story.at,
    )


def look(story: Story, role: str, name: str = INITIATIVE) -> None:
    """Opens the message and leaves it at that."""
    _take_on(story, role)
    seen = open_message(
        process=SIP,
        actor=story.actor(role),
        case_id=story.case_id,
        message_id=story.messages[name],
        at=story.at,
    )
    if seen is None:
        raise RuntimeError("Nobody at the unit could open the message.")


def accept(story: Story, role: str) -> None:
    _take_on(story, role)
    answer(story, role, INITIATIVE, Reply(Answer.ACCEPTED, comment=story.words(story.theme.accepting)))


def deny(story: Story, role: str, *, naming: str) -> None:
    """*Neka*, with a unit of the county (its key) or words for who should have it."""
    unit_id = story.place.unit_ids.get(naming)
    _take_on(story, role)
    words = "" if unit_id else naming
    comment = story.words(story.theme.denying)
    reply = Reply(Answer.DENIED, comment=comment, suggested_unit_id=unit_id, suggested_text=words)
    answer(story, role, INITIATIVE, reply)


def send_on(story: Story, role: str, *, to: str) -> None:
    """What a role denied goes on to another unit, which has the role from now on."""
    message = story.facts.message(story.messages[INITIATIVE])
    denied = next(d for d in message.unmet if d.unit_id == story.unit_id(role)) if message else None
    if denied is None:
        raise RuntimeError("Nothing was denied.")
    story.units[role] = to
    story.told_facts = send_message_on(
        process=SIP,
        actor=story.actor(),
        case_id=story.case_id,
        message_id=story.messages[INITIATIVE],
        delivery_id=denied.id,
        to=Chosen(story.place.unit_ids[to]),
        consent=consent_given(story),
        at=story.at,
    )


def go_on_without(story: Story, role: str) -> None:
    """The denial is set aside and the role falls away."""
    message = story.facts.message(story.messages[INITIATIVE])
    denied = next(d for d in message.unmet if d.unit_id == story.unit_id(role)) if message else None
    if denied is None:
        raise RuntimeError("Nothing was denied.")
    story.told_facts = set_denial_aside(
        process=SIP,
        actor=story.actor(),
        case_id=story.case_id,
        message_id=story.messages[INITIATIVE],
        delivery_id=denied.id,
        at=story.at,
    )
    del story.units[role]


def take_back(story: Story, name: str) -> None:
    story.told_facts = take_back_message(
        process=SIP, actor=story.actor(), case_id=story.case_id, message_id=story.messages[name], at=story.at
    )


def void(story: Story, name: str, reason: str) -> None:
    story.told_facts = void_message(
        process=SIP,
        actor=story.coordinating,
        case_id=story.case_id,
        message_id=story.messages[name],
        reason=reason,
        at=story.at,
    )


def answer(story: Story, role: str, name: str, reply: Reply) -> None:
    """Somebody at the role's unit answers the message."""
    story.told_facts = answer_message(
        process=SIP,
        actor=story.actor(role),
        case_id=story.case_id,
        message_id=story.messages[name],
        reply=reply,
        at=story.at,
    )


def _take_on(story: Story, role: str) -> None:
    """Before anything else somebody at the unit takes on the case of a protected person (L-04)."""
    if story.individual.protected:
        case_commands.take_on_protected_case(
            process=SIP, actor=story.actor(role), case_id=story.case_id, at=story.at
        )


def _written_initiative(story: Story, roles: Sequence[str]) -> UUID:
    initiator, name = _initiator(story)
    return save_initiative(
        actor=story.actor(),
        case_id=story.case_id,
        message_id=None,
        version=0,
        chosen=[Chosen(story.unit_id(role)) for role in roles],
        text=InitiativeText(story.words(story.theme.reasons), initiator, name),
        at=story.at,
    )


def _initiator(story: Story) -> tuple[Initiator, str]:
    """Who took the initiative (*Initiativtagare*), with a name when it is a relative."""
    kin = story.individual.next_of_kin
    if kin is not None and kin.relation == Relation.GUARDIAN and story.rng.random() < 0.5:
        return Initiator.GUARDIAN, kin.name
    if kin is not None and kin.relation == Relation.NEXT_OF_KIN and story.rng.random() < 0.3:
        return Initiator.NEXT_OF_KIN, kin.name
    return (Initiator.INDIVIDUAL if story.rng.random() < 0.2 else Initiator.UNIT), ""


def consent_given(story: Story) -> ConsentChoice:
    """*Samtyckesval*: the individual's own, for a child the guardian's, sometimes for one who cannot consent."""
    kin = story.individual.next_of_kin
    how = story.rng.choice([ConsentForm.ORAL, ConsentForm.ORAL, ConsentForm.WRITTEN])
    if story.individual.age_group == CHILD and kin is not None:
        return ConsentChoice(
            ConsentGiver.GUARDIAN,
            kin.name,
            how,
            ConsentScope.SIP,
            child_view=any_need.CHILD_VIEW,
            guardians=Guardians.BOTH,
        )
    if story.individual.age_group == OLD and story.rng.random() < 0.08:
        return ConsentChoice(
            ConsentGiver.CANNOT_CONSENT,
            "",
            ConsentForm.OTHER,
            ConsentScope.SIP,
            cannot_consent_reason=any_need.CANNOT_CONSENT,
        )
    if kin is not None and kin.relation == Relation.TRUSTEE and story.rng.random() < 0.5:
        return ConsentChoice(ConsentGiver.LEGAL_REPRESENTATIVE, kin.name, how, ConsentScope.SIP)
    return ConsentChoice(ConsentGiver.SELF, "", how, ConsentScope.SIP)
