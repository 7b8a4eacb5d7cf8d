"""What the kinds and levels of the tree are called on pages and in files."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.organisations.states import CareKind, Level, PrincipalKind

CARE_KINDS: Mapping[CareKind, str | Promise] = {
    CareKind.INPATIENT: _("Inpatient care"),
    CareKind.PRIMARY_CARE: _("Primary care"),
    CareKind.SPECIALIST_OUTPATIENT: _("Specialist outpatient care"),
    CareKind.PSYCHIATRIC_OUTPATIENT: _("Psychiatric outpatient care"),
    CareKind.REHABILITATION: _("Rehabilitation"),
    CareKind.HOME_CARE: _("Home care"),
    CareKind.HOME_HEALTH_CARE: _("Home health care"),
    CareKind.ASSISTANCE: _("Assistance officers"),
    CareKind.SPECIAL_HOUSING: _("Special housing"),
    CareKind.DISABILITY_SUPPORT: _("Disability support"),
    CareKind.SOCIAL_SERVICES: _("Social services"),
    CareKind.PUPIL_HEALTH: _("Pupil health"),
    CareKind.SCHOOL: _("School"),
    CareKind.AUTHORITY: _("Authority"),
    CareKind.OTHER: _("Other kind of care"),
}
PRINCIPAL_KINDS: Mapping[PrincipalKind, str | Promise] = {
    PrincipalKind.REGION: _("Region"),
    PrincipalKind.MUNICIPALITY: _("Municipality"),
    PrincipalKind.PRIVATE: _("Private"),
    PrincipalKind.STATE: _("State"),
}
LEVELS: Mapping[Level, str | Promise] = {
    Level.PRINCIPAL: _("Principal"),
    Level.DEPARTMENT: _("Department"),
    Level.OPERATION: _("Operation"),
    Level.UNIT: _("Unit"),
}
