"""Children and young people: school absence, worry, living between homes."""

from samordna.demo.texts import any_need
from samordna.demo.texts.headings import DAYS, FEEL, HELP, IMPORTANT, NEAR, SCHOOL
from samordna.demo.texts.shapes import KIN, SELF, Activity, Goal, Theme

SCHOOL_CHILD = Theme(
    key="school",
    age_group="child",
    reasons=(
        "Behov av samordning. Har inte varit i skolan på sex veckor. Magont på morgnarna, föräldrarna har "
        "försökt allt. "
        "Skolan, elevhälsan och vården behöver dra åt samma håll.",
        "Behov av samordning. Utredning visar autism. Klassrummet är för högljutt och hemma tar kraften slut.",
        "Behov av samordning. Oro för att eleven skadar sig. Föräldrarna är separerade och får olika besked.",
        "Behov av samordning. Bråk på rasterna och på kvällarna, står utan fritidssysselsättning och sover dåligt.",
    ),
    needs=(
        "En gemensam plan för att komma tillbaka till skolan i små steg, och samma besked till båda föräldrarna.",
        "Anpassad skoldag, stöd i hur autism fungerar och avlastning hemma.",
        "Trygga vuxna i skolan, behandling för oro och en fritid som inte är skärm.",
    ),
    others_do=(
        "Farmor hämtar på tisdagar. Fotbollslaget har sagt att dörren är öppen.",
        "Stödfamilj en helg i månaden.",
        "Mamma har läst föräldrakurs. Ingen annan gör något regelbundet.",
    ),
    goals=(
        Goal(
            SCHOOL,
            "Jag vill gå till skolan utan att få ont i magen.",
            SELF,
            (
                Activity("Börja med två lektioner i veckan, bild och idrott", "school", 21),
                Activity("Möta upp vid sidoingången", "school"),
                Activity("Äta frukost och säga till när det är jobbigt", SELF),
            ),
        ),
        Goal(
            HELP,
            "Jag vill ha ett ställe att vara på när det blir för högt.",
            "school",
            (
                Activity("Ett eget rum bredvid biblioteket, alla lärare vet", "school", 10),
                Activity("Hörselskydd och paus-kort", "pupil", 7),
            ),
        ),
        Goal(
            FEEL,
            "Jag vill sluta tänka så mycket på kvällarna.",
            "bup",
            (
                Activity("Samtal varje vecka, tio gånger", "bup", 70),
                Activity("Ingen skärm efter nio, vi hjälps åt", KIN),
                Activity("Hälsosamtal i skolan", "pupil", 30),
            ),
        ),
        Goal(
            NEAR,
            "Jag vill att mamma och pappa pratar med varandra om sådant som gäller mig.",
            KIN,
            (
                Activity("Föräldrasamtal, tre tillfällen", "social", 45),
                Activity("Samma veckobrev till båda", "school"),
            ),
        ),
        Goal(
            IMPORTANT,
            "Jag vill rida igen.",
            SELF,
            (
                Activity("Ansöka om bidrag till ridskolan", "social", 30),
                Activity("Följa med första gången", KIN, 30),
            ),
        ),
        Goal(
            DAYS,
            "Jag vill ha en dag i veckan utan möten.",
            SELF,
            (
                Activity("Inga besök bokas på fredagar", "pupil"),
                Activity("Samla tiderna på tisdagar", "bup", 14),
            ),
        ),
    ),
    information=(
        "Två lektioner den här veckan, tre nästa. {Han} skrattade i dag.",
        "Kan ni höra av er till pappa också? Han har inte fått kallelsen.",
        "Ny mentor från måndag. Kommer på nästa möte.",
    ),
    accepting=any_need.ACCEPTING,
    denying=(
        "Ingen pågående kontakt. Remissen har gått till Habiliteringen Barn och ungdom.",
        "Vi har ingen öppen utredning. Familjen har haft stöd av öppenvården, den är avslutad.",
    ),
    meetings=(
        "Skolan, grupprum 2",
        "Barn- och elevhälsan, Skoltäppan 1",
        "Videomöte, länk kommer i kallelsen",
    ),
    reports=any_need.REPORTS,
    evaluations=(
        "Går i skolan fyra dagar av fem och äter lunch med klassen. Föräldrarna ringer varandra. Eleven vill inte ha "
        "fler möten och det är alla överens om. Planen avslutas.",
        "Anpassningarna sitter och finns i skolans åtgärdsprogram. Samtalen är avslutade. Planen avslutas.",
    ),
)
