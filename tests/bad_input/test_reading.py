"""Reading changes nothing, and nothing is posted without the token of one's own page."""

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


def _address(world: World, case: str, name: str, pattern: URLPattern, slug: str = "") -> str:
    lineage = world.goal
    if name.startswith("sip:participant"):
        lineage = world.participant
    elif name.startswith("sip:activity") and name != "sip:activity_new":
        lineage = world.activity
    message = world.facts(case).messages[0]
    values = {
        "case_id": world.cases[case],
        "message_id": message.id,
        "delivery_id": message.deliveries[-1].id if message.deliveries else world.cases[case],
        "version_id": next(
            v.id for d in world.facts("locked").documents if d.kind == Part.PLAN for v in d.versions
        ),
        "lineage": lineage("locked" if case == "sent" else case),
        "unit_id": world.county.social.pk,
        "user_id": world.people["anna"].user_id,
        "assignment_id": world.people["anna"].pk,
        "grant_id": 1,
        "file_id": uuid4(),
        "passwords_id": uuid4(),
        "change_id": world.lowering_id() if name == "sip:undo_lowering" else world.change_id(),
        "department_id": world.county.home_care.department_id,
        "place_id": world.county.home_care.pk,
        "parent_id": world.county.home_care.department_id,
        "key": "deadlines",
        "page": "worklist",
        "slug": slug or SLUGS.get(name, ""),
    }
    return reverse(name, kwargs={key: values[key] for key in pattern.pattern.regex.groupindex})


def _addresses(world: World, case: str) -> list[str]:
    found = []
    for name, pattern in routes().items():
        if name == "sip:part":
            found += [_address(world, case, name, pattern, slug) for slug in SLUGS_OF_PARTS]
        elif name not in {"accounts:logout"}:
            found.append(_address(world, case, name, pattern))
    return found


@pytest.mark.parametrize(
    ("case", "who"),
    [
        ("open", "anna"),
        ("locked", "anna"),
        ("follow_up", "david"),
        ("sent", "eva"),
        ("open", "administrator"),
    ],
)
def test_reading_any_page_changes_nothing(world: World, case: str, who: str) -> None:
    """But that a received message counts as opened, which is what the sender waits for. And all say ÖVNING."""
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


@pytest.mark.requirement("L-07")
def test_nothing_is_posted_without_the_token_of_the_own_page(world: World) -> None:
    client = world.browser("anna", enforce_csrf_checks=True)
    before, wrong = digest(), []
    for name in {*TABLE, *OPEN, *WITHOUT_UNIT}:
        where = _address(world, "open", name, routes()[name], "plan" if name == "sip:part" else "")
        for data in ({}, {"csrfmiddlewaretoken": "x" * 64}):
            status = client.post(where, data, headers={"Origin": "https://elsewhere.example"}).status_code
            # The health addresses answer before anything else, and take no post at all.
            refused = 405 if name.startswith("operations:") else 403
            wrong += [f"{name}: {status}"] if status != refused else []
    assert not wrong, "\n".join(wrong)
    assert not changed(before)
