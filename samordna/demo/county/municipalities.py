"""The municipalities of the county, with the departments that the routine of Katrineholm names.

The departments are those of the real municipalities; units below them are made up where a real one would be found.
"""

from samordna.assignments.states import Profession as P
from samordna.demo.county.shapes import ANSWER, BOTH, Department, Operation, Principal, Rights, Unit
from samordna.organisations.states import CareKind as C
from samordna.organisations.states import PrincipalKind

LICENSED = (
    P.PHYSICIAN,
    P.NURSE,
    P.DISTRICT_NURSE,
    P.PHYSIOTHERAPIST,
    P.OCCUPATIONAL_THERAPIST,
    P.PSYCHOLOGIST,
)

# K-04, department by department: who initiates and answers, who only answers.
CARE_RIGHTS: Rights = {
    **dict.fromkeys(LICENSED, BOTH),
    P.ASSISTANCE_OFFICER: BOTH,
    P.UNIT_MANAGER: BOTH,
    P.PLANNER: BOTH,
}
SOCIAL_RIGHTS: Rights = dict.fromkeys((P.SOCIAL_WORKER, P.UNIT_MANAGER, P.OFFICE_ADMINISTRATOR), ANSWER)
SCHOOL_RIGHTS: Rights = {
    **dict.fromkeys((P.SCHOOL_PHYSICIAN, P.SCHOOL_NURSE, P.SPECIAL_EDUCATOR, P.COUNSELLOR), ANSWER),
    **dict.fromkeys((P.PSYCHOLOGIST, P.SPEECH_THERAPIST), ANSWER),
    P.HEADMASTER: BOTH,
}
# The neighbours have let their social workers initiate too.
NEIGHBOUR_RIGHTS: Rights = {**CARE_RIGHTS, P.SOCIAL_WORKER: BOTH, P.SCHOOL_NURSE: BOTH, P.COUNSELLOR: BOTH}

CARE = Department(
    "vof",
    "Vård- och omsorgsförvaltningen",
    CARE_RIGHTS,
    (
        Operation(
            "Äldreomsorg",
            (
                Unit("norr", "Hemtjänsten Norr", C.HOME_CARE, address="Tranbärsgränd 2"),
                Unit("soder", "Hemtjänsten Söder", C.HOME_CARE, address="Morkullebacken 14"),
                Unit("planering", "Planeringsenheten", C.HOME_CARE, address="Tranbärsgränd 2"),
                Unit("kastanjen", "Vårdboendet Kastanjen", C.SPECIAL_HOUSING, address="Kastanjerundan 1"),
            ),
        ),
        Operation(
            "Hälso- och sjukvård",
            (
                Unit(
                    "hemsjukvard", "Hemsjukvården Katrineholm", C.HOME_HEALTH_CARE, address="Tranbärsgränd 4"
                ),
                Unit("kommunrehab", "Kommunrehab Katrineholm", C.REHABILITATION, address="Tranbärsgränd 4"),
            ),
        ),
        Operation(
            "Myndighet",
            (Unit("bistand", "Biståndsenheten", C.ASSISTANCE, address="Rådhustäppan 3"),),
        ),
        Operation(
            "Funktionsstöd",
            (
                Unit("lss", "LSS-handläggarna", C.ASSISTANCE, address="Rådhustäppan 3"),
                Unit("boendestod", "Boendestödet", C.DISABILITY_SUPPORT, address="Svanviksgränd 8"),
                Unit("nejlikan", "Gruppbostaden Nejlikan", C.DISABILITY_SUPPORT, address="Nejlikerundan 5"),
            ),
        ),
    ),
    answers_same_day=True,
)
SOCIAL = Department(
    "soc",
    "Socialförvaltningen",
    SOCIAL_RIGHTS,
    (
        Operation(
            "Individ- och familjeomsorg",
            (
                Unit("ifo_vuxen", "IFO Vuxen", C.SOCIAL_SERVICES, address="Smedjetäppan 6"),
                Unit("ifo_barn", "IFO Barn och unga", C.SOCIAL_SERVICES, address="Smedjetäppan 6"),
                Unit("ifo_ekonomi", "IFO Ekonomi", C.SOCIAL_SERVICES, address="Smedjetäppan 6"),
            ),
        ),
    ),
    answers_same_day=True,
)
EDUCATION = Department(
    "bif",
    "Bildningsförvaltningen",
    SCHOOL_RIGHTS,
    (
        Unit("elevhalsan", "Barn- och elevhälsan", C.PUPIL_HEALTH, address="Skoltäppan 1"),
        Operation(
            "Skolor",
            (
                Unit("tallmo", "Tallmoskolan", C.SCHOOL, address="Tallmobacken 10"),
                Unit("angslyckan", "Ängslyckans skola", C.SCHOOL, address="Ängslyckans allé 3"),
                Unit("vinkeln", "Gymnasiet Vinkeln", C.SCHOOL, address="Vinkelhakens väg 7"),
            ),
        ),
    ),
    answers_same_day=True,
)

MUNICIPALITIES = (
    Principal(
        "katrineholm",
        "Katrineholms kommun",
        PrincipalKind.MUNICIPALITY,
        "Katrineholm",
        (CARE, SOCIAL, EDUCATION),
    ),
    Principal(
        "vingaker",
        "Vingåkers kommun",
        PrincipalKind.MUNICIPALITY,
        "Vingåker",
        (
            Department(
                "vingaker_soc",
                "Socialförvaltningen",
                NEIGHBOUR_RIGHTS,
                (
                    Unit("vingaker_hemtjanst", "Hemtjänsten Vingåker", C.HOME_CARE, address="Slöjdarbacken 2"),
                    Unit("vingaker_bistand", "Biståndsenheten Vingåker", C.ASSISTANCE, address="Slöjdarbacken 2"),
                ),
            ),
        ),
    ),
    Principal(
        "flen",
        "Flens kommun",
        PrincipalKind.MUNICIPALITY,
        "Flen",
        (
            Department(
                "flen_soc",
                "Socialförvaltningen",
                NEIGHBOUR_RIGHTS,
                (
                    Unit("flen_hemsjukvard", "Hemsjukvården Flen", C.HOME_HEALTH_CARE, address="Rallartäppan 9"),
                    Unit("flen_ifo", "Individ- och familjeomsorgen Flen", C.SOCIAL_SERVICES, address="Rallartäppan 9"),
                ),
            ),
        ),
    ),
    Principal(
        "eskilstuna",
        "Eskilstuna kommun",
        PrincipalKind.MUNICIPALITY,
        "Eskilstuna",
        (
            Department(
                "eskilstuna_vof",
                "Vård- och omsorgsförvaltningen",
                NEIGHBOUR_RIGHTS,
                (Unit("eskilstuna_bistand", "Biståndsenheten Eskilstuna", C.ASSISTANCE, address="Knivsmedsgränd 4"),),
            ),
            Department(
                "eskilstuna_soc",
                "Socialförvaltningen",
                NEIGHBOUR_RIGHTS,
                (Unit("eskilstuna_ifo", "Vuxenenheten Eskilstuna", C.SOCIAL_SERVICES, address="Knivsmedsgränd 6"),),
            ),
        ),
    ),
    Principal(
        "nykoping",
        "Nyköpings kommun",
        PrincipalKind.MUNICIPALITY,
        "Nyköping",
        (
            Department(
                "nykoping_omsorg",
                "Division social omsorg",
                NEIGHBOUR_RIGHTS,
                (Unit("nykoping_hemsjukvard", "Hemsjukvården Nyköping", C.HOME_HEALTH_CARE, address="Åhagetäppan 12"),),
            ),
            Department(
                "nykoping_utbildning",
                "Division utbildning",
                NEIGHBOUR_RIGHTS,
                (Unit("nykoping_elevhalsa", "Elevhälsan Nyköping", C.PUPIL_HEALTH, address="Åhagetäppan 20"),),
            ),
        ),
    ),
)  # fmt: skip
