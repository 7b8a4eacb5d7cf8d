"""A plan as a municipality and a health centre could have made it; nobody in it exists."""

from samordna.sip.plan.paper_data import PlanData


def plan() -> PlanData:
    return {
        "practice": True,
        "mark": None,
        "case_number": "SIP 2026-00012-K",
        "version": 2,
        "plan_day": "2026-05-12",
        "locked_at": "2026-05-14T11:00:00+00:00",
        "locked_by": "Anna Lindqvist, enhetschef, Hemtjänsten Norr",
        "person": {
            "name": "Karin Åström",
            "number": "19441210-7262",
            "protected": False,
            "address": ["Ängsgatan 4", "641 30 Katrineholm"],
            "phone": "0150-555 01",
        },
        "coordinator": {
            "name": "Anna Lindqvist",
            "title": "enhetschef",
            "unit": "Hemtjänsten Norr",
            "phone": "0150-555 12",
        },
        "participants": [
            participant("Karin Åström", "Den enskilde", "", signs=False),
            participant("Anna Lindqvist", "enhetschef", "Hemtjänsten Norr, Katrineholms kommun"),
            participant("Östen Björk", "distriktssköterska", "Vårdcentralen Linden"),
            participant("Göran Åström", "son", ""),
            participant("Eva Ek", "handläggare", "Försäkringskassan", attended=False, signs=False),
        ],
        "needs": "Karin behöver hjälp att komma upp och klä sig på morgonen, och någon som ser till såret "
        "på benet.\n\nHon vill kunna gå till torget själv igen.",
        "responsibilities": "Kommunen: hemtjänst varje morgon och kväll, trygghetslarm, rehabilitering i hemmet.\n"
        "Regionen: sårvård två gånger i veckan, läkemedelsgenomgång.",
        "others": "Sonen Göran handlar på lördagar. Väntjänsten hälsar på varannan torsdag.",
        "overall_principal": "Katrineholms kommun",
        "goals": [
            {
                "heading": "Jag vill kunna gå till torget själv",
                "text": "Jag går dit med rollator före midsommar, och utan sällskap i augusti.",
                "responsible": "Östen Björk",
                "activities": [
                    {
                        "text": "Träna på att gå ute med rollator, tre gånger i veckan",
                        "responsible": "Hemtjänsten Norr",
                        "done_by": None,
                    },
                    {
                        "text": "Prova ut en rollator som går att fälla ihop",
                        "responsible": "Arbetsterapeut, Katrineholms kommun",
                        "done_by": "2026-05-29",
                    },
                ],
            },
            {
                "heading": "Jag vill att såret läker",
                "text": "",
                "responsible": "Vårdcentralen Linden",
                "activities": [
                    {
                        "text": "Lägga om såret måndagar och torsdagar",
                        "responsible": "Distriktssköterskan",
                        "done_by": None,
                    },
                ],
            },
        ],
        "next_followup": {"day": "2026-08-19", "time": "13.00", "place": "hemma hos Karin"},
        "consent": "Karin har samtyckt muntligt den 4 maj 2026 till att de som deltar delar uppgifter med varandra.",
        "signatures": [
            {"signed_by": "Anna Lindqvist, enhetschef, Hemtjänsten Norr", "signed_at": "2026-05-13T09:10:00+00:00"},
            {"signed_by": "Östen Björk, distriktssköterska, Linden", "signed_at": "2026-05-14T07:45:00+00:00"},
        ],
    }  # fmt: skip


def participant(
    name: str, role: str, unit: str, *, attended: bool = True, signs: bool = True
) -> dict[str, object]:
    return {"name": name, "role": role, "unit": unit, "attended": attended, "signs": signs}
