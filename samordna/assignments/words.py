"""What professions and system roles are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.assignments.states import Profession, SystemRole

PROFESSIONS: Mapping[Profession, Promise] = {
    Profession.PHYSICIAN: _("Physician"),
    Profession.NURSE: _("Nurse"),
    Profession.DISTRICT_NURSE: _("District nurse"),
    Profession.ASSISTANT_NURSE: _("Assistant nurse"),
    Profession.PHYSIOTHERAPIST: _("Physiotherapist"),
    Profession.OCCUPATIONAL_THERAPIST: _("Occupational therapist"),
    Profession.PSYCHOLOGIST: _("Psychologist"),
    Profession.COUNSELLOR: _("Counsellor"),
    Profession.ASSISTANCE_OFFICER: _("Assistance officer"),
    Profession.SOCIAL_WORKER: _("Social worker"),
    Profession.UNIT_MANAGER: _("Unit manager"),
    Profession.PLANNER: _("Planner"),
    Profession.OFFICE_ADMINISTRATOR: _("Administrator (occupation)"),
    Profession.SCHOOL_PHYSICIAN: _("School physician"),
    Profession.SCHOOL_NURSE: _("School nurse"),
    Profession.SPECIAL_EDUCATOR: _("Special educator"),
    Profession.SPEECH_THERAPIST: _("Speech therapist"),
    Profession.HEADMASTER: _("Headmaster"),
    Profession.TEACHER: _("Teacher"),
    Profession.HEAD_OF_OPERATIONS: _("Head of operations"),
    Profession.MEDICAL_SECRETARY: _("Medical secretary"),
    Profession.OTHER: _("Other profession"),
}
SYSTEM_ROLES: Mapping[SystemRole, Promise] = {
    SystemRole.ADMINISTRATOR: _("Administrator (system role)"),
    SystemRole.SYSTEM_MANAGER: _("System manager"),
    SystemRole.SUPERUSER: _("Superuser"),
}
