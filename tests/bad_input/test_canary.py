"""One person whose every word can be found again: whatever leaves the pages themselves must not hold any of it."""

import io
import logging
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from uuid import UUID

import pypdf
import pytest
from django.core import mail
from django.db import DataError, connection, transaction
from django.test import Client
from django.urls import reverse

from samordna.audit.models import Entry
from samordna.kernel import clock
from samordna.notifications.commands import deliver_due
from samordna.notifications.models import OutboxItem
from samordna.printouts.commands import render_due
from samordna.sip.prints import PRINTS
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from tests.bad_input.pages import Page
from tests.bad_input.stored import rows
from tests.bad_input.world import World
from tests.process.acts import ACTS, WAY

NUMBER = f.made_up_number(date(1978, 7, 7))
# What is known about the person, and what the acts of the way write.
MARKS = (
    "Kanariefors",
    "Zebragatan",
    "070-1740699",
    "Strutsby",
    "Papegojska",
    "Tukanius",
    "Hjälp med trappan",
    "Dottern handlar",
    "Målen är nådda",
    "gå i trappan",
    "Kvittrat svar",
    NUMBER,
    NUMBER[2:],
    f"{NUMBER[:8]}-{NUMBER[8:]}",
)
PARTS = ("initiative", "summons", "information", "plan", "follow-up", "evaluation-summons", "evaluation")


def _found(text: str) -> list[str]:
    return [mark for mark in MARKS if mark.casefold() in text.casefold()]


def _describe(client: Client, case_id: UUID) -> None:
    """The person's details and relative, by the pages."""
    address = reverse("sip:person", args=[case_id])
    details = {
        "version": "1",
        "name": "Kanariefors Karlsson",
        "phone": "070-1740699",
        "address": "Zebragatan 1",
        "municipality": "Strutsby",
        "needs_interpreter": "on",
        "interpreter_language": "Papegojska",
        "protection": "NONE",
    }
    assert client.post(address, details).status_code == 302
    relative = {
        "relation": "OTHER",
        "relation_text": "Granne",
        "name": "Tukanius Ek",
        "contact": "070-1740699",
    }
    assert client.post(reverse("sip:related", args=[case_id]), relative).status_code == 302


def _pages(case_id: UUID) -> Iterator[str]:
    yield reverse("overview:sip")
    yield from (reverse("sip:part", args=[case_id, slug]) for slug in PARTS)
    yield from (reverse(f"sip:{name}", args=[case_id]) for name in ("units", "person", "consent", "history"))


@pytest.mark.requirement("L-11", "V-12", "V-54")
def test_nothing_about_the_person_leaves_the_pages(
    world: World, caplog: pytest.LogCaptureFixture, server_said: Callable[[], str]
) -> None:
    caplog.set_level(logging.DEBUG)
    county, anna = world.county, world.county.anna
    client, reader = world.browser("anna"), world.browser("david")
    client.post(reverse("sip:new"), {"identifier": NUMBER})
    new = client.post(reverse("sip:create"), {"identifier": NUMBER, "name": "Kanariefors Karlsson"})
    assert new.status_code == 302
    case_id = UUID(new.headers["Location"].split("/")[3])
    _describe(client, case_id)
    leaks, chance = [], Random(3)
    for name in WAY:
        ACTS[name](f.actor(anna), case_id, chance, county)
        for browser in (client, reader):
            leaks += _page_leaks(browser, reverse("sip:case", args=[case_id]))
        if name == "lock_plan":
            leaks += _print_leaks(client, case_id)
            leaks += [leak for where in _pages(case_id) for leak in _page_leaks(client, where)]
    leaks += [
        leak
        for where in _pages(case_id)
        for browser in (client, reader)
        for leak in _page_leaks(browser, where)
    ]
    leaks += _page_leaks(client, reverse("overview:search"), {"q": "Kanariefors"})
    assert client.post(reverse("sip:new"), {"identifier": NUMBER}).status_code == 200
    client.post(reverse("sip:end", args=[case_id]), {"reason": "NONSENSE", "comment": "Kvittrat svar"})
    deliver_due(at=clock.now(), limit=500)
    assert mail.outbox
    leaks += [
        f"mail: {_found(one.message().as_string() + one.subject + one.body)}"
        for one in mail.outbox
        if _found(one.message().as_string() + one.subject + one.body)
    ]
    for table in (OutboxItem._meta.db_table, Entry._meta.db_table, "django_session"):
        leaks += [f"{table}: {_found(repr(row))}" for row in rows(table)[1] if _found(repr(row))]
    leaks += [
        f"log: {record.name} {_found(record.getMessage())}"
        for record in caplog.records
        if _found(record.getMessage() + repr(record.args))
    ]
    leaks += _server_leaks(server_said)
    assert not leaks, "\n".join(leaks)


def _server_leaks(server_said: Callable[[], str]) -> list[str]:
    """The database server's own log, also when something ends as an error: statements stand in it, values do not."""
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0 FROM people_person WHERE name = %s", ["Kanariefors Karlsson"])
        assert "SELECT 1 / 0" in server_said()
    return [f"database: {_found(line)}" for line in server_said().splitlines() if _found(line)]


def _page_leaks(client: Client, address: str, posted: dict[str, str] | None = None) -> list[str]:
    """Its title, the addresses it leads to, and the headers of the answer."""
    answer = client.get(address, follow=True) if posted is None else client.post(address, posted, follow=True)
    assert answer.status_code in {200, 404}, address
    page = Page(answer.content.decode())
    outside = [
        page.title,
        *page.links,
        str(answer.headers),
        *(where for where, _status in answer.redirect_chain),
    ]
    return [f"{address}: {_found(text)} in {text[:60]}" for text in outside if _found(text)]


def _print_leaks(client: Client, case_id: UUID) -> list[str]:
    """The file's name and what it says about itself."""
    plan = next(one for one in f.facts_of(case_id).documents if one.kind == Part.PLAN and one.locked_version)
    address = reverse("sip:print", args=[case_id, plan.locked_version.id])
    answer = client.post(address)
    if answer.status_code == 302:
        render_due(PRINTS, at=clock.now(), limit=10)
        answer = client.post(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    content = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    file = pypdf.PdfReader(io.BytesIO(content))
    assert "Kanariefors" in "".join(page.extract_text() for page in file.pages)
    about = [str(answer.headers), str(file.metadata), str(file.xmp_metadata and file.xmp_metadata.dc_title)]
    return [f"print: {_found(text)} in {text}" for text in about if _found(text)]
