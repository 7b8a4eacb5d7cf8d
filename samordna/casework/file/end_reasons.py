"""Why a whole case ended, in words: for its pages, its lists and its prints."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.cases.states import EndReason

END_REASONS: dict[EndReason, str | Promise] = {
    EndReason.INDIVIDUALS_WISH: _("At the individual's wish"),
    EndReason.CONSENT_WITHDRAWN: _("Consent is withdrawn"),
    EndReason.WRONG_PERSON: _("The case was made for the wrong person"),
    EndReason.DIED: _("The person has died"),
    EndReason.MOVED: _("The person has moved"),
    EndReason.OTHER: _("Another reason"),
    EndReason.EVALUATED: _("The plan is evaluated"),
    EndReason.MERGED: _("Goes on in another case of the same person"),
}
