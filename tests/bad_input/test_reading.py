"""Reading changes nothing, and nothing is posted without the token of one's own page."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from samordna.sip.states import Part
from tests.authorisation.table import OPEN, TABLE, WITHOUT_UNIT
from tests.authorisation.test_table import SLUGS, routes
from tests.bad_input.conftest import undone
from tests.bad_input.stored import changed, digest
from tests.bad_input.world import World

# What a receiver's first look at a message leads to: the unit's delivery is opened, and the lists say so.
OPENED = {"messaging_delivery", "cases_unitcase"}
SLUGS_OF_PARTS = (
    "initiative",
    "summons",
    "information",
    "plan",
    "follow-up",
    "evaluation-summons",
    "evaluation",
    "sbar",
)


def _values(world: World, case: str) -> dict[str, Any]:
    """What stands in an address about this case; `lineage` by what the route is about."""
    locked = world.facts("locked")
    message = world.facts(case).messages[0]
    planned = "locked" if case == "sent" else case
    return {
        "case_id": world.cases[case],
        "message_id": message.id,
        "delivery_id": message.deliveries[-1].id if message.deliveries else world.cases[case],
        "version_id": next(v.id for d in locked.documents if d.kind == Part.PLAN for v in d.versions),
        "goal": world.goal(planned),
        "activity": world.activity(planned),
        "participant": world.participant(planned),
        "unit_id": world.county.social.pk,
        "user_id": world.people["anna"].user_id,
        "assignment_id": world.people["anna"].pk,
        "grant_id": 1,
        "file_id": uuid4(),
        "passwords_id": uuid4(),
        "lowering": world.lowering_id(),
        "change_id": world.change_id(),
        "department_id": world.county.home_care.department_id,
        "place_id": world.county.home_care.pk,
        "parent_id": world.county.home_care.department_id,
        "key": "deadlines",
        "page": "worklist",
    }


def _address(values: dict[str, Any], name: str, pattern: URLPattern, slug: str = "") -> str:
    lineage = "goal"
    if name.startswith("sip:participant"):
        lineage = "participant"
    elif name.startswith("sip:activity") and name != "sip:activity_new":
        lineage = "activity"
    meant = {**values, "lineage": values[lineage], "slug": slug or SLUGS.get(name, "")}
    if name == "sip:undo_lowering":
        meant["change_id"] = values["lowering"]
    return reverse(name, kwargs={key: meant[key] for key in pattern.pattern.regex.groupindex})


def _addresses(world: World, case: str) -> list[str]:
    """Of the pages of a case; where none is named, of all others."""
    found, values = [], _values(world, case or "open")
    for name, pattern in routes().items():
        if ("case_id" in pattern.pattern.regex.groupindex) != bool(case) or name == "accounts:logout":
            continue
        slugs = SLUGS_OF_PARTS if name == "sip:part" else ("",)
        found += [_address(values, name, pattern, slug) for slug in slugs]
    return found


@pytest.mark.parametrize(
    ("case", "who"),
    [
        ("locked", "anna"),
        ("", "administrator"),
        *(
            pytest.param(case, who, marks=pytest.mark.once("sqlite"))
            for case, who in (("", "anna"), ("open", "anna"), ("follow_up", "david"), ("sent", "eva"))
        ),
    ],
)
def test_reading_any_page_changes_nothing(world: World, case: str, who: str) -> None:
    """But that a received message counts as opened, which is what the sender waits for. And all say ÖVNING.

    So PostgreSQL is asked for every page of a coordinator and of an administrator once.
    """
    client, addresses = world.browser(who), _addresses(world, case)
    before, allowed = digest(), OPENED if who != "anna" else set()
    with undone():
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code < 500, address
            page = "" if answer.streaming else answer.content.decode(errors="replace")
            assert "ÖVNING" in page or "<html" not in page, address
        tables = set(changed(before)) - allowed
    assert not tables, [where for where in addresses if _changes(client, where, before, allowed)]


def _changes(client: Client, address: str, before: dict[str, str], allowed: set[str]) -> bool:
    """Which of them it was; only asked when one did."""
    with undone():
        client.get(address)
        return bool(set(changed(before)) - allowed)


@pytest.mark.once("sqlite")
@pytest.mark.requirement("L-07")
def test_nothing_is_posted_without_the_token_of_the_own_page(world: World) -> None:
    client = world.browser("anna", enforce_csrf_checks=True)
    before, wrong, values, patterns = digest(), [], _values(world, "open"), routes()
    for name in {*TABLE, *OPEN, *WITHOUT_UNIT}:
        where = _address(values, name, patterns[name], "plan" if name == "sip:part" else "")
        for data in ({}, {"csrfmiddlewaretoken": "x" * 64}):
            status = client.post(where, data, headers={"Origin": "https://elsewhere.example"}).status_code
            # The health addresses answer before anything else, and take no post at all.
            refused = 405 if name.startswith("operations:") else 403
            wrong += [f"{name}: {status}"] if status != refused else []
    assert not wrong, "\n".join(wrong)
    assert not changed(before)
