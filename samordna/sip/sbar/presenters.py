"""*Kartläggning enligt SBAR* as it is read, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.sip.facts import SipFacts
from samordna.sip.sbar import rules

SBAR_LABELS: dict[str, str | Promise] = {
    "situation": _("Situation"),
    "background": _("Background"),
    "assessment": _("Present state"),
    "recommendation": _("Recommendation"),
}


@dataclass(frozen=True)
class SbarActs:
    open: Refusal | None
    write: Refusal | None


def sbar_acts(facts: SipFacts, actor: Actor) -> SbarActs:
    return SbarActs(rules.open_sbar_refusal(facts, actor), rules.write_sbar_refusal(facts, actor))


def sbar_rows(content: Mapping[str, Any]) -> list[tuple[str | Promise, str]]:
    """Label and text of the four, from canonical content."""
    return [(label, content[name]) for name, label in SBAR_LABELS.items()]
