"""What is written alike whatever the need is."""

from samordna.sip.follow_up.states import ReportStatus

REPORTS = {
    ReportStatus.DONE: ("Klart enligt plan.", "Genomfört, den enskilde är nöjd.", ""),
    ReportStatus.ONGOING: (
        "Påbörjat och fungerar bra, fortsätter.",
        "Har gjorts två gånger, tas upp igen nästa månad.",
        "Delvis. Väntar på besked innan nästa steg.",
    ),
    ReportStatus.NOT_STARTED: ("Inte påbörjat, ny tid är bokad.", "Väntar på remissvar."),
    ReportStatus.NOT_CARRIED_OUT: (
        "Blev inte av. Behovet är löst på annat sätt.",
        "Den enskilde har tackat nej tills vidare.",
    ),
}
ACCEPTING = (
    "",
    "",
    "Vi deltar. Passar bäst förmiddagar.",
    "Vi känner till behovet och kommer gärna.",
    "Vi deltar.",
)
OTHER_AT_SUMMONS = (
    "",
    "",
    "Närstående är kallad per telefon.",
    "Säg till om ni behöver delta på distans.",
    "Den enskilde vill att mötet är högst en timme.",
)
EXTERNAL_NOTES = (
    "Ringde och lämnade kallelsen muntligt, de återkommer med namn.",
    "Kallelsebrev skickat, bekräftat per telefon.",
    "Talade med växeln, brev skickat samma dag.",
)
SBAR = {
    "situation": (
        "Har kontakt med flera verksamheter som inte vet av varandra. Berättar samma sak på nytt vid varje besök.",
        "Vardagen fungerar sämre än i våras. Närstående gör mer än de orkar.",
    ),
    "background": (
        "Insatser sedan två år, ändrade flera gånger. Ingen tidigare samordnad plan.",
        "Känd hos oss sedan länge. Har haft många kontakter, som har avslutats var för sig.",
    ),
    "assessment": (
        "Det är oklart vem som gör vad. Behoven hänger ihop och kan inte lösas av en av oss.",
        "Insatserna räcker var för sig men inte tillsammans. Risk för att något glöms mellan oss.",
    ),
    "recommendation": (
        "Gemensamt möte inom tre veckor, med en som håller ihop planen. Närstående bör vara med.",
        "En SIP med få och tydliga mål, och uppföljning redan efter sex veckor.",
    ),
}
VOID_INITIATIVE = "På den enskildes begäran"
VOID_MEETING = "Fel på datum"
VOID_MISTAKE = "Skapad av misstag"

CANNOT_CONSENT = (
    "Kan på grund av demenssjukdom inte ta ställning. Bedömt av distriktssköterska och närstående tillsammans: "
    "planen är till uppenbar nytta och den enskilde motsätter sig den inte."
)
CHILD_VIEW = "Har fått veta vad en SIP är och vill vara med på mötet, men inte prata om skolan inför alla."
HANDED_TO = "Den enskilde och närstående"
SIGNED_ON_PAPER = "Den enskilde och samtliga deltagare på mötet"
END_OTHER = "Personen har fått en annan plan i en annan kommun."
