"""The kinds of message of a SIP, as they are written, read and sent."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from samordna.casework.messages.kinds import DraftKind
from samordna.sip.information import presenters as information
from samordna.sip.information.commands import save_information, send_information
from samordna.sip.information.forms import InformationForm
from samordna.sip.information.queries import information_texts
from samordna.sip.information.text import InformationText
from samordna.sip.initiative import presenters as initiative
from samordna.sip.initiative.commands import save_initiative, send_initiative
from samordna.sip.initiative.forms import InitiativeForm
from samordna.sip.initiative.queries import initiative_text
from samordna.sip.messages import EVALUATION_SUMMONS, INFORMATION, INITIATIVE, SUMMONS
from samordna.sip.states import Part
from samordna.sip.summons import presenters as summons
from samordna.sip.summons.commands import save_summons, send_summons
from samordna.sip.summons.forms import SummonsForm
from samordna.sip.summons.queries import summons_text


def _information_text(message_id: UUID) -> InformationText:
    return information_texts([message_id]).get(message_id, InformationText())


def _information_texts(message_ids: Collection[UUID]) -> dict[UUID, InformationText]:
    found = information_texts(message_ids)
    return {message_id: found.get(message_id, InformationText()) for message_id in message_ids}


DRAFTS: dict[str, DraftKind] = {
    Part.INITIATIVE: DraftKind(
        message=INITIATIVE,
        form=InitiativeForm,
        template="sip/initiative/write.html",
        read=initiative_text,
        rows=initiative.rows,
        save=save_initiative,
        send=send_initiative,
        like=initiative.like,
        proposed=initiative.proposed,
        effects=initiative.effects,
        send_words=initiative.send_words,
        sent_words=initiative.sent_words,
        then=initiative.THEN,
        accept_hint=initiative.ACCEPT_HINT,
        deny_words=initiative.DENY,
        acknowledge_hint=initiative.ACKNOWLEDGE_HINT,
        asks_consent=True,
    ),
    Part.SUMMONS: DraftKind(
        message=SUMMONS,
        form=SummonsForm,
        template="sip/summons/write.html",
        read=summons_text,
        rows=summons.rows,
        save=partial(save_summons, part=Part.SUMMONS),
        send=partial(send_summons, part=Part.SUMMONS),
        like=summons.like,
        proposed=summons.proposed_for_planning,
        effects=summons.planning_effects,
        send_words=summons.send_words,
        sent_words=summons.sent_words,
        then=summons.THEN_PLAN,
        left_out=summons.left_out,
        meets_on=summons.meets_on,
        asks_day_off=True,
    ),
    Part.EVALUATION_SUMMONS: DraftKind(
        message=EVALUATION_SUMMONS,
        form=SummonsForm,
        template="sip/summons/write.html",
        read=summons_text,
        rows=summons.rows,
        save=partial(save_summons, part=Part.EVALUATION_SUMMONS),
        send=partial(send_summons, part=Part.EVALUATION_SUMMONS),
        like=summons.like,
        proposed=summons.proposed_for_evaluation,
        effects=summons.evaluation_effects,
        send_words=summons.send_words,
        sent_words=summons.sent_words,
        then=summons.THEN_EVALUATION,
        meets_on=summons.meets_on,
        asks_day_off=True,
    ),
    Part.INFORMATION: DraftKind(
        message=INFORMATION,
        form=InformationForm,
        template="sip/information/write.html",
        read=_information_text,
        rows=information.rows,
        save=save_information,
        send=send_information,
        like=information.like,
        proposed=information.proposed,
        effects=information.effects,
        send_words=information.send_words,
        sent_words=information.sent_words,
        read_all=_information_texts,
    ),
}
