"""The made-up county: Katrineholm's three departments, four neighbours, the region, and some outside the system."""

from samordna.demo.county.municipal_staff import CARE_STAFF, EDUCATION_STAFF, NEIGHBOUR_STAFF, SOCIAL_STAFF
from samordna.demo.county.municipalities import MUNICIPALITIES
from samordna.demo.county.region import OUTSIDE, REGION
from samordna.demo.county.region_staff import HOSPITAL_STAFF, OUTPATIENT_STAFF

PRINCIPALS = (REGION, *MUNICIPALITIES, *OUTSIDE)
STAFF = (
    *CARE_STAFF,
    *SOCIAL_STAFF,
    *EDUCATION_STAFF,
    *NEIGHBOUR_STAFF,
    *HOSPITAL_STAFF,
    *OUTPATIENT_STAFF,
)
# Enough for every part of the process, small enough for each test to have its own.
SMALL_UNITS = frozenset(
    {"norr", "soder", "hemsjukvard", "bistand", "ifo_vuxen", "tallmo", "elevhalsan", "avd2", "linden", "psyk"}
    | {"forsakringskassan"}
)
SMALL_STAFF = frozenset(
    {
        "Anna Lindqvist",
        "Bertil Ekmyr",
        "Olle Strandlid",
        "Helena Fallmo",
        "Lena Granvik",
        "Susanne Rönnbo",
        "Maria Sandmyr",
        "Rolf Hasselmo",
        "Cecilia Bergvind",
        "Agneta Furumo",
        "Pär Nygrind",
        "Linnea Ekedahlin",
        "Ylva Björkhed",
        "Frida Nordanlid",
        "Eva Holmstig",
        "Eva-Karin Sandlöf",
        "Thomas Vinlöf",
    }
)
