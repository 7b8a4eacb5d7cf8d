"""The labels that users know, for every part and phase."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samordna.casework.process import Column
from samordna.discharge.states import Part, Phase

NAME = "SPU"
HEADING = _("SPU information")
ASKED_WITH = _("the admission notice")

PHASE_LABELS: dict[Phase, str | Promise] = {
    Phase.ADMISSION: pgettext_lazy("phase", "Admission"),
    Phase.DISCHARGE: pgettext_lazy("phase", "Discharge"),
}

PART_LABELS: dict[Part, str | Promise] = {
    Part.ADMISSION: _("Admission notice"),
    Part.READY: _("Ready for discharge"),
}

PART_SLUGS: dict[Part, str] = {Part.ADMISSION: "admission", Part.READY: "ready"}

COLUMNS = (
    Column(Part.ADMISSION, pgettext_lazy("column", "Adm."), _("Admission notice")),
    Column(Part.READY, pgettext_lazy("column", "Ready"), _("Ready for discharge")),
)
