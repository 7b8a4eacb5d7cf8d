"""Old people at home: falls, medicines, meals, relatives who are tired."""

from samordna.demo.texts import any_need
from samordna.demo.texts.headings import DAYS, FEEL, HELP, HOME, IMPORTANT, NEAR
from samordna.demo.texts.shapes import KIN, SELF, Activity, Goal, Theme

ELDERLY = Theme(
    key="elderly",
    age_group="old",
    reasons=(
        "Behov av samordning. Har fallit tre gånger hemma den senaste månaden, äter dåligt och blandar ihop "
        "medicinerna. "
        "Flera verksamheter är inne men ingen har helheten.",
        "Behov av samordning. {Maken} orkar inte längre hjälpa till på nätterna. Hemtjänst, hemsjukvård och "
        "vårdcentral "
        "behöver komma överens om vem som gör vad.",
        "Behov av samordning. Minnet har blivit sämre det senaste halvåret, glömmer spisen och går ut utan "
        "ytterkläder. "
        "Utredning pågår men stödet i vardagen räcker inte.",
        "Behov av samordning. Bensåren läker inte, svårt att ta sig till mottagningen och hemtjänsten ser "
        "att smärtan "
        "gör att {han} har slutat gå ut.",
        "Behov av samordning. Ensam sedan {maken} gick bort, har gått ner sju kilo och säger att dagarna är långa.",
    ),
    needs=(
        "Hjälp att ta sig upp, klä sig och duscha. Rätt medicin i rätt tid. Någon att ringa när det är "
        "oroligt på natten.",
        "Trygghet hemma: mindre fallrisk, regelbundna måltider och en tydlig kontaktväg för familjen.",
        "Såromläggning två gånger i veckan, smärtlindring som går att leva med och hjälp att komma ut igen.",
        "Stöd i vardagen medan minnesutredningen pågår, och avlösning för den som är närstående.",
    ),
    others_do=(
        "Dottern handlar på lördagar och sköter ekonomin genom fullmakt. Grannen tittar till på kvällarna.",
        "Sonen ringer varje dag. Väntjänsten i församlingen kommer på onsdagar.",
        "Ingen annan gör något regelbundet.",
        "Hemvändarkaféet hämtar på tisdagar. Systern i Flen följer med på läkarbesök.",
    ),
    goals=(
        Goal(
            HOME,
            "Jag vill bo kvar hemma och klara trappan själv.",
            SELF,
            (
                Activity("Träna trappgång och balans två gånger i veckan", "nurse", 60),
                Activity("Ledstång på båda sidor, ansökan om bostadsanpassning", "officer", 30),
                Activity("Gå till brevlådan varje dag när det inte är halt", SELF),
            ),
        ),
        Goal(
            HELP,
            "Jag vill få rätt medicin utan att behöva ringa runt.",
            "centre",
            (
                Activity("Läkemedelsgenomgång, ny lista till alla som ger medicin", "centre", 14),
                Activity("Dosett fylls varje måndag", "nurse"),
                Activity("Påminna om medicin morgon och kväll", "home"),
            ),
        ),
        Goal(
            FEEL,
            "Jag vill slippa ha ont när jag sover.",
            "nurse",
            (
                Activity("Lägga om såren tisdag och fredag och mäta smärtan varje gång", "nurse"),
                Activity("Se över smärtlindringen till natten", "centre", 10),
            ),
        ),
        Goal(
            DAYS,
            "Jag vill träffa folk och ha något att se fram emot.",
            "home",
            (
                Activity("Följa med till träffpunkten första gångerna", "home", 30),
                Activity("Ansöka om ledsagning till träffpunkten", "officer", 21),
            ),
        ),
        Goal(
            IMPORTANT,
            "Jag vill äta sådant jag tycker om och orka mer.",
            "home",
            (
                Activity("Laga frukost och kvällsmål tillsammans hemma", "home"),
                Activity("Vikt och blodprov en gång i månaden", "nurse"),
                Activity("Kontakt med dietist", "centre", 30),
            ),
        ),
        Goal(
            NEAR,
            "Jag vill att min familj ska få vara familj och inte vårdare.",
            KIN,
            (
                Activity("Erbjuda anhörigstöd och avlösning", "officer", 21),
                Activity("En namngiven kontaktperson som familjen kan ringa vardagar", "home", 7),
            ),
        ),
    ),
    information=(
        "Passar torsdag klockan 13 för er? Annars fredag förmiddag.",
        "{Han} har varit inne över natten på akuten efter ett fall, inget brutet. Vi tar upp det på mötet.",
        "Ny medicinlista är lämnad i hemmet i dag. Den gamla är borttagen ur pärmen.",
        "Nyckelgömman är bytt. Ring vårt kontor så får ni det nya numret dit.",
    ),
    accepting=any_need.ACCEPTING,
    denying=(
        "Inte listad hos oss sedan i våras. Har flyttat till den andra vårdcentralen.",
        "Vi har ingen pågående insats. Det är de som har hand om området där {han} bor.",
        "Inskriven hos annan enhet, vi avslutade i somras.",
    ),
    meetings=("Hemma hos den enskilde", "Vårdcentralen, rum 4", "Hemtjänstens lokal, Tranbärsgränd 2"),
    reports=any_need.REPORTS,
    evaluations=(
        "Målen är nådda. {Han} går i trappan med stöd och har inte fallit på flera månader. Medicinerna "
        "fungerar. Alla är "
        "överens om att samordningen inte längre behövs; hemtjänsten fortsätter som vanligt.",
        "Två av tre mål är nådda. {Han} äter bättre och har gått upp fyra kilo. Träffpunkten blev inte av "
        "men {han} har "
        "börjat spela boule med grannen i stället. Planen avslutas.",
        "Har flyttat till vårdboende och får sina behov tillgodosedda där. Såren är läkta. Planen avslutas.",
    ),
)
