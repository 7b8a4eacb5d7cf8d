"""Made-up content for the page that shows every component, and for a worklist and a case as they should look.

Shown only where all persons are made up. The numbers are the tax agency's test numbers.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.html import format_html

from samordna.kernel.clock import now
from samordna.kernel.refusal import Refusal
from samordna.web.formfields import LongText, Phone, ShortText, SwedishDate, SwedishTime
from samordna.web.symbols import SYMBOLS


class SampleForm(forms.Form):
    """One of each kind of field."""

    place = ShortText(label="Plats", help_text="Adress, telefon eller videolänk.")
    day = SwedishDate(label="Datum", help_text="Till exempel 14/5 eller i morgon.")
    start = SwedishTime(label="Tid")
    phone = Phone(label="Telefon", required=False)
    reason = LongText(label="Initiativorsak", help_text="Behov av samordning.")
    kind = forms.ChoiceField(
        label="Vårdform", choices=[("", "Välj"), ("1", "Primärvård"), ("2", "Hemtjänst")]
    )
    consent = forms.ChoiceField(
        label="Samtyckesval",
        widget=forms.RadioSelect,
        choices=[("yes", "Ja, den enskilde samtycker"), ("no", "Nej")],
    )
    units = forms.MultipleChoiceField(
        label="Ska kvittera",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("1", "Vårdcentralen Linden"), ("2", "Rehab Väster")],
    )
    sure = forms.BooleanField(label="Mötet hålls på distans", required=False)


def sample_page(name: str) -> tuple[str, dict[str, Any]]:
    """The template and the context of a sample page. Refuses a name that is none of them."""
    if name not in _PAGES:
        raise Http404
    return f"web/samples/{name}.html", _PAGES[name]()


def _components() -> dict[str, Any]:
    bad = SampleForm({"place": "", "day": "31/2", "start": "25.00", "phone": "x", "reason": "", "units": []})
    return {
        "statuses": list(SYMBOLS),
        "empty_form": SampleForm(auto_id="empty_%s"),
        "form": bad,
        "refusal": Refusal(
            "sample", "Planen kan skrivas ut när den är låst.", "Samordningsansvarig kan låsa den."
        ),
        "page": Paginator(range(200), 50).page(2),
        "crumbs": [("SIP Översikt", "#"), ("SIP 2026-00012-K", "#"), ("Kallelse till planering", "")],
        "soon": now() + timedelta(hours=2),
        "late": now() - timedelta(days=8),
    }


def _confirm() -> dict[str, Any]:
    return {
        "heading": "Makulera planen",
        "effects": [
            "Planen och dess uppföljning läggs undan. De går fortfarande att läsa.",
            "3 enheter får veta.",
        ],
        "form": _ReasonForm(),
        "act_text": "Makulera planen",
        "back_url": "#",
        "danger": True,
    }


def _check() -> dict[str, Any]:
    rows = [
        ("Mottagare", "Vårdcentralen Linden\nRehab Väster\nHemsjukvården Väster", "#"),
        ("Initiativorsak", "Flera fall i hemmet. Behöver samordnad hjälp med medicin och träning.", "#"),
        ("Samtyckesval", "Ja, muntligt", "#"),
    ]
    return {
        "heading": "Granska och skicka",
        "lead": "Initiativet syns för mottagarna när du har skickat det.",
        "sections": [{"heading": "Initiativ", "rows": rows}],
        "act_text": "Skicka initiativ till 3 enheter",
        "back_url": "#",
    }


def _conflict() -> dict[str, Any]:
    return {
        "heading": "Målet har ändrats av någon annan",
        "cause": "Erik Holm ändrade samma mål 10.41. Välj vad som ska stå kvar.",
        "fields": [
            {"name": "goal", "label": "Mål", "mine": "Jag vill gå ut varje dag", "theirs": "Jag vill gå ut"}
        ],
        "version": 2,
        "back_url": "#",
        "act_text": "Spara det valda",
    }


class _ReasonForm(forms.Form):
    reason = LongText(label="Orsak", rows=2)


def _worklist() -> dict[str, Any]:
    at = now()
    parts = ["Initiativ", "Kallelse", "Plan", "Uppf.", "Kall. utv.", "Utv.", "Medd."]
    rows = [_row(at, parts, *cells) for cells in _ROWS]
    return {"rows": rows, "parts": parts, "todo_count": 3, "frame_tab": "sip"}


def _row(at: Any, parts: list[str], *cells: Any) -> dict[str, Any]:
    name, number, text, more, hours, states, who, changed = cells
    return {
        "name": name,
        "number": number,
        "next": text,
        "more": more,
        "due": None if hours is None else at + timedelta(hours=hours),
        "steps": [{"status": state, "word": part} for part, state in zip(parts, states.split(), strict=True)],
        "who": who,
        "changed": at - timedelta(hours=changed),
    }


_ROWS: list[tuple[Any, ...]] = [
    ("Gun-Britt Sandell", "193604139208", "Kvittera kallelse till planering", "Från Vårdcentralen Linden", -30,
     "done todo not_yet not_yet not_yet not_yet not_started", "Eva Holm, VC Linden", 1),
    ("Yusuf Abdi", "201102032396", "Svara på initiativ", "Från Barn- och elevhälsan", 3,
     "todo not_yet not_yet not_yet not_yet not_yet not_started", "Pär Nygren, Järvenskolan", 20),
    ("Skyddade uppgifter", "", "Läs och lås planen", "Signerad av Psykiatriska öppenvården", 60,
     "done done todo not_yet not_yet not_yet done", "Anna Lindqvist, ni", 26),
    ("Karl-Erik Wallin", "194203109147", "3 av 4 har kvitterat kallelsen", "Väntar på Rehab Väster", 5,
     "done waiting not_yet not_yet not_yet not_yet done", "Anna Lindqvist, ni", 2),
    ("Maj Öhrström", "192907304766", "Planeringsmöte tors 26 nov 13.00", "Vårdcentralen Linden, rum 3", None,
     "done done draft not_yet not_yet not_yet waiting", "Anna Lindqvist, ni", 80),
    ("Tommy Ek", "196712032884", "Följ upp 2 aktiviteter", "Egenvård insulin, ledsagning", 200,
     "done done locked waiting not_yet not_yet done", "Eva Holm, VC Linden", 100),
    ("Ingrid Åkerblom", "195109261494", "Eva Holm ska låsa utvärderingen", "Därmed avslutas ärendet", None,
     "done done locked done done waiting done", "Eva Holm, VC Linden", 120),
    ("Amira Haddad", "197510239242", "Skicka vidare till IFO Vuxen", "Nekad av Socialpsykiatrin", None,
     "denied not_yet not_yet not_yet not_yet not_yet not_started", "Anna Lindqvist, ni", 150),
]  # fmt: skip


def _case() -> dict[str, Any]:
    change = format_html('<a href="{}">Byt</a>', "#")
    return {
        "frame_tab": "sip",
        "person": {"name": "Karl-Erik Wallin", "number": "194203109147", "protected": False},
        "facts": [
            ("Samordningsansvarig", format_html("Anna Lindqvist, Hemtjänsten Norr {}", change)),
            ("Samtycke", "Ja, muntligt 12 nov – 4 enheter"),
            ("Ärende", "SIP 2026-00012-K"),
        ],
        "phases": [
            {"heading": heading, "parts": [_part(*part) for part in parts]} for heading, parts in _PHASES
        ],
        "goals": _GOALS,
        "units": [
            ("Vårdcentralen Linden", "12 nov 09.20", "12 nov 09.41", "done", "Accepterat", "Eva Holm"),
            ("Rehab Väster", "12 nov 09.20", "13 nov 07.58", "done", "Accepterat", "Ida Berg"),
            ("Hemsjukvården Väster", "12 nov 09.20", "12 nov 10.02", "waiting", "Väntar", "Deltog ej"),
        ],
        "saved_at": now(),
    }


def _part(status: str, name: str, hint: str) -> dict[str, Any]:
    return {
        "status": status,
        "name": name,
        "hint": hint,
        "url": "" if status == "not_yet" else "#",
        "current": name == "Mål- och aktivitetsplan",
    }


_PHASES: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("Förberedelsefas", [
        ("done", "Initiativ", "4 av 4 har accepterat"),
        ("done", "Kallelse till planering", "Möte ons 18 nov 13.00"),
    ]),
    ("Genomförandefas", [
        ("todo", "Mål- och aktivitetsplan", "Signeras senast fre 20 nov"),
        ("not_yet", "Uppföljning av plan", "När planen är låst"),
    ]),
    ("Avslutsfas", [
        ("not_yet", "Kallelse till utvärdering", "När planen är låst"),
        ("not_yet", "Utvärdering", "När planen är låst"),
    ]),
    ("Allmänt", [
        ("waiting", "Informationsmeddelande", "2 av 3 har kvitterat"),
        ("not_started", "Historik", "Inga tidigare planer"),
    ]),
]  # fmt: skip

_GOALS: list[dict[str, Any]] = [
    {
        "voice": "Det här är viktigt för mig", "text": "Jag vill kunna bo kvar hemma och klara trappan själv",
        "who": "Karl-Erik Wallin",
        "activities": [
            ("Träna trappgång två gånger i veckan", "Ida Berg, fysioterapeut, Rehab Väster", "15 jan 2027",
             "Skrivet av Ida Berg 19 nov", False),
            ("Ledstång på båda sidor", "Anna Lindqvist, Hemtjänsten Norr", "4 dec 2026",
             "Skrivet av Anna Lindqvist 19 nov", False),
        ],
    },
    {
        "voice": "Det här behöver jag hjälp med", "text": "Jag vill få rätt medicin utan att behöva ringa",
        "who": "Eva Holm, Vårdcentralen Linden",
        "activities": [
            ("Läkemedelsgenomgång, ny lista till alla", "Eva Holm, distriktssköterska", "27 nov 2026",
             "Skrivet av Eva Holm 20 nov 08.14", True),
            ("Dosett fylls varje måndag", "Hemsjukvården Väster", "pågår", "Skrivet av Anna Lindqvist 19 nov", False),
        ],
    },
]  # fmt: skip

_PAGES = {
    "components": _components,
    "worklist": _worklist,
    "case": _case,
    "confirm": _confirm,
    "check": _check,
    "conflict": _conflict,
}
