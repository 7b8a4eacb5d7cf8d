"""What was typed with scripts, quotes and unseen characters in it: stored without the unseen, shown as it was typed."""

import re

from django.urls import reverse

from tests.bad_input.postings import opened
from tests.bad_input.stored import AROUND, cells, tables
from tests.bad_input.table import BY_NAME
from tests.bad_input.world import World

# Short enough for the shortest field.
NASTY = "<script>alert(1)</script>\"'>{{7*7}}\u202eab\u2066\x00\x07\u200f\ufeff"
RAW = ("<script>alert(1)", "\"'>{{7*7}}")
# Marks of direction are part of Arabic and Hebrew text, and stay.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
# Typing that waits to be saved is kept as typed, but for what no database takes; a session holds no text.
AS_TYPED = AROUND

# In the order in which they can be posted after one another, and where their words are then read.
WRITTEN = (
    "initiative",
    "initiative draft",
    "summons",
    "information",
    "answer",
    "outside",
    "send on",
    "handler",
    "person",
    "relative",
    "consent",
    "sbar",
    "goal",
    "new goal",
    "activity",
    "new activity",
    "law",
    "new participant",
    "participant by hand",
    "handover",
    "report",
    "evaluation",
    "void follow-up",
    "void message",
    "void plan",
    "void evaluation",
    "own details",
    "new user",
    "user",
    "place",
    "end",
)
PAGES = ("units", "person", "consent", "history", "end", "coordinator", "handover", "law", "lock", "sign")
PARTS = ("initiative", "summons", "information", "plan", "follow-up", "evaluation", "sbar")


def test_scripts_and_unseen_characters_in_every_text_do_nothing(world: World) -> None:
    typed, addresses = 0, ""
    for name in WRITTEN:
        form = opened(world, BY_NAME[name])
        addresses += form.address
        answer = form.post(form.with_values(**dict.fromkeys(form.texts, NASTY)))
        assert answer.status_code in {200, 302}, name
        typed += len(form.texts)
        _reads_well(name, answer.content.decode())
    assert typed > 40
    kept = [value for _table, _column, value in cells(set(tables()) - AS_TYPED) if isinstance(value, str)]
    assert sum("<script>alert(1)</script>" in value for value in kept) > 40
    assert [repr(value) for value in kept if UNSEEN.search(value)] == []
    written = tuple(case for case, case_id in world.cases.items() if str(case_id) in addresses)
    for who, cases in (("anna", written), ("david", ("sent", "open")), ("administrator", ())):
        client = world.browser(who)
        for address in _pages(world, cases):
            _reads_well(address, client.get(address, follow=True).content.decode())


def _reads_well(where: str, content: str) -> None:
    """Nothing of it is markup, and nothing of it is unseen."""
    assert not [raw for raw in RAW if raw in content], where
    assert "\u202e" not in content, where
    assert "\x00" not in content, where


def _pages(world: World, cases: tuple[str, ...]) -> list[str]:
    around = (
        "overview:sip",
        "organisations:address_book",
        "accounts:me",
        "assignments:users",
        "organisations:tree",
        "notifications:folder",
    )
    found = [reverse(name) for name in around]
    for case in cases:
        found += [reverse("sip:part", args=[world.cases[case], slug]) for slug in PARTS]
        # Pages that every case has alike.
        if case in {"sent", "accepted", "open", "locked"}:
            found += [reverse(f"sip:{name}", args=[world.cases[case]]) for name in PAGES]
    return found
