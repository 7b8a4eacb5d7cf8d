"""The region's hospitals, health centres, psychiatry and habilitation, and those who stand outside the system."""

from samordna.assignments.states import Profession as P
from samordna.demo.county.shapes import ANSWER, BOTH, Department, Operation, Principal, Rights, Unit
from samordna.organisations.states import CareKind as C
from samordna.organisations.states import PrincipalKind

_TOWN = "Katrineholm"

# Which professions of the region use SIP is the region's choice, and so data like the municipalities'.
REGION_RIGHTS: Rights = {
    **dict.fromkeys(
        (P.PHYSICIAN, P.NURSE, P.DISTRICT_NURSE, P.PHYSIOTHERAPIST, P.OCCUPATIONAL_THERAPIST), BOTH
    ),
    **dict.fromkeys((P.PSYCHOLOGIST, P.COUNSELLOR, P.SPEECH_THERAPIST, P.UNIT_MANAGER), BOTH),
    P.MEDICAL_SECRETARY: ANSWER,
}

REGION = Principal(
    "region",
    "Region Sörmland",
    PrincipalKind.REGION,
    departments=(
        Department(
            "kullbergska",
            "Kullbergska sjukhuset",
            REGION_RIGHTS,
            (
                Unit("avd2", "Avdelning 2, Kullbergska", C.INPATIENT, _TOWN, "Sjukhusbacken 1"),
                Unit("avd4", "Avdelning 4, Kullbergska", C.INPATIENT, _TOWN, "Sjukhusbacken 1"),
                Unit(
                    "medicinmottagning",
                    "Medicinmottagningen, Kullbergska",
                    C.SPECIALIST_OUTPATIENT,
                    _TOWN,
                    "Sjukhusbacken 1",
                ),
            ),
        ),
        Department(
            "malarsjukhuset",
            "Mälarsjukhuset",
            REGION_RIGHTS,
            (Unit("stroke", "Strokeenheten, Mälarsjukhuset", C.INPATIENT, "Eskilstuna", "Lasarettsrundan 2"),),
        ),
        Department(
            "lasarettet",
            "Nyköpings lasarett",
            REGION_RIGHTS,
            (Unit("psykavdelning", "Psykiatriavdelning 1, Nyköping", C.INPATIENT, "Nyköping", "Lasarettshöjden 5"),),
        ),
        Department(
            "primarvard",
            "Primärvården",
            REGION_RIGHTS,
            (
                Operation(
                    "Vårdcentraler",
                    (
                        Unit("linden", "Vårdcentralen Linden", C.PRIMARY_CARE, _TOWN, "Lindallén 4"),
                        Unit("bjorken", "Vårdcentralen Björken", C.PRIMARY_CARE, _TOWN, "Björkrundan 11"),
                        Unit("vingaker_vc", "Vårdcentralen Vingåker", C.PRIMARY_CARE, "Vingåker", "Slöjdarbacken 20"),
                        Unit("flen_vc", "Vårdcentralen Flen", C.PRIMARY_CARE, "Flen", "Rallartäppan 30"),
                    ),
                ),
                Unit("rehab", "Rehab Väster", C.REHABILITATION, _TOWN, "Lindallén 6"),
            ),
        ),
        Department(
            "psykiatri",
            "Psykiatrin",
            REGION_RIGHTS,
            (
                Unit("psyk", "Psykiatriska öppenvården", C.PSYCHIATRIC_OUTPATIENT, _TOWN, "Lövängsgränd 3"),
                Unit("beroende", "Beroendemottagningen", C.PSYCHIATRIC_OUTPATIENT, _TOWN, "Lövängsgränd 5"),
                Unit("bup", "Barn- och ungdomspsykiatrin", C.PSYCHIATRIC_OUTPATIENT, _TOWN, "Lövängsgränd 7"),
            ),
        ),
        Department(
            "habilitering",
            "Habiliteringen",
            REGION_RIGHTS,
            (
                Unit("hab_vuxen", "Habiliteringen Vuxen", C.REHABILITATION, _TOWN, "Lövängsgränd 12"),
                Unit("hab_barn", "Habiliteringen Barn och ungdom", C.REHABILITATION, _TOWN, "Lövängsgränd 12"),
            ),
        ),
    ),
)  # fmt: skip

OUTSIDE = (
    Principal(
        "fk",
        "Försäkringskassan",
        PrincipalKind.STATE,
        externals=(Unit("forsakringskassan", "Försäkringskassan Katrineholm", C.AUTHORITY, _TOWN),),
    ),
    Principal(
        "af",
        "Arbetsförmedlingen",
        PrincipalKind.STATE,
        externals=(Unit("arbetsformedlingen", "Arbetsförmedlingen Katrineholm", C.AUTHORITY, _TOWN),),
    ),
    Principal(
        "komet",
        "Kometens friskolor",
        PrincipalKind.PRIVATE,
        externals=(Unit("kometen", "Kometens friskola", C.SCHOOL, _TOWN),),
    ),
    Principal(
        "orebro",
        "Region Örebro län",
        PrincipalKind.REGION,
        externals=(Unit("universitetssjukhuset", "Universitetssjukhuset Örebro", C.INPATIENT, "Örebro"),),
    ),
)
