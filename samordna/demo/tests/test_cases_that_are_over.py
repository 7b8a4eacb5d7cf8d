"""Cases that are over ask nobody for anything: every ended and voided case of the demo, at every unit that has it."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import actor_for_assignment, log_in
from samordna.cases.models import Case, UnitCase
from samordna.cases.states import Bucket, CaseStatus, StepStatus
from samordna.cases.worklist import Symbol
from samordna.casework.file.end_reasons import end_reason
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.people.states import Protection
from samordna.sip.process import SIP
from samordna.sip.words import PART_SLUGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_county")]

OVER = (Bucket.ENDED, Bucket.VOIDED)
RED_OR_BLUE = {StepStatus.TODO, StepStatus.WAITING, StepStatus.OVERDUE}
# What a page says of what is to come.
PROMISES = re.compile(
    r"Nästa uppföljning|Nästa steg för dig|Väntar:|Kan påbörjas när|Kan börja|Kan inte börja|försena|Att göra|Väntar på"
)
COLOURS = re.compile(r"symbols\.svg#(todo|waiting|overdue)|tag-(todo|waiting|overdue)|now-(todo|waiting)")
# Reading is all that is left: printing, and voiding the evaluation that ended the case.
LEFT = re.compile(r"/print/|/logout|/language|/unit/|evaluation/void/|/drafts/")


def rows_of_all() -> Iterator[UnitCase]:
    return UnitCase.objects.filter(bucket__in=OVER).select_related("case", "case__person").iterator()


def reader_at(row: UnitCase) -> Client | None:
    """Somebody at the unit who may open the case."""
    if row.case.person.protection != Protection.NONE:
        return None
    for assignment in Assignment.objects.valid_on(clock.today(clock.now())).filter(unit_id=row.unit_id):
        if actor_for_assignment(assignment).rights(Module.SIP).has_any:
            client = Client()
            log_in(client, assignment)
            return client
    return None


def test_their_rows_have_neither_red_nor_blue_and_no_time() -> None:
    seen = list(rows_of_all())
    assert {row.bucket for row in seen} == set(OVER)
    for row in seen:
        symbols = [Symbol.loaded(stored) for stored in row.symbols.values()]
        assert not {symbol.status for symbol in symbols} & RED_OR_BLUE, row.symbols
        assert not [symbol for symbol in symbols if symbol.acts_from or symbol.due_at]
        assert (row.acts_from, row.overdue_from, row.has_draft) == (None, None, False)


@pytest.mark.requirement("V-20", "V-83")
def test_their_pages_show_no_colour_promise_nothing_and_have_no_buttons_left() -> None:
    faults, read = [], 0
    for row in rows_of_all():
        client = reader_at(row)
        for slug in PART_SLUGS.values() if client is not None else ():
            answer = client.get(reverse("sip:part", args=[row.case_id, slug]))
            if answer.status_code != 200:
                continue
            read += 1
            text = re.sub(r"<header.*?</header>|<dialog.*?</dialog>", "", answer.content.decode(), flags=re.S)
            posts = re.findall(r'<form method="post"[^>]*action="([^"]*)"', text)
            found = [*COLOURS.findall(text), *PROMISES.findall(text)]
            found += [address for address in posts if not LEFT.search(address)]
            faults += [(row.case.number, slug, one) for one in found]
    assert read > 20
    assert faults == []


@pytest.mark.requirement("V-82", "V-83")
def test_they_open_at_how_they_ended_and_say_why_by_whom_and_when() -> None:
    opened = set()
    for row in rows_of_all():
        client = reader_at(row)
        case = row.case
        if client is None or case.status == CaseStatus.ACTIVE:
            continue
        answer = client.get(reverse("sip:case", args=[case.pk]), follow=True)
        text = answer.content.decode()
        reason = str(end_reason(SIP, case.end_reason))
        assert case.ended_by_name in text
        assert reason[1:] in text, (case.number, reason)
        word = "makulerades" if case.status == CaseStatus.VOIDED else "avslutades"
        assert f"Det {word} " in text
        opened.add(answer.redirect_chain[-1][0].rstrip("/").rpartition("/")[2])
    assert {"evaluation", "end"} <= opened


@pytest.mark.requirement("V-20")
def test_the_lists_of_ended_and_voided_cases_have_neither_red_nor_blue() -> None:
    units = set(UnitCase.objects.filter(bucket__in=OVER).values_list("unit_id", flat=True))
    for row in UnitCase.objects.filter(bucket__in=OVER, unit_id__in=units).distinct():
        client = reader_at(row)
        if client is None or row.unit_id not in units:
            continue
        units.remove(row.unit_id)
        for chosen in ("ended", "voided"):
            text = client.get(reverse("overview:sip"), {"list": chosen}).content.decode()
            table = text.partition("<tbody")[2].partition("</table>")[0]
            assert not re.search(r"class=[\"']?[two]\b", table), (row.unit_id, chosen)
    assert Case.objects.exclude(status=CaseStatus.ACTIVE).exists()
