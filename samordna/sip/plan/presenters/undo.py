"""The strip with *Ångra* after something was taken away: shown until the page is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.sip.plan.facts import ParticipantFacts, PlanFacts
from samordna.sip.states import Part
from samordna.sip.words import PART_SLUGS


@dataclass(frozen=True)
class Undo:
    text: str
    url: str


def undo_of(
    case_id: UUID,
    part: Part,
    asked: str,
    participants: Sequence[ParticipantFacts],
    plan: PlanFacts | None = None,
) -> Undo | None:
    """From `?undo=goal-<lineage>` (or activity-, participant-). None when it is not taken away any longer."""
    kind, _dash, key = asked.partition("-")
    try:
        lineage = UUID(key)
    except ValueError:
        return None
    if kind == "participant":
        gone = any(line.lineage == lineage and line.removed for line in participants)
        slug = PART_SLUGS[part]
        return (
            Undo(
                _("The participant is removed."),
                reverse("sip:participant_restore", args=[case_id, slug, lineage]),
            )
            if gone
            else None
        )
    if plan is None:
        return None
    if kind == "goal":
        goal = plan.goal(lineage)
        gone = goal is not None and goal.removed
        return (
            Undo(
                _("The goal is removed with its activities."),
                reverse("sip:goal_restore", args=[case_id, lineage]),
            )
            if gone
            else None
        )
    activity = plan.activity(lineage) if kind == "activity" else None
    if activity is None or not activity.removed:
        return None
    return Undo(_("The activity is removed."), reverse("sip:activity_restore", args=[case_id, lineage]))
