"""The columns of the list of SIPs."""

from django.utils.translation import pgettext_lazy

from samordna.casework.process import Column
from samordna.sip.states import Part

COLUMNS = (
    Column(Part.INITIATIVE, pgettext_lazy("column", "Initiative"), pgettext_lazy("part", "Initiative")),
    Column(Part.SBAR, pgettext_lazy("column", "SBAR"), pgettext_lazy("part", "SBAR"), optional=True),
    Column(Part.SUMMONS, pgettext_lazy("column", "Summons"), pgettext_lazy("part", "Summons")),
    Column(Part.PLAN, pgettext_lazy("column", "Plan"), pgettext_lazy("part", "Plan")),
    Column(Part.FOLLOW_UP, pgettext_lazy("column", "Follow-up"), pgettext_lazy("part", "Follow-up")),
    Column(
        Part.EVALUATION_SUMMONS,
        pgettext_lazy("column", "Eval. summons"),
        pgettext_lazy("part", "Summons to evaluation"),
    ),
    Column(Part.EVALUATION, pgettext_lazy("column", "Eval."), pgettext_lazy("part", "Evaluation")),
    Column(Part.INFORMATION, pgettext_lazy("column", "Message"), pgettext_lazy("part", "Message")),
)
