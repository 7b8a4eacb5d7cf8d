"""Who works in the region. Names are invented; none belongs to a known person."""

from samordna.assignments.states import Profession as P
from samordna.assignments.states import SystemRole as R
from samordna.demo.county.shapes import Role, Work, Worker

HOSPITAL_STAFF = (
    Worker(
        "Frida Nordanlid",
        (Work("avd2", P.NURSE, "sjuksköterska"),),
        shown="initiates before going home from hospital",
    ),
    Worker("Gustav Lerhed", (Work("avd2", P.PHYSICIAN, "överläkare"),)),
    Worker("Mona Kvistmo", (Work("avd2", P.UNIT_MANAGER, "avdelningschef"),), (Role(R.SUPERUSER, "avd2"),)),
    Worker("Inger Dimvall", (Work("avd4", P.NURSE, "sjuksköterska"),)),
    Worker("Hassan Barzanlu", (Work("medicinmottagning", P.PHYSICIAN, "specialistläkare"),)),
    Worker("Lotta Sjöstig", (Work("medicinmottagning", P.MEDICAL_SECRETARY, "vårdadministratör"),)),
    Worker("Peder Klintmo", (Work("stroke", P.COUNSELLOR, "kurator"),)),
    Worker("Yvonne Gladvind", (Work("psykavdelning", P.NURSE, "sjuksköterska"),)),
)

OUTPATIENT_STAFF = (
    Worker(
        "Eva Holmstig",
        (Work("linden", P.DISTRICT_NURSE, "distriktssköterska"),),
        shown="receives many initiatives",
    ),
    Worker("Nils Vallhed", (Work("linden", P.PHYSICIAN, "läkare"),)),
    Worker("Zahra Noorzadeh", (Work("linden", P.COUNSELLOR, "kurator"),), (Role(R.SUPERUSER, "linden"),)),
    Worker("Barbro Ljungmyr", (Work("bjorken", P.DISTRICT_NURSE, "distriktssköterska"),)),
    Worker("Per Stenvind", (Work("vingaker_vc", P.DISTRICT_NURSE, "distriktssköterska"),)),
    Worker("Elin Vassdal", (Work("flen_vc", P.DISTRICT_NURSE, "distriktssköterska"),)),
    Worker("Ida Berghed", (Work("rehab", P.PHYSIOTHERAPIST, "fysioterapeut"),)),
    Worker("Eva-Karin Sandlöf", (Work("psyk", P.COUNSELLOR, "kurator"),)),
    Worker("Robert Moslätt", (Work("psyk", P.NURSE, "sjuksköterska"),)),
    Worker("Vera Isstig", (Work("beroende", P.NURSE, "sjuksköterska"),), protected=True),
    Worker("Oskar Regnmo", (Work("bup", P.PSYCHOLOGIST, "psykolog"),)),
    Worker("Malin Trädvind", (Work("hab_vuxen", P.OCCUPATIONAL_THERAPIST, "arbetsterapeut"),)),
    Worker("Sofia Pilmyr", (Work("hab_barn", P.SPEECH_THERAPIST, "logoped"),)),
    Worker(
        "Thomas Vinlöf",
        (Work("linden", P.OTHER, "systemförvaltare"),),
        (Role(R.SYSTEM_MANAGER, "region"), Role(R.ADMINISTRATOR, "region")),
        shown="system manager: address book, tree and the county's settings",
    ),
)
