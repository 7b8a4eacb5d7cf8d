"""When a SBAR may be opened, written and signed. Pure: facts in, refusal out."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from samordna.casework.documents.rules.editions import NOT_BEGUN
from samordna.casework.file.rules import (
    participant_refusal,
)
from samordna.documents.facts import VersionFacts
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.sip.facts import SipFacts
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part

SBAR_SIGNED = Refusal("sbar.signed", _("The survey is signed."), _("Choose Edit to write in it again."))


def open_sbar_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """Beginning, or *Redigera*: a participating unit, where the county uses SBAR and the initiative is sent (V-40)."""
    refusal = participant_refusal(facts.case, actor) or begin_refusal(facts, Beginning.SBAR)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.SBAR)
    version = document.open_version if document else None
    return None if version is None else _being_written(version)


def write_sbar_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """Writing and signing in the edition that is open: the unit that opened it, all its users.

    When that unit has left the case or is closed the coordinator's does.
    """
    refusal = participant_refusal(facts.case, actor) or begin_refusal(facts, Beginning.SBAR)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.SBAR)
    version = document.open_version if document else None
    if version is None:
        return NOT_BEGUN if document is None else SBAR_SIGNED
    return None if facts.case.acts_for(actor.unit_id, version.opened_unit_id) else _being_written(version)


def sbar_text_refusal(texts: Sequence[str]) -> Refusal | None:
    """Something must be written in at least one of the four."""
    if any(text.strip() for text in texts):
        return None
    return Refusal("sbar.empty", _("Write something in at least one of the fields."), field="situation")


def _being_written(version: VersionFacts) -> Refusal:
    return Refusal(
        "sbar.being_written",
        _("%(name)s, %(unit)s, is writing.")
        % {"name": isolated(version.opened_by_name), "unit": isolated(version.opened_unit_name)},
        _("Everybody can write in it when it is signed."),
    )
