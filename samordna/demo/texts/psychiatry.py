"""Adults with mental ill-health, addiction, debts, sick leave."""

from samordna.demo.texts import any_need
from samordna.demo.texts.headings import DAYS, FEEL, HELP, HOME, IMPORTANT, NEAR
from samordna.demo.texts.shapes import SELF, Activity, Goal, Theme

PSYCHIATRY = Theme(
    key="psychiatry",
    age_group="adult",
    reasons=(
        "Behov av samordning. Depression och alkohol, sjukskriven sedan ett år. Missar tider när kallelserna "
        "kommer från "
        "olika håll och säger själv att det är för många att hålla reda på.",
        "Behov av samordning. Psykossjukdom och hot om att förlora lägenheten. Behöver stöd i boendet, ekonomin och "
        "behandlingen på samma gång.",
        "Behov av samordning. Ny adhd-diagnos, skulder och återkommande ångest. Vill arbeta men vet inte i "
        "vilken ände "
        "det ska börja.",
        "Behov av samordning. Utskriven från avdelning efter självmordsförsök. Behöver täta kontakter och en "
        "plan för "
        "kvällar och helger.",
    ),
    needs=(
        "En plan i taget, en kalender och en person som håller ihop den. Behandling för beroende och "
        "depression samtidigt.",
        "Stöd att behålla lägenheten, budget och hyra, och medicin som fungerar.",
        "Struktur på dagarna, stegvis återgång i arbete och någon att ringa innan det blir kris.",
    ),
    others_do=(
        "Brodern kör till mottagningen. Självhjälpsgruppen träffas på torsdagar.",
        "Hyresvärden har gått med på att vänta med hyran till den tjugofemte.",
        "Mamman ringer på söndagar. I övrigt gör ingen annan något.",
        "Budget- och skuldrådgivaren har en tid i nästa månad.",
    ),
    goals=(
        Goal(
            HOME,
            "Jag vill ha kvar min lägenhet.",
            "social",
            (
                Activity("Avbetalningsplan med hyresvärden", "social", 14),
                Activity("Autogiro för hyran", SELF, 20),
                Activity("Hembesök varannan vecka", "social"),
            ),
        ),
        Goal(
            FEEL,
            "Jag vill vara nykter på vardagarna till att börja med.",
            SELF,
            (
                Activity("Återfallsprevention en gång i veckan", "psych", 60),
                Activity("Läkemedelsbehandling, provtagning varannan vecka", "centre"),
                Activity("Gå till självhjälpsgruppen på torsdagar", SELF),
            ),
        ),
        Goal(
            HELP,
            "Jag vill ha en plan för när det blir mörkt.",
            "psych",
            (
                Activity("Skriva en krisplan tillsammans, kopia till alla", "psych", 7),
                Activity("Telefonnummer för kväll och helg i mobilen", SELF, 3),
            ),
        ),
        Goal(
            DAYS,
            "Jag vill börja arbeta lite igen.",
            SELF,
            (
                Activity("Arbetsträning fyra timmar i veckan, börja i liten skala", "social", 60),
                Activity("Läkarintyg som beskriver vad som går, inte bara vad som inte går", "centre", 21),
                Activity("Hålla kontakten med handläggaren en gång i månaden", SELF),
            ),
        ),
        Goal(
            IMPORTANT,
            "Jag vill kunna sova utan att tänka på räkningarna.",
            "social",
            (
                Activity("Gå igenom alla räkningar, ansökan om skuldsanering", "social", 45),
                Activity("Sömnskola i grupp", "psych", 40),
            ),
        ),
        Goal(
            NEAR,
            "Jag vill träffa mina barn varannan helg.",
            SELF,
            (
                Activity("Samtal med familjerätten om umgänge", "social", 30),
                Activity("Vara nykter och i tid", SELF),
            ),
        ),
    ),
    information=(
        "Kom inte i dag, svarar inte i telefon. Kan någon som har tid titta förbi?",
        "Handläggaren på Försäkringskassan är bytt. Nya namnet kommer på mötet.",
        "{Han} har fått hem hyran till den tjugofemte. Bra jobbat.",
        "Vi behöver flytta mötet en timme framåt. Går det för er?",
    ),
    accepting=any_need.ACCEPTING,
    denying=(
        "Inget pågående ärende hos oss. Ekonomiskt bistånd har hand om kontakten.",
        "Har inte varit hos oss sedan förra året, går numera på beroendemottagningen.",
    ),
    meetings=(
        "Psykiatriska öppenvården, samtalsrum 3",
        "Kommunhuset, rum Smeden",
        "Videomöte, länk kommer i kallelsen",
    ),
    reports=any_need.REPORTS,
    evaluations=(
        "Har kvar lägenheten och hyran går på autogiro. Arbetstränar tio timmar i veckan. Ett återfall i somras som "
        "hanterades enligt krisplanen. Vill nu klara sig med sina vanliga kontakter. Planen avslutas.",
        "Målen om sömn och ekonomi är nådda, umgänget med barnen fungerar. Behandlingen fortsätter på mottagningen.",
        "Nådde inte målet om arbete men har fått sjukersättning på halvtid och mår bättre. Samordning behövs "
        "inte längre.",
    ),
)
