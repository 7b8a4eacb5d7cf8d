"""Every form that somebody can post, filled in as it should be, with what must not be left out of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.sip.tests import protections
from samordna.sip.tests.factories import made_up_number
from tests.bad_input import administering
from tests.bad_input.postings import Posting, Values, Where
from tests.bad_input.world import World


def today() -> date:
    return clock.today(clock.now())


def ahead(days: int = 5) -> str:
    return add_working_days(today(), days).isoformat()


def day_off(*, past: bool = False) -> str:
    """A Sunday."""
    step = -1 if past else 1
    return next(
        day for number in range(7, 21) if (day := today() + timedelta(days=step * number)).isoweekday() == 7
    ).isoformat()


def a_number() -> str:
    return made_up_number(date(1977, 5, 5))


def at(case: str, name: str, *more: Callable[[World], object] | str) -> Where:
    """The address of a page of a case."""

    def where(world: World) -> str:
        args = [one if isinstance(one, str) else one(world) for one in more]
        return reverse(f"sip:{name}", args=[world.cases[case], *args])

    return where


def at_ward(case: str, name: str, *more: str) -> Where:
    """The address of a page of a discharge."""
    return lambda world: reverse(f"discharge:{name}", args=[world.cases[case], *more])


def said(**values: Any) -> Values:
    return lambda world: {name: value(world) if callable(value) else value for name, value in values.items()}


def _first(case: str, what: str) -> Callable[[World], object]:
    return lambda world: getattr(world, what)(case)


def _report(world: World) -> dict[str, Any]:
    key = world.activity("follow_up")
    return {f"{key}-status": "DONE", f"{key}-note": "Går bra", "save": str(key)}


def _units(*names: str) -> Callable[[World], list[str]]:
    return lambda world: [str(getattr(world.county, name).pk) for name in names]


def _denied(world: World) -> object:
    return world.delivery("sent", external=False)


def _outside(world: World) -> object:
    return world.delivery("sent", external=True)


_MESSAGE, _GOAL = _first("sent", "message"), _first("open", "goal")
_LINE = _first("open", "participant")
_CONSENT = {"giver": "SELF", "how": "ORAL", "scope": "SIP"}
_WITH_CONSENT = {f"consent-{name}": value for name, value in _CONSENT.items()}

CASE_POSTINGS = (
    # New case
    Posting(
        "new", lambda w: reverse("sip:new"), lambda w: {"identifier": a_number()}, required=("identifier",)
    ),
    # Messages
    Posting(
        "initiative",
        at("new", "part", "initiative"),
        said(
            check="1",
            recipient=_units("health_centre", "social"),
            reason="Behöver mer stöd",
            initiator="UNIT",
            **_WITH_CONSENT,
        ),
        at("new", "draft", "initiative"),
        required=("recipient", "reason", "initiator"),
    ),
    Posting(
        "initiative draft",
        at("drafted", "part", "initiative"),
        said(save="1", reason="Senare", initiator="UNIT"),
        at("drafted", "draft", "initiative"),
    ),
    Posting("send", at("drafted", "check", "initiative"), said()),
    Posting(
        "summons",
        at("accepted", "part", "summons"),
        lambda w: {
            "check": "1",
            "meets_on": ahead(),
            "starts": "13.00",
            "ends": "14.00",
            "form": "PLACE",
            "place": "Rum 4",
            "other": "Dottern",
        },
        at("accepted", "draft", "summons"),
        required=("recipient", "meets_on", "starts", "form", "place"),
    ),
    Posting("send summons", at("called", "check", "summons"), said()),
    Posting(
        "information",
        at("accepted", "part", "information"),
        said(check="1", text="Passar torsdag?"),
        at("accepted", "draft", "information"),
        required=("recipient", "text"),
    ),
    Posting(
        "answer",
        at("sent", "part", "initiative"),
        said(answer="ACCEPTED", comment="Vi kommer"),
        at("sent", "answer", _MESSAGE),
        who="eva",
    ),
    Posting(
        "add recipients",
        at("sent", "add_recipients", _MESSAGE),
        said(recipient=_units("hospital"), send="1", consent_shown="1", **_WITH_CONSENT),
        required=("recipient",),
    ),
    Posting(
        "send on",
        at("sent", "send_on", _MESSAGE, _denied),
        said(recipient=_units("hospital"), send="1", consent_shown="1", **_WITH_CONSENT),
        required=("recipient",),
    ),
    Posting("set aside", at("sent", "set_aside", _MESSAGE, _denied), said()),
    Posting(
        "outside",
        at("sent", "external", _MESSAGE, _outside),
        said(
            how="PHONE",
            note="Talade med växeln",
            answer="DENIED",
            comment="Nej",
            suggested_text="AF",
        ),
        required=("how", "told_on"),
    ),
    Posting(
        "void message", at("sent", "void_message", _MESSAGE), said(reason="Fel på datum", words="Bytt dag")
    ),
    Posting(
        "take back",
        at("unopened", "part", "initiative"),
        said(),
        at("unopened", "take_back", _first("unopened", "message")),
    ),
    Posting(
        "make a new one",
        at("voided", "part", "initiative"),
        said(),
        at("voided", "message_anew", _first("voided", "message")),
    ),
    # The case
    Posting(
        "handler",
        at("accepted", "units"),
        lambda w: {"handler": str(w.people["bertil"].pk)},
        at("accepted", "name_handler"),
    ),
    Posting(
        "coordinator",
        at("accepted", "coordinator"),
        lambda w: {"colleague": str(w.people["bertil"].pk)},
        required=("colleague",),
        searched={"act": "search", "q": "Bertil"},
    ),
    Posting("remove unit", at("accepted", "remove_unit", lambda w: str(w.county.social.pk)), said()),
    Posting(
        "person",
        at("accepted", "person"),
        said(
            name="Karl Wallin",
            phone="070-1740605",
            address="Storgatan 1",
            municipality="Flen",
            needs_interpreter="on",
            interpreter_language="Arabiska",
            protection="NONE",
        ),
        required=("name", "protection"),
    ),
    Posting(
        "relative",
        at("accepted", "person"),
        said(relation="NEXT_OF_KIN", relation_text="Dotter", name="Lena Wallin", contact="070-1740606"),
        at("accepted", "related"),
        required=("relation", "name"),
    ),
    Posting(
        "find a protected case",
        lambda w: reverse("sip:find_protection"),
        lambda w: {"number": w.facts("shielded").case.number},
        who="administrator",
        required=("number",),
    ),
    Posting(
        "lower a protection",
        at("shielded", "lower_protection"),
        lambda w: {
            "identifier": protections.number_of(w.cases["shielded"]),
            "protection": "NONE",
            "reason": "Borttagen",
            "checked_where": "Folkbokföringen",
        },
        who="administrator",
        required=("identifier", "protection", "reason", "checked_where"),
    ),
    Posting(
        "open contacts",
        at("lowered", "open_contacts"),
        lambda w: {
            "contacts": ["phone"],
            "identifier": protections.number_of(w.cases["lowered"]),
            "reason": "Borttagen",
            "checked_where": "Folkbokföringen",
        },
        who="administrator",
        required=("contacts", "identifier", "reason", "checked_where"),
    ),
    Posting(
        "take a lowering back",
        at("lowered", "person"),
        said(),
        at("lowered", "undo_lowering", lambda w: w.lowering_id()),
    ),
    Posting(
        "correct number",
        at("accepted", "correct_number"),
        lambda w: {"identifier": a_number(), "name": "Rätt Person", "reason": "Fel siffra"},
        required=("identifier", "reason"),
    ),
    Posting(
        "link number",
        at("reserve", "link_number"),
        lambda w: {"identifier": a_number()},
        required=("identifier",),
    ),
    Posting(
        "new number",
        at("accepted", "new_number"),
        lambda w: {"identifier": a_number()},
        required=("identifier",),
    ),
    Posting(
        "undo a number",
        at("numbered", "undo_identity", lambda w: w.change_id()),
        lambda w: {"reason": "Fel person"},
        required=("reason",),
    ),
    Posting(
        "join",
        at("joined", "join"),
        lambda w: {"keep": str(w.cases["joined"])},
        required=("keep",),
    ),
    Posting(
        "decline to join",
        at("joined", "join_decline"),
        lambda w: {"reason": "Två olika personer"},
        required=("reason",),
    ),
    Posting(
        "consent",
        at("accepted", "consent"),
        lambda w: {**_CONSENT, "until_on": ahead(200)},
        required=("giver", "how", "scope", "units"),
    ),
    Posting("withdraw consent", at("accepted", "withdraw_consent"), said()),
    Posting("end", at("accepted", "end"), said(reason="MOVED", comment="Till Umeå"), required=("reason",)),
    # SBAR
    Posting(
        "sbar",
        at("sbar", "part", "sbar"),
        said(
            act="save",
            situation="Ramlat",
            background="Bor själv",
            assessment="Klarar en del",
            recommendation="Ring dottern",
        ),
    ),
    Posting("sign sbar", at("sbar", "sbar_sign"), said(), required=("seen",)),
    # The plan
    Posting("begin plan", at("summoned", "part", "plan"), said(), at("summoned", "begin_plan")),
    Posting(
        "goal",
        at("open", "goal", _GOAL),
        said(act="save", text="Gå ut varje dag"),
        required=("heading", "text"),
    ),
    Posting(
        "new goal",
        at("open", "goal_new"),
        said(act="save", text="Träffa vänner"),
        required=("heading", "text"),
    ),
    Posting(
        "activity",
        at("open", "activity", _first("open", "activity")),
        lambda w: {"act": "save", "text": "Gå i skogen", "done_on": ahead(30)},
        required=("text",),
    ),
    Posting(
        "new activity",
        at("open", "activity_new", _GOAL),
        lambda w: {"act": "save", "text": "Simma", "done_on": ahead(30)},
        required=("text",),
    ),
    Posting("law", at("open", "law"), said(act="save", needs="Trygghet", others_do="Grannen hjälper till")),
    Posting("remove goal", at("open", "part", "plan"), said(), at("open", "goal_remove", _GOAL)),
    Posting(
        "remove activity",
        at("open", "part", "plan"),
        said(),
        at("open", "activity_remove", _first("open", "activity")),
    ),
    Posting(
        "remove participant",
        at("open", "part", "plan"),
        said(),
        at("open", "participant_remove", "plan", _LINE),
    ),
    Posting(
        "attendance", at("open", "part", "plan"), said(), at("open", "participant_attendance", "plan", _LINE)
    ),
    Posting(
        "new participant",
        at("open", "participant_add", "plan"),
        said(act="write", name="Siv Gren", role="God man", contact="070-1740607"),
        required=("name",),
    ),
    Posting(
        "participant by hand",
        at("open", "participant_person", "plan", _LINE),
        said(act="write", name="Siv Gren", role="Vikarie", contact="Växeln"),
        required=("name",),
    ),
    Posting(
        "participant",
        at("open", "participant_person", "plan", _LINE),
        lambda w: {"act": "choose", "person": str(w.people["bertil"].pk)},
        required=("person",),
    ),
    Posting("sign", at("open", "sign"), said(), required=("seen",)),
    Posting("edit", at("signed", "part", "plan"), said(), at("signed", "edit")),
    Posting("lock", at("signed", "lock"), said(), required=("version",)),
    Posting(
        "void plan",
        at("locked", "void_plan"),
        said(reason="Fel på datum", words="Nytt möte"),
    ),
    Posting("unlock", at("locked", "unlock"), said()),
    Posting(
        "handover",
        at("locked", "handover"),
        said(handed_to="Modern", signed_on_paper="Ann Ek\nBo Ek"),
        required=("handed_on", "handed_to"),
    ),
    # Follow-up to ending
    Posting("activate", at("locked", "part", "follow-up"), said(), at("locked", "follow_up_activate")),
    Posting("report", at("follow_up", "part", "follow-up"), _report, at("follow_up", "follow_up_report")),
    Posting(
        "next follow-up",
        at("follow_up", "part", "follow-up"),
        lambda w: {"due_on": ahead(40)},
        at("follow_up", "follow_up_schedule"),
        required=("due_on",),
    ),
    Posting("lock follow-up", at("reported", "follow_up_lock"), said(), required=("seen",)),
    Posting(
        "void follow-up",
        at("follow_up", "follow_up_void"),
        said(reason="Fel på datum", words="Fel rad"),
    ),
    Posting("new plan", at("locked", "new_plan"), said()),
    Posting(
        "cancel new plan",
        at("renewed", "cancel_new_plan"),
        said(reason="Fel på datum", words="Fel ärende"),
    ),
    Posting(
        "begin evaluation",
        at("followed up", "part", "evaluation"),
        said(),
        at("followed up", "evaluation_begin"),
    ),
    Posting(
        "open follow-up",
        at("followed up", "part", "follow-up"),
        said(),
        at("followed up", "follow_up_open"),
    ),
    Posting(
        "edit evaluation", at("evaluated", "part", "evaluation"), said(), at("evaluated", "evaluation_edit")
    ),
    Posting(
        "evaluation",
        at("evaluation", "part", "evaluation"),
        lambda w: {
            "act": "save",
            "met_on": (today() - timedelta(days=1)).isoformat(),
            "text": "Målen är nådda",
        },
    ),
    Posting("sign evaluation", at("evaluated draft", "evaluation_sign"), said(), required=("seen",)),
    Posting("lock evaluation", at("evaluated", "evaluation_lock"), said(), required=("version",)),
    Posting(
        "void evaluation",
        at("evaluated", "evaluation_void"),
        said(reason="Fel på datum", words="Fel dag"),
    ),
    # Around the SIP
    Posting(
        "own details",
        lambda w: reverse("accounts:me"),
        said(phone="0150-570 00", email="anna@example.se", work_address="Gatan 1"),
    ),
    Posting(
        "new user",
        lambda w: reverse("assignments:user_new"),
        lambda w: {
            "username": "NYPE01",
            "name": "Ny Person",
            "email": "ny@example.se",
            "work_address": "Gatan 2",
            "unit": str(w.county.home_care.pk),
            "profession": "NURSE",
            "title": "sjuksköterska",
            "starts_on": today().isoformat(),
        },
        who="administrator",
        required=("username", "name", "unit", "profession", "title", "starts_on"),
    ),
    Posting(
        "user",
        lambda w: reverse("assignments:user", args=[w.people["bertil"].user_id]),
        said(name="Bertil Ekman", work_address="Gatan 3"),
        who="administrator",
        required=("name",),
    ),
    Posting(
        "assignment",
        lambda w: reverse("assignments:assignment_new", args=[w.people["bertil"].user_id]),
        lambda w: {
            "unit": str(w.county.home_care.pk),
            "profession": "NURSE",
            "title": "sjuksköterska",
            "starts_on": today().isoformat(),
        },
        who="administrator",
        required=("unit", "profession", "title", "starts_on"),
    ),
    Posting(
        "role",
        lambda w: reverse("assignments:role_new", args=[w.people["bertil"].user_id]),
        lambda w: {
            "role": "SUPERUSER",
            "organisation": str(w.county.home_care.pk),
            "starts_on": today().isoformat(),
        },
        who="administrator",
        required=("role", "organisation", "starts_on"),
    ),
    Posting(
        "place",
        lambda w: reverse("organisations:place", args=[w.county.home_care.pk]),
        said(name="Hemtjänsten Nord", municipality="Flen", address="Torget 1"),
        who="administrator",
        required=("name",),
    ),
    Posting(
        "new place",
        lambda w: reverse("organisations:add", args=[w.county.home_care.department_id]),
        said(
            level="UNIT",
            name="Hemtjänsten Syd",
            care_kind="HOME_CARE",
            municipality="Flen",
            address="Torget 2",
        ),
        who="administrator",
        required=("name",),
    ),
)
DISCHARGE_POSTINGS = (
    Posting(
        "admission",
        at_ward("admitted", "part", "admission"),
        lambda w: {
            "check": "1",
            "recipient": str(w.county.health_centre.pk),
            "admitted_on": (today() - timedelta(days=1)).isoformat(),
            "admitted": "08.00",
            "planned_on": ahead(),
            "certainty": "LIKELY",
        },
        at_ward("admitted", "draft", "admission"),
        who="frida",
        required=("recipient", "admitted_on", "admitted", "planned_on"),
    ),
    Posting(
        "ready",
        at_ward("told", "part", "ready"),
        lambda w: {
            "check": "1",
            "physician": "Åke Läkare, överläkare",
            "assessed_on": today().isoformat(),
            "assessed": "00.00",
        },
        at_ward("told", "draft", "ready"),
        who="frida",
        required=("recipient", "physician", "assessed_on", "assessed"),
    ),
)
POSTINGS = (*CASE_POSTINGS, *DISCHARGE_POSTINGS, *administering.POSTINGS)
BY_NAME = {posting.name: posting for posting in POSTINGS}
# What a database itself may refuse in its own way: a number too large, a sign that it does not keep, words too long for
# their column, a day that is none. Of each kind of field one of these forms has one; all others run on SQLite alone.
ON_BOTH = (
    "new",
    "summons",
    "outside",
    "coordinator",
    "person",
    "relative",
    "consent",
    "goal",
    "report",
    "new user",
    "place",
    "rights",
    "deadlines",
    "admission",
)


def _param(posting: Posting) -> Any:
    return pytest.param(
        posting, id=posting.name, marks=() if posting.name in ON_BOTH else pytest.mark.once("sqlite")
    )


each = pytest.mark.parametrize("posting", [_param(posting) for posting in POSTINGS])
