"""Who works in the municipalities. Names are invented; none belongs to a known person."""

from samordna.assignments.states import Profession as P
from samordna.assignments.states import SystemRole as R
from samordna.demo.county.shapes import Role, Work, Worker

CARE_STAFF = (
    Worker(
        "Anna Lindqvist",
        (Work("norr", P.UNIT_MANAGER, "enhetschef"),),
        shown="initiates, coordinates and locks plans; a full worklist",
    ),
    Worker("Bertil Ekmyr", (Work("norr", P.PLANNER, "planerare"),), (Role(R.SUPERUSER, "norr"),)),
    Worker("Olle Strandlid", (Work("norr", P.NURSE, "sjuksköterska"),)),
    Worker("Ritva Salmela", (Work("norr", P.ASSISTANT_NURSE, "undersköterska"),)),
    Worker("Helena Fallmo", (Work("soder", P.UNIT_MANAGER, "enhetschef"),)),
    Worker("Nadja Horvatek", (Work("soder", P.PLANNER, "planerare"),), (Role(R.SUPERUSER, "soder"),)),
    Worker("Jörgen Asphed", (Work("planering", P.PLANNER, "planerare"),)),
    Worker("Kerstin Enmo", (Work("kastanjen", P.UNIT_MANAGER, "enhetschef"),)),
    Worker("Amina Warsamedin", (Work("kastanjen", P.NURSE, "sjuksköterska"),)),
    Worker(
        "Lena Granvik",
        (Work("hemsjukvard", P.DISTRICT_NURSE, "distriktssköterska"), Work("norr", P.NURSE, "sjuksköterska")),
        shown="works at two units and chooses after logging in",
    ),
    Worker("Mats Tallmark", (Work("hemsjukvard", P.NURSE, "sjuksköterska"),)),
    Worker("Birgitta Hagvik", (Work("hemsjukvard", P.UNIT_MANAGER, "enhetschef"),)),
    Worker("Johan Björklid", (Work("kommunrehab", P.PHYSIOTHERAPIST, "fysioterapeut"),)),
    Worker("Petra Sälgdal", (Work("kommunrehab", P.OCCUPATIONAL_THERAPIST, "arbetsterapeut"),)),
    Worker("Susanne Rönnbo", (Work("bistand", P.ASSISTANCE_OFFICER, "biståndshandläggare"),)),
    Worker("Emil Hägglid", (Work("bistand", P.ASSISTANCE_OFFICER, "biståndshandläggare"),)),
    Worker("Carina Almtorp", (Work("lss", P.ASSISTANCE_OFFICER, "LSS-handläggare"),)),
    Worker("Tobias Kvarnlid", (Work("boendestod", P.UNIT_MANAGER, "enhetschef"),)),
    Worker("Ulla Norrbo", (Work("nejlikan", P.UNIT_MANAGER, "enhetschef"),)),
    Worker(
        "Maria Sandmyr",
        (Work("bistand", P.OFFICE_ADMINISTRATOR, "administratör"),),
        (Role(R.ADMINISTRATOR, "vof"),),
        shown="administrator of a department: users and rights",
    ),
    Worker(
        "Ingemar Lindsveden",
        (Work("planering", P.HEAD_OF_OPERATIONS, "verksamhetschef"),),
        (Role(R.SYSTEM_MANAGER, "vof"),),
    ),
    Worker("Rolf Hasselmo", (Work("soder", P.NURSE, "sjuksköterska", ended=40),)),
)

SOCIAL_STAFF = (
    Worker(
        "Cecilia Bergvind",
        (Work("ifo_vuxen", P.SOCIAL_WORKER, "socialsekreterare"),),
        shown="answers but does not initiate; coordinates some cases",
    ),
    Worker("Daniel Öhrlid", (Work("ifo_vuxen", P.SOCIAL_WORKER, "socialsekreterare"),)),
    Worker(
        "Agneta Furumo", (Work("ifo_vuxen", P.UNIT_MANAGER, "enhetschef"),), (Role(R.SUPERUSER, "ifo_vuxen"),)
    ),
    Worker("Sara Myrstig", (Work("ifo_barn", P.SOCIAL_WORKER, "socialsekreterare"),)),
    Worker(
        "Henrik Ängsholt", (Work("ifo_barn", P.UNIT_MANAGER, "enhetschef"),), (Role(R.SUPERUSER, "ifo_barn"),)
    ),
    Worker("Monika Svedlid", (Work("ifo_ekonomi", P.SOCIAL_WORKER, "socialsekreterare"),)),
    Worker(
        "Gunilla Tuvmark",
        (Work("ifo_ekonomi", P.OFFICE_ADMINISTRATOR, "administratör"),),
        (Role(R.ADMINISTRATOR, "soc"),),
    ),
)

EDUCATION_STAFF = (
    Worker(
        "Pär Nygrind",
        (Work("tallmo", P.HEADMASTER, "rektor"),),
        shown="initiates for pupils, appoints staff by name",
    ),
    Worker("Linnea Ekedahlin", (Work("tallmo", P.TEACHER, "lärare"),)),
    Worker("Fredrik Almlid", (Work("tallmo", P.TEACHER, "lärare"),)),
    Worker("Ewa Kalinowicz", (Work("angslyckan", P.HEADMASTER, "rektor"),)),
    Worker("Jonas Hedstig", (Work("vinkeln", P.HEADMASTER, "rektor"),)),
    Worker("Ylva Björkhed", (Work("elevhalsan", P.SCHOOL_NURSE, "skolsköterska"),)),
    Worker("Martin Dalstig", (Work("elevhalsan", P.COUNSELLOR, "skolkurator"),)),
    Worker("Karin Solhed", (Work("elevhalsan", P.PSYCHOLOGIST, "skolpsykolog"),)),
    Worker("Anders Vintermo", (Work("elevhalsan", P.SCHOOL_PHYSICIAN, "skolläkare"),)),
    Worker("Tina Forslid", (Work("elevhalsan", P.SPECIAL_EDUCATOR, "specialpedagog"),)),
    Worker("Madeleine Askvind", (Work("elevhalsan", P.SPEECH_THERAPIST, "logoped"),)),
    Worker(
        "Roger Lövmyr",
        (Work("elevhalsan", P.OFFICE_ADMINISTRATOR, "administratör"),),
        (Role(R.ADMINISTRATOR, "bif"),),
    ),
)

NEIGHBOUR_STAFF = (
    Worker("Viveka Torplid", (Work("vingaker_hemtjanst", P.UNIT_MANAGER, "enhetschef"),)),
    Worker("Kent Mohed", (Work("vingaker_bistand", P.ASSISTANCE_OFFICER, "biståndshandläggare"),)),
    Worker("Annika Rågdal", (Work("flen_hemsjukvard", P.NURSE, "sjuksköterska"),)),
    Worker("Ali Kazemipur", (Work("flen_ifo", P.SOCIAL_WORKER, "socialsekreterare"),)),
    Worker("Josefin Smedvind", (Work("eskilstuna_bistand", P.ASSISTANCE_OFFICER, "biståndshandläggare"),)),
    Worker("Stefan Åslid", (Work("eskilstuna_ifo", P.SOCIAL_WORKER, "socialsekreterare"),)),
    Worker("Camilla Havsmo", (Work("nykoping_hemsjukvard", P.DISTRICT_NURSE, "distriktssköterska"),)),
    Worker("Ronja Fjällmyr", (Work("nykoping_elevhalsa", P.COUNSELLOR, "skolkurator"),)),
)
