"""Who plays in which theme: a unit for each role. The first one leads, so it must be one that may initiate."""

from samordna.demo.stories.story import Casting
from samordna.demo.texts import CHRONIC, DISABILITY, ELDERLY, HABILITATION, HOSPITAL, PSYCHIATRY, SCHOOL_CHILD

# With the units of those whose log-ins are shown: home care, ward, health centre, social services, school.
SHOWN = (
    Casting(ELDERLY, {"home": "norr", "centre": "linden", "nurse": "hemsjukvard", "officer": "bistand"}),
    Casting(
        PSYCHIATRY,
        {"psych": "psyk", "social": "ifo_vuxen", "centre": "linden", "insurance": "forsakringskassan"},
    ),
    Casting(HOSPITAL, {"ward": "avd2", "centre": "bjorken", "home": "norr", "nurse": "hemsjukvard"}),
    Casting(SCHOOL_CHILD, {"school": "tallmo", "pupil": "elevhalsan", "bup": "bup", "social": "ifo_barn"}),
)
OTHERS = (
    Casting(CHRONIC, {"centre": "linden", "home": "norr", "clinic": "medicinmottagning", "nurse": "hemsjukvard"}),
    Casting(ELDERLY, {"home": "soder", "centre": "bjorken", "nurse": "hemsjukvard", "officer": "bistand"}),
    Casting(PSYCHIATRY, {"psych": "beroende", "social": "ifo_vuxen", "centre": "bjorken"}),
    Casting(HABILITATION, {"hab": "hab_barn", "school": "tallmo", "lss": "lss", "centre": "linden"}),
    Casting(HOSPITAL, {"ward": "stroke", "nurse": "kommunrehab", "home": "soder", "centre": "bjorken"}),
    Casting(DISABILITY, {"home": "nejlikan", "hab": "hab_vuxen", "centre": "bjorken", "lss": "lss"}),
    Casting(SCHOOL_CHILD, {"school": "angslyckan", "pupil": "elevhalsan", "social": "ifo_barn"}),
    Casting(ELDERLY, {"home": "vingaker_hemtjanst", "centre": "vingaker_vc", "officer": "vingaker_bistand"}),
    Casting(
        PSYCHIATRY, {"psych": "boendestod", "social": "ifo_ekonomi", "centre": "linden", "work": "arbetsformedlingen"}
    ),
    Casting(CHRONIC, {"nurse": "flen_hemsjukvard", "centre": "flen_vc", "clinic": "medicinmottagning"}),
    Casting(HOSPITAL, {"ward": "avd4", "officer": "bistand", "centre": "linden", "home": "planering"}),
    Casting(PSYCHIATRY, {"social": "eskilstuna_ifo", "psych": "psykavdelning", "centre": "bjorken"}),
    Casting(SCHOOL_CHILD, {"school": "vinkeln", "pupil": "elevhalsan", "bup": "bup"}),
    Casting(
        HOSPITAL, {"nurse": "nykoping_hemsjukvard", "ward": "stroke", "centre": "bjorken", "home": "eskilstuna_bistand"}
    ),
    Casting(SCHOOL_CHILD, {"pupil": "nykoping_elevhalsa", "bup": "bup", "school": "kometen"}),
    Casting(ELDERLY, {"home": "kastanjen", "centre": "linden", "nurse": "rehab", "officer": "bistand"}),
    Casting(HOSPITAL, {"nurse": "hemsjukvard", "centre": "bjorken", "home": "soder", "ward": "universitetssjukhuset"}),
    Casting(PSYCHIATRY, {"social": "flen_ifo", "psych": "psyk", "centre": "flen_vc"}),
)  # fmt: skip

# The small county's.
SMALL = (
    Casting(ELDERLY, {"home": "norr", "centre": "linden", "nurse": "hemsjukvard"}),
    Casting(PSYCHIATRY, {"psych": "psyk", "social": "ifo_vuxen", "insurance": "forsakringskassan"}),
    Casting(HOSPITAL, {"ward": "avd2", "centre": "linden", "home": "norr"}),
    Casting(SCHOOL_CHILD, {"school": "tallmo", "pupil": "elevhalsan", "social": "ifo_vuxen"}),
    Casting(ELDERLY, {"home": "soder", "centre": "linden", "officer": "bistand"}),
)
