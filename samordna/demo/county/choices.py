"""What the county and its departments have chosen in their settings."""

from samordna.demo.county.shapes import Department
from samordna.demo.texts import headings

COUNTY_SETTINGS: dict[str, object] = {
    "routing_advice": {
        "REGION": (
            "Skicka till den verksamhet i kommunen som den enskilde redan har kontakt med. Finns ingen, eller är du "
            "osäker: i Katrineholm till Biståndsenheten (äldre), LSS-handläggarna (funktionsnedsättning), IFO Vuxen "
            "eller IFO Barn och unga. I Vingåker och Eskilstuna till biståndsenheten, i Flen och Nyköping till "
            "hemsjukvården, som för vidare."
        ),
        "MUNICIPALITY": (
            "Skicka till den specialistvård som den enskilde redan har kontakt med. Finns ingen, eller är du osäker: "
            "till den enskildes vårdcentral, som har grundansvaret. Vet den enskilde inte vilken det är: ring "
            "Vårdvalsservice, 08-465 004 99."
        ),
    },
    "goal_headings": list(headings.ALL),
    "void_reasons": [
        "På den enskildes begäran",
        "Fel på datum",
        "Fel mottagare",
        "Fel person",
        "Skapad av misstag",
        "Annan orsak",
    ],
    "support_chain": (
        "1. Superanvändaren på din enhet\n"
        "2. Förvaltningens administratör\n"
        "3. IT-supporten, 08-465 004 98\n"
        "Frågor om processen: sip@example.org"
    ),
}

# Not every county uses SBAR (V-40): the full one does, the small one does not.
FULL_COUNTY_SETTINGS: dict[str, object] = {"sbar_enabled": True}

# K-08: in Katrineholm the same day, elsewhere the county's one working day, which is built in.
_SAME_DAY = {"kind": "working_days", "amount": 0, "hour": "16:00"}
_ANSWERED = ("initiative", "summons_planning", "summons_evaluation", "information")


def settings_of(department: Department) -> dict[str, object]:
    """What a department has chosen for itself."""
    return {"deadlines": dict.fromkeys(_ANSWERED, _SAME_DAY)} if department.answers_same_day else {}
