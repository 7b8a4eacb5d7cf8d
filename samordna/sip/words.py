"""The labels that users know, for every part, phase and answer (the words of the two seeds)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.cases.states import EndReason
from samordna.sip.states import Part, Phase

HEADING = _("SIP information")
ASKED_WITH = _("the initiative")
END_REASONS = {EndReason.EVALUATED: _("The plan is evaluated")}

PHASE_LABELS: dict[Phase, str | Promise] = {
    Phase.PREPARATION: _("Preparation phase"),
    Phase.IMPLEMENTATION: _("Implementation phase"),
    Phase.ENDING: _("Ending phase"),
    Phase.GENERAL: _("General"),
}

PART_LABELS: dict[Part, str | Promise] = {
    Part.INITIATIVE: _("Initiative"),
    Part.SBAR: _("Survey by SBAR"),
    Part.SUMMONS: _("Summons to planning"),
    Part.PLAN: _("Goal and activity plan"),
    Part.FOLLOW_UP: _("Follow-up of plan"),
    Part.EVALUATION_SUMMONS: _("Summons to evaluation"),
    Part.EVALUATION: _("Evaluation of plan"),
    Part.INFORMATION: _("Information message"),
}

PART_SLUGS: dict[Part, str] = {
    Part.INITIATIVE: "initiative",
    Part.SBAR: "sbar",
    Part.SUMMONS: "summons",
    Part.PLAN: "plan",
    Part.FOLLOW_UP: "follow-up",
    Part.EVALUATION_SUMMONS: "evaluation-summons",
    Part.EVALUATION: "evaluation",
    Part.INFORMATION: "information",
}
PARTS_BY_SLUG = {slug: part for part, slug in PART_SLUGS.items()}
