"""Children and adults with disabilities, habilitation and support."""

from samordna.demo.texts import any_need
from samordna.demo.texts.headings import DAYS, FEEL, HELP, HOME, IMPORTANT, SCHOOL
from samordna.demo.texts.shapes import KIN, SELF, Activity, Goal, Theme

HABILITATION = Theme(
    key="habilitation",
    age_group="child",
    reasons=(
        "Behov av samordning. Flerfunktionsnedsättning, börjar ny skola till hösten. Hjälpmedel, mat, andning och "
        "personliga assistenter ska fungera från första dagen.",
        "Behov av samordning. Språkstörning och autism. Logoped, skola och LSS behöver använda samma bilder "
        "och tecken.",
        "Behov av samordning. Epilepsi som inte är under kontroll, skolan är osäker på vad den ska göra vid anfall.",
    ),
    needs=(
        "En gemensam pärm med allt som gäller, utbildad personal och hjälpmedel på båda ställena.",
        "Samma kommunikationssätt hemma, i skolan och på fritids.",
        "Skriftlig handlingsplan vid anfall och avlösning för föräldrarna.",
    ),
    others_do=(
        "Morföräldrarna avlöser en kväll i veckan.",
        "Föreningen ordnar syskongrupp en gång i månaden.",
        "Ingen annan gör något regelbundet.",
    ),
    goals=(
        Goal(
            SCHOOL,
            "Jag vill kunna säga vad jag vill till alla.",
            "hab",
            (
                Activity("Bildkarta och pratapparat till skolan och hemmet", "hab", 30),
                Activity("Visa personalen, två tillfällen", "hab", 45),
                Activity("Använda kartan vid varje måltid", KIN),
            ),
        ),
        Goal(
            HELP,
            "Jag vill att de vuxna vet vad de ska göra när jag får anfall.",
            "centre",
            (
                Activity("Skriva handlingsplan och egenvårdsbedömning", "centre", 14),
                Activity("Utbilda sex i personalen", "hab", 30),
            ),
        ),
        Goal(
            DAYS,
            "Jag vill vara med på rasten.",
            "school",
            (
                Activity("Anpassa gungan och göra gången jämn", "school", 60),
                Activity("En kompis och en vuxen med varje rast", "school"),
            ),
        ),
        Goal(
            HOME,
            "Mina föräldrar vill kunna sova hela natten ibland.",
            "lss",
            (
                Activity("Beslut om avlösarservice och korttidsvistelse", "lss", 45),
                Activity("Besöka korttidshemmet tillsammans", KIN, 30),
            ),
        ),
    ),
    information=(
        "Nya ståskalet kommer på tisdag. Vi provar ut det i skolan.",
        "Medicinen är höjd från i dag, var uppmärksamma på trötthet.",
    ),
    accepting=any_need.ACCEPTING,
    denying=(
        "Har ingen insats hos oss ännu, ansökan ligger hos LSS-handläggarna.",
        "Går inte på vår skola längre.",
    ),
    meetings=("Habiliteringen, stora rummet", "Skolan, konferensrummet", "Hemma hos familjen"),
    reports=any_need.REPORTS,
    evaluations=(
        "Pratapparaten används överallt och skolstarten gick bra. Uppföljning sker i habiliteringens egen "
        "plan. Planen "
        "avslutas på föräldrarnas önskan.",
        "Anfallen är färre och all personal är utbildad. Avlösningen fungerar. Planen avslutas.",
    ),
)

DISABILITY = Theme(
    key="disability",
    age_group="adult",
    reasons=(
        "Behov av samordning. Ska flytta till gruppbostad. Vården, boendet och dagliga verksamheten behöver komma "
        "överens om medicin, mat och vad som lugnar.",
        "Behov av samordning. Intellektuell funktionsnedsättning och nytillkommen diabetes. Förstår inte "
        "varför det ska "
        "stickas och säger nej.",
        "Behov av samordning. Utbrott har ökat sedan flytten. Smärta behöver uteslutas och arbetssättet ses över.",
    ),
    needs=(
        "Ett gemensamt sätt att bemöta, lugn vid provtagning och en läkare som känner till hela bilden.",
        "Förberedelse inför flytt, samma rutiner och någon som förklarar med bilder.",
        "Utredning av smärta, sömn och ljud. Stöd till personalen.",
    ),
    others_do=(
        "God man sköter ekonomin och vill vara med på möten.",
        "Systern hämtar varannan helg.",
        "Ingen annan gör något regelbundet.",
    ),
    goals=(
        Goal(
            HOME,
            "Jag vill ha det lugnt i mitt hem.",
            "home",
            (
                Activity("Fast personal på morgonen", "home", 14),
                Activity("Kartlägga vad som händer före utbrott, fyra veckor", "hab", 30),
            ),
        ),
        Goal(
            FEEL,
            "Jag vill inte ha ont.",
            "centre",
            (
                Activity("Läkarbesök hemma, tand och mage", "centre", 14),
                Activity("Skatta smärta med bilder varje kväll", "home", 30),
            ),
        ),
        Goal(
            HELP,
            "Jag vill veta vad som ska hända innan det händer.",
            "hab",
            (
                Activity("Bildschema för provtagning", "hab", 21),
                Activity("Öva med sköterskan utan nål", "centre", 21),
            ),
        ),
        Goal(
            DAYS,
            "Jag vill jobba med djur.",
            SELF,
            (
                Activity("Studiebesök på gårdens dagliga verksamhet", "lss", 30),
                Activity("Beslut om byte", "lss", 60),
            ),
        ),
        Goal(
            IMPORTANT,
            "Jag vill lyssna på dansband på fredagar.",
            SELF,
            (Activity("Fredagskväll med musik varje vecka", "home"),),
        ),
    ),
    information=(
        "{Han} klarade provtagningen i dag utan problem, bilderna fungerar.",
        "Vi byter kontaktperson från den första. Hon är med på nästa möte.",
    ),
    accepting=any_need.ACCEPTING,
    denying=("Inte inskriven hos oss. Kontakten går genom vårdcentralen.", "Avslutad efter flytten."),
    meetings=("Gruppbostaden, gemensamma köket", "Rådhustäppan 3, rum Linden", "Habiliteringen, rum 5"),
    reports=any_need.REPORTS,
    evaluations=(
        "Det är lugnt hemma och {han} går till gården tre dagar i veckan. Diabetes sköts utan bråk. God man "
        "och systern "
        "är nöjda. Planen avslutas.",
        "Smärtan kom från tänderna och är åtgärdad. Utbrotten har upphört. Planen avslutas.",
    ),
)
