"""Long illness: lungs, heart, diabetes."""

from samordna.demo.texts import any_need
from samordna.demo.texts.headings import DAYS, FEEL, HELP, IMPORTANT, NEAR
from samordna.demo.texts.shapes import SELF, Activity, Goal, Theme

CHRONIC = Theme(
    key="chronic",
    age_group="old",
    reasons=(
        "Behov av samordning. Svår KOL och oro gör att ambulansen rings flera gånger i månaden. Vi behöver "
        "en gemensam "
        "plan för vad som görs hemma.",
        "Behov av samordning. Diabetes med svängande blodsocker, nedsatt syn och sår på foten. Insulinet ges av tre "
        "olika verksamheter.",
        "Behov av samordning. Hjärtsvikt och njursvikt, kontroller på två mottagningar och svårt att orka resorna.",
    ),
    needs=(
        "Samma råd från alla vid andnöd, hjälp med inhalationer och någon som ser till helheten.",
        "Insulin på rätt tid, fotvård och mat som passar. En kontakt som hör av sig, inte tvärtom.",
        "Färre resor, prover hemma och tydlig gräns för när specialisten ska kontaktas.",
    ),
    others_do=(
        "Sambon hjälper till med syrgasen. Patientföreningen har bassängträning som {han} går på ibland.",
        "Dottern beställer mat på nätet varje vecka.",
        "Ingen annan gör något regelbundet.",
    ),
    goals=(
        Goal(
            FEEL,
            "Jag vill veta vad jag ska göra när jag inte får luft.",
            "centre",
            (
                Activity(
                    "Skriva en behandlingsplan med stegen i klartext, sätta upp på kylskåpet", "centre", 10
                ),
                Activity("Följa planen och ringa i rätt ordning", SELF),
                Activity("Alla i personalgruppen läser planen", "home", 14),
            ),
        ),
        Goal(
            HELP,
            "Jag vill att samma människor ger mig insulin.",
            "nurse",
            (
                Activity("Delegera till fyra namngivna i gruppen", "nurse", 21),
                Activity("Ge insulin morgon och kväll enligt lista", "home"),
                Activity("Fotvård var sjätte vecka", "centre"),
            ),
        ),
        Goal(
            IMPORTANT,
            "Jag vill slippa åka till två mottagningar.",
            "clinic",
            (
                Activity("Prover tas hemma och svaren går till båda", "nurse", 14),
                Activity("Gemensam kontroll per telefon varannan månad", "clinic"),
            ),
        ),
        Goal(
            DAYS,
            "Jag vill orka vara i kolonilotten till våren.",
            SELF,
            (
                Activity("Fysisk träning på recept, bassäng en gång i veckan", "centre", 60),
                Activity("Lättare redskap och pall att sitta på", SELF, 90),
            ),
        ),
        Goal(
            NEAR,
            "Jag vill att min sambo ska kunna sova.",
            "home",
            (
                Activity("Tillsyn på natten två nätter i veckan", "home"),
                Activity("Prata om oro, erbjuda samtal", "centre", 21),
            ),
        ),
    ),
    information=(
        "Syrgasleverantören byter apparat på onsdag förmiddag, någon behöver vara hemma.",
        "Blodsockret har legat lågt på morgnarna. Ordinationen är ändrad i dag, se ny lista.",
        "Kan vi korta mötet till en halvtimme? {Han} orkar inte mer.",
    ),
    accepting=any_need.ACCEPTING,
    denying=(
        "Avslutad på vår mottagning i våras och återremitterad till primärvården.",
        "Hör till den andra hemtjänstgruppen sedan flytten.",
    ),
    meetings=("Vårdcentralen, rum 2", "Hemma hos den enskilde", "Telefonmöte, vi ringer upp"),
    reports=any_need.REPORTS,
    evaluations=(
        "Har inte ringt ambulans på tre månader. Planen på kylskåpet används av alla. Kontrollerna sköts av "
        "vårdcentralen. Planen avslutas i enighet.",
        "Blodsockret är jämnt och foten är läkt. Insulinet ges av en fast grupp. Planen avslutas.",
    ),
)
