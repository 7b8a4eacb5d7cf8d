"""Home from hospital with much that has changed."""

from samordna.demo.texts import any_need
from samordna.demo.texts.headings import DAYS, FEEL, HELP, HOME, IMPORTANT
from samordna.demo.texts.shapes import KIN, SELF, Activity, Goal, Theme

HOSPITAL = Theme(
    key="hospital",
    age_group="old",
    reasons=(
        "Behov av samordning. Ska hem efter stroke med svaghet i vänster sida. Behöver träning, hjälpmedel och hjälp "
        "flera gånger om dagen, och är orolig för hur det ska gå.",
        "Behov av samordning. Tredje vårdtillfället på två månader för hjärtsvikt. Behöver en plan för "
        "vätska, vikt och "
        "vem som ska ringas innan det blir akut.",
        "Behov av samordning. Höftfraktur efter fall i hemmet. Bor ensam på andra våningen utan hiss.",
        "Behov av samordning. Ny diagnos och ny behandling, många inblandade och närstående som inte vet vem "
        "de ska fråga.",
    ),
    needs=(
        "Träning för gång och arm, hjälpmedel på plats från första dagen, hjälp vid förflyttning och toalettbesök.",
        "Daglig vikt och tydliga gränser för när någon ska höra av sig. Hjälp att förstå medicinerna.",
        "Säker förflyttning, smärtlindring och en bostad som går att ta sig in i.",
    ),
    others_do=(
        "{Maken} lagar mat och följer med på återbesök. Strokeföreningen har ringt och erbjudit samtal.",
        "Sonen bor i närheten och hjälper till med snö, post och inköp.",
        "Ingen annan gör något regelbundet.",
    ),
    goals=(
        Goal(
            IMPORTANT,
            "Jag vill kunna gå ut med hunden igen.",
            SELF,
            (
                Activity("Gångträning ute med rollator tre gånger i veckan", "nurse", 60),
                Activity("Prova ut rollator och dubbar", "nurse", 10),
                Activity("Promenera till hörnet varje dag", SELF),
            ),
        ),
        Goal(
            FEEL,
            "Jag vill slippa åka in akut.",
            "centre",
            (
                Activity("Väga varje morgon och skriva upp, ring om det ökar två kilo på tre dagar", SELF),
                Activity("Uppföljning hos sjuksköterska inom två veckor", "centre", 14),
                Activity("Skriftlig plan för försämring, lämnas till alla", "ward", 5),
            ),
        ),
        Goal(
            HOME,
            "Jag vill hem, inte till ett korttidsboende.",
            "officer",
            (
                Activity("Beslut om hemtjänst fyra gånger om dagen och trygghetslarm", "officer", 5),
                Activity("Säng och duschstol på plats före hemgång", "nurse", 5),
                Activity("Möta upp hemma första dagen", "home", 7),
            ),
        ),
        Goal(
            HELP,
            "Jag vill förstå mina mediciner.",
            "nurse",
            (
                Activity("Gå igenom listan hemma tillsammans med {maken}", "nurse", 10),
                Activity("Läkemedelsberättelse till vårdcentralen", "ward", 3),
            ),
        ),
        Goal(
            DAYS,
            "Jag vill orka läsa för barnbarnen.",
            SELF,
            (
                Activity("Remiss till syncentralen", "centre", 30),
                Activity("Vila mitt på dagen, aktivitet på förmiddagen", SELF),
                Activity("Läsa högt en stund varje söndag", KIN),
            ),
        ),
    ),
    information=(
        "Hemgång är planerad till veckoslutet. Hjälpmedlen levereras dagen innan.",
        "Provsvaren är bra, inget ändras i medicineringen.",
        "{Maken} undrar vem man ringer på helgen. Kan ni svara i planen?",
    ),
    accepting=any_need.ACCEPTING,
    denying=(
        "Bor inte i vårt område. Adressen hör till den andra vårdcentralen.",
        "Ingen insats hos oss och inget nytt behov enligt samtal med den enskilde i dag.",
    ),
    meetings=("Avdelningens samtalsrum", "Länk via växeln, videorum 2", "Hemma hos den enskilde"),
    reports=any_need.REPORTS,
    evaluations=(
        "Går ut med hunden morgon och kväll. Inga nya vårdtillfällen. Träningen är avslutad, hemtjänsten "
        "minskad till "
        "två besök om dagen. Alla är nöjda och planen avslutas.",
        "Vikten är stabil och {maken} vet vem man ska ringa. Vårdcentralen följer upp var tredje månad. "
        "Planen avslutas.",
        "Bostaden är anpassad och målet nått. Ett mål om syn lämnas till vårdcentralen. Planen avslutas.",
    ),
)
