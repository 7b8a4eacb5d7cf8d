"""The gaps of a plan as sentences with the address where each is mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from samordna.sip.addresses import part_url
from samordna.sip.plan.rules import Gap
from samordna.sip.states import Part
from samordna.sip.words import PART_SLUGS

_FIELDS = {
    "needs": "id_needs",
    "others_do": "id_others_do",
    "principal": "id_principal",
    "coordinator": "id_coordinator_confirmed",
}


@dataclass(frozen=True)
class GapLink:
    text: str | Promise
    url: str


def gap_links(case_id: UUID, gaps: Sequence[Gap]) -> list[GapLink]:
    return [GapLink(gap.message, _url(case_id, gap)) for gap in gaps]


def _url(case_id: UUID, gap: Gap) -> str:
    if gap.code in _FIELDS:
        return f"{reverse('sip:law', args=[case_id])}#{_FIELDS[gap.code]}"
    if gap.code == "no_goal":
        return reverse("sip:goal_new", args=[case_id])
    if gap.code == "goal_responsible":
        return f"{reverse('sip:goal', args=[case_id, gap.lineage])}#id_responsible"
    if gap.code == "activity_responsible":
        return f"{reverse('sip:activity', args=[case_id, gap.lineage])}#id_responsible"
    if gap.code == "no_activity":
        return reverse("sip:activity_new", args=[case_id, gap.lineage])
    if gap.code == "attendance":
        return reverse("sip:participant_person", args=[case_id, PART_SLUGS[Part.PLAN], gap.lineage])
    return f"{part_url(case_id, Part.PLAN)}#participants"
