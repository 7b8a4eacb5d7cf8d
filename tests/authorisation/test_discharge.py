"""Every address of a discharge: for a unit that was told, and for those for whom there is no such case."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import ModuleRight
from samordna.assignments.tests.factories import log_in
from samordna.audit.models import Entry
from samordna.audit.states import Result
from samordna.discharge.queries import discharge_for_rebuild
from samordna.discharge.tests import factories as d
from samordna.kernel.module import Module
from samordna.sip.tests import factories as f
from tests.authorisation.browsers import Browsers, undone
from tests.authorisation.table import TABLE
from tests.authorisation.test_table import READING, routes_of_a_discharge

NAME = "Odalfrid Tranströmmer"


@pytest.fixture
def county(db: None) -> f.County:
    """Anna's unit is told of the admission, and nobody there may use discharges: she has SIP alone."""
    made = d.county()
    ModuleRight.objects.filter(module=Module.SPU, department=made.home_care.department).delete()
    return made


@pytest.fixture
def case_id(county: f.County) -> UUID:
    """Frida's ward has told David's health centre, Anna's unit and one outside the system."""
    case_id = d.admitted(county.frida, name=NAME)
    d.send_the_admission(case_id, county.frida, county.health_centre, county.home_care, county.insurance)
    return case_id


def _addresses(case_id: UUID, slug: str = "admission") -> Iterator[tuple[str, str]]:
    facts = discharge_for_rebuild(case_id)
    (message,) = facts.messages
    values: dict[str, Any] = {
        "case_id": case_id,
        "message_id": message.id,
        "delivery_id": next(one.id for one in message.deliveries if one.external),
        "change_id": uuid4(),
        "unit_id": message.deliveries[0].unit_id,
        "slug": slug,
    }
    for name, pattern in routes_of_a_discharge().items():
        wanted = pattern.pattern.regex.groupindex
        if "case_id" in wanted:
            yield name, reverse(name, kwargs={key: values[key] for key in wanted})


def _told(answer: HttpResponse, case_id: object) -> tuple[int, str]:
    return answer.status_code, answer.headers.get("Location", "").replace(str(case_id), "")


@pytest.mark.requirement("K-04", "L-02")
def test_for_a_unit_outside_and_for_who_has_sip_alone_there_is_no_such_case(
    county: f.County, case_id: UUID
) -> None:
    wrong, nowhere = [], uuid4()
    browsers = Browsers({"outside, with the right": county.eva, "told, with SIP alone": county.anna})
    for name, there in _addresses(case_id):
        for who in ("outside, with the right", "told, with SIP alone"):
            for method in ("get", "post"):
                with undone():
                    answer = getattr(browsers.of(who), method)(there)
                    other = getattr(browsers.of(who), method)(there.replace(str(case_id), str(nowhere)))
                if _told(answer, case_id) != _told(other, nowhere) or NAME in answer.content.decode():
                    wrong.append(f"{name} {method} {who}: {answer.status_code}, else {other.status_code}")
                if answer.status_code not in {302, 404, 405}:
                    wrong.append(f"{name} {method} {who}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert not Entry.objects.filter(
        case_id=case_id, result=Result.DONE, user_id__in=[county.eva.user_id, county.anna.user_id]
    ).exists()


@pytest.mark.requirement("K-04", "L-02")
def test_a_unit_that_was_told_reaches_what_one_that_is_informed_of_a_sip_does(
    county: f.County, case_id: UUID
) -> None:
    """By the lines of the table of the SIP, whose addresses are the same."""
    wrong, browsers = [], Browsers({"F": county.david})
    for name, there in _addresses(case_id):
        line = TABLE[name.replace("discharge:", "sip:")]
        for method, allowed in (("get", line.get), ("post", line.post)):
            with undone():
                last = Entry.objects.latest("id").pk
                status = getattr(browsers.of("F"), method)(there).status_code
                done = Entry.objects.filter(pk__gt=last, result=Result.DONE).exclude(action__in=READING)
                if done.exists():
                    wrong.append(f"{name} {method} did {done[0].action}")
            # It has the notice, as a unit that was informed of the SIP of that table has its message.
            may = (
                "F" in allowed
                or (name in {"discharge:part"} and method == "get")
                or _of_its_message(name, allowed)
            )
            if status >= 500 or ((status not in {302, 403, 404, 405}) != may and status != 302):
                wrong.append(f"{name} {method}: {status}")
    assert not wrong, "\n".join(wrong)


def _of_its_message(name: str, allowed: str) -> bool:
    return bool(allowed) and "message_id" in routes_of_a_discharge()[name].pattern.regex.groupindex


@pytest.mark.requirement("V-03", "V-20", "L-08")
def test_the_list_shows_its_own_cases_to_those_with_a_right_and_no_tab_to_others(
    county: f.County, case_id: UUID
) -> None:
    sip = f.new_case(county.frida)
    frida, anna = Client(), Client()
    log_in(frida, county.frida)
    log_in(anna, county.anna)
    listed = frida.get(reverse("overview:discharge")).content.decode()
    assert (NAME in listed, str(case_id) in listed, str(sip) in listed) == (True, True, False)
    assert str(case_id) not in frida.get(reverse("overview:sip")).content.decode()
    found = frida.post(reverse("overview:discharge_search"), {"q": NAME.split()[1]}).content.decode()
    assert str(case_id) in found
    page = anna.get(reverse("overview:sip")).content.decode()
    assert (NAME in page, reverse("overview:discharge") in page) == (False, False)
    assert anna.get(reverse("overview:discharge")).headers["Location"] == reverse("overview:administer")
    since = {"since": "2020-01-01T00:00:00Z"}
    assert anna.get(reverse("overview:discharge_changes"), since).status_code == 404
    assert anna.post(reverse("overview:discharge_search"), {"q": NAME}).status_code == 404
    assert "1 nytt" in frida.get(reverse("overview:discharge_changes"), since).content.decode()
