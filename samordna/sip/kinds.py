"""What differs between the kinds of message when they are written: the form, and the two commands."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404

from samordna.casework.messages.forms.recipients import DraftForm
from samordna.sip.facts import SipFacts
from samordna.sip.information.commands import save_information, send_information
from samordna.sip.information.forms import InformationForm
from samordna.sip.information.queries import information_texts
from samordna.sip.information.text import InformationText
from samordna.sip.initiative.commands import save_initiative, send_initiative
from samordna.sip.initiative.forms import InitiativeForm
from samordna.sip.initiative.queries import initiative_text
from samordna.sip.states import MESSAGE_PARTS, Part
from samordna.sip.summons.commands import save_summons, send_summons
from samordna.sip.summons.forms import SummonsForm
from samordna.sip.summons.queries import summons_text
from samordna.sip.words import PART_SLUGS, PARTS_BY_SLUG


@dataclass(frozen=True)
class Kind:
    """`read` gives what a message says, `save` and `send` are the commands, each with the arguments all have."""

    part: Part
    form: type[DraftForm]
    template: str
    read: Callable[[UUID], Any]
    save: Callable[..., UUID]
    send: Callable[..., SipFacts]

    @property
    def asks_day_off(self) -> bool:
        """Whether it calls to a meeting, which may have to be confirmed to be on a day off."""
        return self.form is SummonsForm

    @property
    def slug(self) -> str:
        return PART_SLUGS[self.part]


def kind_of(slug: str) -> Kind:
    """The kind of message that a part's address is about; 404 for another part."""
    part = PARTS_BY_SLUG.get(slug)
    if part is None or part not in MESSAGE_PARTS:
        raise Http404
    return KINDS[part]


def unsaved_key(part: Part, case_id: UUID) -> str:
    """Under which name unsaved typing of a draft is kept."""
    return f"{part}:{case_id}"


def _summons(part: Part) -> Kind:
    return Kind(
        part,
        SummonsForm,
        "sip/summons/write.html",
        summons_text,
        partial(save_summons, part=part),
        partial(send_summons, part=part),
    )


def _information_text(message_id: UUID) -> InformationText:
    return information_texts([message_id]).get(message_id, InformationText())


KINDS: dict[Part, Kind] = {
    Part.INITIATIVE: Kind(
        Part.INITIATIVE,
        InitiativeForm,
        "sip/initiative/write.html",
        initiative_text,
        save_initiative,
        send_initiative,
    ),
    Part.SUMMONS: _summons(Part.SUMMONS),
    Part.EVALUATION_SUMMONS: _summons(Part.EVALUATION_SUMMONS),
    Part.INFORMATION: Kind(
        Part.INFORMATION,
        InformationForm,
        "sip/information/write.html",
        _information_text,
        save_information,
        send_information,
    ),
}
