"""Two active SIPs of one person: both coordinators see both, and one ends into the other when both have said yes."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import worker
from samordna.audit import queries as log
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.models import Case, Consent, JoinRequest, Participation, UnitCase
from samordna.cases.states import Bucket, CaseStatus, EndReason, JoinStatus
from samordna.casework import events as common
from samordna.casework.case.commands.case import change_coordinator, end_case, remove_unit
from samordna.documents.models import DocumentVersion
from samordna.kernel import clock
from samordna.kernel.workingdays import due_at
from samordna.messaging.models import Delivery, Message
from samordna.messaging.states import Answer
from samordna.notifications.models import OutboxItem
from samordna.organisations import queries as places
from samordna.overview.queries.rebuilding import differences
from samordna.people.models import Person
from samordna.people.states import IdentityKind, Protection
from samordna.sip.addresses import part_url
from samordna.sip.models import Activity, Goal
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import identities, protections, stages
from samordna.sip.tests.identity_pages import (
    AFTERWARDS,
    BEFORE,
    LASTING,
    RESERVE,
    ask,
    browser,
    case_on,
    confirm,
    errors,
    found,
    person_of,
    standing,
    status,
    text,
    url,
)
from samordna.sip.tests.test_who_is_seen import denied, informed, removed
from tests.support.stages import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


def invited(county: f.County) -> tuple[UUID, Assignment]:
    case_id, _message_id = f.sent_initiative(county)
    return case_id, county.david


@built_once
def two_cases(county: f.County, mine: str, other: str) -> tuple[UUID, UUID]:
    return case_on(mine, county.anna, "Okänd Sundman"), case_on(other, county.eva, "Gunilla Sandqvist")


class Two:
    """Anna's case on a reserve number and Eva's on the lasting one, and what each sees and answers."""

    def __init__(
        self, county: f.County, *, mine: str = RESERVE, other: str = LASTING,
        cases: tuple[UUID, UUID] | None = None,
    ) -> None:  # fmt: skip
        self.county = county
        self.act = "new_number" if mine == BEFORE else "link_number"
        self.number = other
        self.mine, self.other = cases or two_cases(county, mine, other)

    def asked(self, who: Assignment | None = None) -> "Two":
        """Through the page: the number, the answer, *Fråga båda samordningsansvariga*."""
        client = browser(who or self.county.anna)
        answer = confirm(
            client, ask(client, self.act, self.mine, self.number), self.act, self.mine, self.number
        )
        assert answer.status_code == 302, errors(answer)
        return self

    def page(self, who: Assignment) -> HttpResponse:
        return browser(who).get(url("join", self._case_of(who)))

    def yes(self, who: Assignment, keep: object = None, seen: str | None = None) -> HttpResponse:
        client, case_id = browser(who), self._case_of(who)
        shown = client.get(url("join", case_id))
        kept = keep or shown.context["form"].initial["keep"]
        return client.post(url("join", case_id), {"keep": kept, "seen": seen or shown.context["seen"]})

    def no(self, who: Assignment, reason: str = "Två olika personer") -> HttpResponse:
        client, case_id = browser(who), self._case_of(who)
        shown = client.get(url("join_decline", case_id))
        seen = shown.context["form"].initial["seen"]
        return client.post(url("join_decline", case_id), {"reason": reason, "seen": seen})

    def undo(self, who: Assignment, case_id: object) -> HttpResponse:
        client = browser(who)
        rows = client.get(url("person", case_id)).context["changes"]
        change = next(row.id for row in rows if row.undo)
        return client.post(url("undo_identity", case_id, change), {"reason": "Två personer"})

    def _case_of(self, who: Assignment) -> object:
        return self.other if who == self.county.eva else self.mine

    @property
    def request(self) -> JoinRequest:
        return JoinRequest.objects.get()


@built_once
def cases_asked_about(county: f.County) -> tuple[UUID, UUID]:
    two = Two(county).asked()
    return two.mine, two.other


def asked_two(county: f.County) -> Two:
    """Anna has asked on the page."""
    return Two(county, cases=cases_asked_about(county))


def row(case_id: object, unit: object) -> UnitCase:
    return UnitCase.objects.get(case_id=case_id, unit=unit)


@pytest.mark.requirement("L-01", "L-12", "V-23")
def test_both_coordinators_get_a_red_task_with_a_deadline_and_a_sentence_on_every_page(
    county: f.County,
) -> None:
    two = Two(county)
    begun = standing()
    two.asked()
    assert standing() == begun
    asked_at = two.request.asked_at
    for case_id, unit, who in (
        (two.mine, county.home_care, county.anna),
        (two.other, county.psychiatry, county.eva),
    ):
        line = row(case_id, unit)
        deadline = places.settings_of(unit.department_id).deadlines["initiative"]
        assert (line.bucket, line.next_step["code"]) == (Bucket.TODO, "decide_join")
        assert line.overdue_from == due_at(deadline, asked_at)
        client = browser(who)
        assert "Svara om två SIP gäller samma person" in text(client.get(reverse("overview:sip")))
        page = text(client.get(url("part", case_id, "initiative")))
        assert "Svara om två SIP gäller samma person" in page
        assert url("join", case_id) in page
        assert not differences(SIP, case_id, clock.now())
    told = OutboxItem.objects.filter(event=common.CASE_JOIN_ASKED.code).values_list("unit_id", flat=True)
    assert set(told) <= {county.home_care.pk, county.psychiatry.pk}
    assert told


@pytest.mark.requirement("L-01", "L-12", "L-02")
def test_each_sees_the_other_case_from_outside_only(county: f.County) -> None:
    two = asked_two(county)
    f.send_an_initiative(two.other, county.eva, [county.hospital])
    two.yes(county.eva, two.other)
    anna, eva = text(two.page(county.anna)), text(two.page(county.eva))
    numbers = [f"SIP {Case.objects.get(pk=one).number}" for one in (two.mine, two.other)]
    for page in (anna, eva):
        assert all(said in page for said in (*numbers, "Anna Lindqvist", "Eva Sand", RESERVE, LASTING))
        assert "Avdelning 7 Kullbergska" in page
    assert ("Sandqvist" in anna, "Sundman" in anna) == (False, True)
    assert ("Sandqvist" in eva, "Sundman" in eva) == (True, False)
    assert browser(county.anna).get(url("part", two.other, "initiative")).status_code == 404
    person = person_of(two.other).id
    seen = Entry.objects.filter(action=Action.CASE_ENVELOPE_SHOWN, user_id=county.anna.user_id)
    assert set(seen.values_list("person_id", "case_id")) == {(person, two.other)}


@pytest.mark.requirement("L-01", "L-02", "L-12", "V-23")
@pytest.mark.parametrize("outer", [removed, denied, informed, invited])
def test_a_unit_that_is_not_in_the_whole_of_the_other_case_sees_it_from_outside(
    county: f.County, outer: Callable[[f.County], tuple[UUID, Assignment]]
) -> None:
    """Else a question would tell who is in the case that it left, and what the person is called since."""
    other, who = outer(county)
    protections.change(other, county.anna, name="Karl-Erik Nyman")
    mine = case_on(RESERVE, who)
    identities.ask_join(mine, other, who, person_of(other).identifiers.get().value)
    hidden = ("Nyman", "IFO Vuxen", "Anna Lindqvist", Case.objects.get(pk=other).number)
    page = browser(who).get(url("join", mine))
    answer = {"keep": str(mine), "seen": page.context["seen"]}
    refused = text(browser(who).post(url("join", mine), answer))
    assert "svarar först" in refused
    assert not [said for said in hidden if said in text(page) + refused]
    identities.say_yes(other, county.anna, keep=other)
    told = text(browser(who).get(url("join", mine)))
    assert [said for said in hidden if said in told] == list(hidden[1:])


@pytest.mark.requirement("L-01", "L-12")
def test_the_plan_of_the_other_case_is_shown_where_the_unit_takes_part(county: f.County) -> None:
    other = stages.locked_plan(county)
    person_of(other).identifiers.update(value=LASTING.replace("-", ""))
    mine = case_on(RESERVE, county.david)
    identities.ask_join(mine, other, county.david, LASTING)
    page = browser(county.david).get(url("join", mine))
    assert url("part", other, "plan") in text(page)
    assert "Karl-Erik Wallin" in text(page)
    assert page.context["form"].initial["keep"] == str(other)


@pytest.mark.requirement("L-12", "V-23", "L-02")
def test_to_ask_shows_no_more_of_the_other_case_than_a_new_case_would(county: f.County) -> None:
    """Else a case on a number of one's own, and a question, would tell which units take part in anybody's SIP."""
    two = Two(county)
    f.send_an_initiative(two.other, county.eva, [county.hospital])
    two.asked()
    begun, page = standing(), two.page(county.anna)
    number = Case.objects.get(pk=two.other).number
    hidden = ("Avdelning 7", "Eva Sand", "Sandqvist", number)
    assert not [said for said in hidden if said in text(page)]
    assert "Psykiatriska öppenvården" in text(page)
    refused = two.yes(county.anna, two.mine, seen=page.context["seen"])
    assert "svarar först" in text(refused)
    assert not [said for said in hidden if said in text(refused)]
    assert (standing(), two.request.version) == (begun, 1)
    two.yes(county.eva, two.mine)
    assert all(said in text(two.page(county.anna)) for said in ("Avdelning 7", "Eva Sand", number))


@pytest.mark.requirement("L-01", "L-12")
def test_nothing_is_changed_until_both_have_said_yes(county: f.County) -> None:
    two = asked_two(county)
    begun = standing()
    assert two.yes(county.eva).status_code == 302
    assert standing() == begun
    assert row(two.other, county.psychiatry).next_step["code"] != "decide_join"
    assert row(two.mine, county.home_care).next_step["code"] == "decide_join"
    assert two.yes(county.anna).status_code == 302
    assert standing() != begun


@pytest.mark.requirement("L-01", "L-12")
@pytest.mark.parametrize("mine", [RESERVE, BEFORE])
@pytest.mark.parametrize("keeps_mine", [True, False])
def test_when_both_have_said_yes_one_ends_into_the_other(
    county: f.County, mine: str, keeps_mine: bool
) -> None:
    two = Two(county, mine=mine, other=AFTERWARDS if mine == BEFORE else LASTING).asked()
    lasting = person_of(two.other).id
    kept, ended = (two.mine, two.other) if keeps_mine else (two.other, two.mine)
    f.send_an_initiative(ended, county.anna if ended == two.mine else county.eva, [county.hospital])
    OutboxItem.objects.all().delete()
    two.yes(county.eva, kept)
    two.yes(county.anna, kept)
    over = Case.objects.get(pk=ended)
    assert (status(kept), over.status, over.end_reason, over.continued_in_id) == (
        CaseStatus.ACTIVE,
        CaseStatus.ENDED,
        EndReason.MERGED,
        kept,
    )
    assert person_of(kept).id == person_of(ended).id == found(mine) == found(two.number) == lasting
    assert two.request.status == JoinStatus.AGREED
    who = county.eva if keeps_mine else county.anna
    goes_on = f"Ärendet fortsätter i SIP {Case.objects.get(pk=kept).number}."
    assert goes_on in text(browser(who).get(url("part", ended, "initiative")))
    told = OutboxItem.objects.filter(event=common.CASE_JOINED.code).values_list("unit_id", flat=True)
    assert county.hospital.pk in told
    for one in (two.mine, two.other):
        assert not differences(SIP, one, clock.now())
        assert UnitCase.objects.filter(case_id=one).values_list("person_id", flat=True)[0] == lasting
    assert Case.objects.filter(status=CaseStatus.ACTIVE).count() == 1


@pytest.mark.requirement("L-01")
@pytest.mark.parametrize("joined", [True, False])
def test_nothing_that_stood_in_the_case_is_lost(county: f.County, joined: bool) -> None:
    """Linked alone, or ended into another: its units read all of it as before, and every entry of the log is there."""
    mine = stages.locked_follow_up(county)
    person_of(mine).identifiers.update(value=RESERVE.replace("-", ""), kind="local_reserve")
    readers = (county.anna, county.david)
    parts = (Part.INITIATIVE, Part.SUMMONS, Part.PLAN, Part.FOLLOW_UP)

    def kept() -> list[object]:
        said = [Consent, Message, Delivery, Goal, Activity, Participation, DocumentVersion]
        rows = [model.objects.order_by("pk").values_list("pk", flat=True) for model in said]
        return [list(row) for row in rows]

    before, logged = kept(), list(Entry.objects.filter(case_id=mine).values_list("pk", flat=True))
    goal = Goal.objects.first()
    assert goal is not None
    if joined:
        other = case_on(LASTING, county.eva)
        identities.ask_join(mine, other, county.anna, LASTING)
        identities.say_yes(other, county.eva, keep=other)
        before = kept()
        identities.say_yes(mine, county.anna, keep=other)
        assert status(mine) == CaseStatus.ENDED
    else:
        identities.change_number(mine, county.anna, LASTING, IdentityKind.LINKED)
    assert person_of(mine).id == found(RESERVE) == found(LASTING)
    assert kept() == before
    assert set(logged) <= set(Entry.objects.filter(case_id=mine).values_list("pk", flat=True))
    for who in readers:
        client = browser(who)
        pages = {part: client.get(part_url(mine, part), follow=True) for part in parts}
        assert {page.status_code for page in pages.values()} == {200}
        assert goal.text in text(pages[Part.PLAN])


@pytest.mark.requirement("L-01", "L-12")
def test_who_chooses_the_other_case_asks_the_first_coordinator_anew(county: f.County) -> None:
    two = asked_two(county)
    begun = standing()
    two.yes(county.eva, two.other)
    two.yes(county.anna, two.mine)
    assert standing() == begun
    assert row(two.other, county.psychiatry).next_step["code"] == "decide_join"
    two.yes(county.eva, two.mine)
    assert (status(two.mine), status(two.other)) == (CaseStatus.ACTIVE, CaseStatus.ENDED)


@pytest.mark.requirement("L-01", "L-12")
def test_a_no_leaves_both_and_both_read_why(county: f.County) -> None:
    two = asked_two(county)
    begun = standing()
    assert errors(two.no(county.eva, reason=""))
    two.no(county.eva)
    assert standing() == begun
    assert two.request.status == JoinStatus.DECLINED
    for who in (county.anna, county.eva):
        case_id = two._case_of(who)
        assert "Två olika personer" in text(browser(who).get(url("person", case_id)))
        assert browser(who).get(url("join", case_id)).url == url("person", case_id)
        assert not differences(SIP, case_id, clock.now())
    two.asked()
    assert JoinRequest.objects.count() == 2


@pytest.mark.requirement("L-01", "L-12", "L-02")
def test_only_the_coordinators_answer(county: f.County) -> None:
    two = asked_two(county)
    begun = standing()
    client = browser(county.bertil)
    assert "Bara samordningsansvarig" in text(client.get(url("join", two.mine)))
    posted = {"keep": str(two.mine), "seen": two.page(county.anna).context["seen"], "reason": "Nej"}
    for name in ("join", "join_decline"):
        client.post(url(name, two.mine), posted)
        assert browser(county.david).post(url(name, two.mine), posted).status_code == 404
    assert standing() == begun
    assert (two.request.status, two.request.version) == (JoinStatus.WAITING, 1)


@pytest.mark.requirement("L-01", "L-02", "L-12")
def test_who_does_not_answer_sees_nothing_of_the_other_case(county: f.County) -> None:
    two = Two(county)
    message = f.send_an_initiative(two.other, county.eva, [county.social])
    f.answer(two.other, message, county.cecilia, Answer.ACCEPTED)
    two.asked()
    two.yes(county.eva, two.other)
    seen = Entry.objects.filter(action=Action.CASE_ENVELOPE_SHOWN)
    read = seen.count()
    for who, case_id, hidden in (
        (county.bertil, two.mine, (LASTING, "Eva Sand", "Psykiatriska")),
        (county.cecilia, two.other, (RESERVE, "Anna Lindqvist", "Hemtjänsten Norr")),
    ):
        for name in ("join", "join_decline"):
            page = text(browser(who).get(url(name, case_id)))
            assert "Frågan ställdes" in page
            assert not [said for said in hidden if said in page]
    assert seen.count() == read


@pytest.mark.requirement("L-01", "L-04", "L-12")
def test_who_asked_about_a_protected_person_is_not_told(county: f.County) -> None:
    two = Two(county)
    Person.objects.filter(cases=two.mine).update(protection=Protection.FICTITIOUS)
    two.asked()
    eva = browser(county.eva)
    for place in (url("join", two.other), reverse("overview:sip"), url("part", two.other, "initiative")):
        page = text(eva.get(place))
        assert not [said for said in ("Anna Lindqvist", "Hemtjänsten Norr", RESERVE) if said in page]
    two.no(county.eva)
    page = text(eva.get(url("person", two.other)))
    assert "Någon på en annan enhet frågade" in page
    assert "Anna Lindqvist" not in page
    assert "Anna Lindqvist frågade" in text(browser(county.anna).get(url("person", two.mine)))


@pytest.mark.requirement("L-01", "L-12")
def test_whoever_coordinates_both_answers_once(county: f.County) -> None:
    mine, other = case_on(RESERVE, county.anna), case_on(LASTING, county.anna)
    client = browser(county.anna)
    shown = ask(client, "link_number", mine, LASTING)
    assert url("case", other) in text(shown)
    confirm(client, shown, "link_number", mine, LASTING)
    page = client.get(url("join", mine))
    client.post(url("join", mine), {"keep": str(other), "seen": page.context["seen"]})
    assert (status(mine), status(other)) == (CaseStatus.ENDED, CaseStatus.ACTIVE)


@pytest.mark.requirement("L-01", "L-12")
def test_an_answer_to_what_has_changed_meanwhile_is_refused(county: f.County) -> None:
    two = asked_two(county)
    old = two.page(county.anna).context["seen"]
    f.accepted_case(county)
    two.yes(county.eva, two.other)
    begun = standing()
    assert "redan besvarad" in errors(two.yes(county.anna, two.mine, seen=old))
    assert standing() == begun
    old = two.page(county.anna).context["seen"]
    f.send_an_initiative(two.mine, county.anna, [county.health_centre])
    Person.objects.filter(cases=two.mine).update(version=9)
    two.no(county.eva)
    client: Client = browser(county.anna)
    assert client.post(url("join", two.mine), {"keep": two.mine, "seen": old}).url == url("person", two.mine)
    assert status(two.other) == CaseStatus.ACTIVE


@pytest.mark.requirement("L-01", "L-12")
@pytest.mark.parametrize("answered", [True, False])
def test_who_the_two_cases_are_about_is_not_changed_while_the_question_waits(
    county: f.County, answered: bool
) -> None:
    two = asked_two(county)
    if answered:
        two.yes(county.eva, two.other)
    begun = standing()
    for who, act in (
        (county.anna, "link_number"),
        (county.anna, "correct_number"),
        (county.eva, "new_number"),
        (county.eva, "correct_number"),
    ):
        client, case_id = browser(who), two._case_of(who)
        for seen in ({}, {"seen": "x"}):
            page = ask(client, act, case_id, "19620723-2882", name="Helt Annan", **seen)
            assert "den frågan väntar" in text(page)
            assert "seen" not in page.context
        assert "den frågan väntar" in text(client.get(url("person", case_id)))
    assert standing() == begun


@pytest.mark.requirement("L-01", "L-12")
def test_an_undo_waits_for_the_answer_too(county: f.County) -> None:
    two = Two(county)
    anna = browser(county.anna)
    shown = ask(anna, "correct_number", two.mine, "22950606-FH20", name="Okänd Man")
    assert (
        confirm(anna, shown, "correct_number", two.mine, "22950606-FH20", name="Okänd Man").status_code == 302
    )
    change = next(row.id for row in anna.get(url("person", two.mine)).context["changes"] if row.undo)
    two.asked()
    two.yes(county.eva, two.other)
    begun = standing()
    assert not any(row.undo for row in anna.get(url("person", two.mine)).context["changes"])
    answer = anna.post(url("undo_identity", two.mine, change), {"reason": "Rätt från början"})
    assert "den frågan väntar" in text(answer)
    assert standing() == begun


@pytest.mark.requirement("L-01", "L-12")
def test_a_yes_is_to_the_persons_that_were_shown(county: f.County) -> None:
    two = asked_two(county)
    two.yes(county.eva, two.other)
    typed = {"version": person_of(two.mine).version, "name": "Helt Annan", "protection": "NONE"}
    assert browser(county.anna).post(url("person", two.mine), typed).status_code == 302
    begun = standing()
    assert two.yes(county.anna, two.other).status_code == 302
    assert standing() == begun
    assert row(two.other, county.psychiatry).next_step["code"] == "decide_join"
    assert row(two.mine, county.home_care).next_step["code"] != "decide_join"
    two.yes(county.eva, two.other)
    assert (status(two.mine), status(two.other)) == (CaseStatus.ENDED, CaseStatus.ACTIVE)


@pytest.mark.requirement("L-01", "V-24")
def test_a_new_coordinator_has_not_said_yes(county: f.County) -> None:
    two = asked_two(county)
    two.yes(county.eva, two.other)
    new = worker(county.psychiatry, name="Nina Berg")
    change_coordinator(
        process=SIP, actor=f.actor(county.eva), case_id=two.other, assignment_id=new.pk, at=clock.now()
    )
    assert row(two.other, county.psychiatry).next_step["code"] == "decide_join"
    assert not differences(SIP, two.other, clock.now())
    begun, page = standing(), two.page(county.anna)
    # What the asking side may see of the other case goes by that yes too.
    assert "Nina Berg" not in text(page)
    assert "svarar först" in text(two.yes(county.anna, two.other))
    assert standing() == begun
    client = browser(new)
    seen = client.get(url("join", two.other)).context["seen"]
    client.post(url("join", two.other), {"keep": str(two.other), "seen": seen})
    two.yes(county.anna, two.other)
    assert status(two.mine) == CaseStatus.ENDED


@pytest.mark.requirement("L-01", "L-12")
def test_a_case_is_in_one_question_at_a_time(county: f.County) -> None:
    two = asked_two(county)
    third = case_on("22950606FH20", county.david)
    david = browser(county.david)
    answer = confirm(david, ask(david, "link_number", third, LASTING), "link_number", third, LASTING)
    assert "redan ställd" in errors(answer)
    assert JoinRequest.objects.get() == two.request


def end(county: f.County, case_id: object, who: Assignment) -> None:
    end_case(
        process=SIP, actor=f.actor(who), case_id=case_id, reason=EndReason.MOVED, comment="", at=clock.now()
    )


@pytest.mark.requirement("L-01", "L-12", "V-23")
@pytest.mark.parametrize("answered", [True, False])
def test_when_the_other_case_ends_nobody_answers_and_the_number_is_asked_about_anew(
    county: f.County, answered: bool
) -> None:
    two = asked_two(county)
    if answered:
        two.yes(county.eva, two.mine)
    old = two.page(county.anna).context["seen"]
    end(county, two.other, county.eva)
    # Somebody makes another SIP on the number, which nobody has shown to Anna.
    third = f.new_case(county.david, person_id=person_of(two.other).id)
    assert not differences(SIP, two.mine, clock.now())
    assert row(two.mine, county.home_care).next_step["code"] == "decide_join"
    begun = standing()
    page = two.page(county.anna)
    assert "går inte längre att besvara" in text(page)
    unit = f.facts_of(third).case.coordinator.unit_name
    assert unit not in text(page)
    anna = browser(county.anna)
    for seen in (old, page.context["seen"]):
        anna.post(url("join", two.mine), {"keep": str(two.mine), "seen": seen})
    anna.post(url("join", two.mine), {"close": old})
    assert (standing(), two.request.status) == (begun, JoinStatus.WAITING)
    closed = anna.post(url("join", two.mine), {"close": page.context["seen"]})
    assert closed.url == url("link_number", two.mine)
    assert (standing(), two.request.status) == (begun, JoinStatus.DECLINED)
    assert "avslutades utan svar" in text(anna.get(url("person", two.mine)))
    assert not differences(SIP, two.mine, clock.now())
    assert unit in text(ask(anna, "link_number", two.mine, LASTING))


@pytest.mark.requirement("L-01", "L-12")
def test_a_question_whose_asking_case_ends_is_closed_by_the_other(county: f.County) -> None:
    two = asked_two(county)
    end(county, two.mine, county.anna)
    page = two.page(county.eva)
    closed = browser(county.eva).post(url("join", two.other), {"close": page.context["seen"]})
    assert closed.url == url("person", two.other)
    assert two.request.status == JoinStatus.DECLINED
    assert row(two.other, county.psychiatry).next_step["code"] != "decide_join"
    assert {status(two.mine), status(two.other)} == {CaseStatus.ENDED, CaseStatus.ACTIVE}


@pytest.mark.requirement("L-01")
def test_a_question_of_two_cases_that_have_both_ended_is_still_read(county: f.County) -> None:
    two = asked_two(county)
    end(county, two.mine, county.anna)
    end(county, two.other, county.eva)
    for who in (county.anna, county.eva):
        page = two.page(who)
        assert page.status_code == 200
        browser(who).post(url("join", two._case_of(who)), {"close": page.context["seen"]})
    assert two.request.status == JoinStatus.WAITING


@pytest.mark.requirement("L-01", "L-12")
def test_a_question_that_can_be_answered_is_not_closed_without_a_reason(county: f.County) -> None:
    two = asked_two(county)
    seen = two.page(county.eva).context["seen"]
    answer = browser(county.eva).post(url("join", two.other), {"close": seen}, follow=True)
    assert "Skriv varför inte" in text(answer)
    assert two.request.status == JoinStatus.WAITING


@pytest.mark.requirement("L-12", "L-04")
def test_of_a_protected_person_only_who_is_named_sees_anything(county: f.County) -> None:
    two = Two(county)
    Person.objects.filter(cases=two.other).update(protection=Protection.PROTECTED_REGISTRATION)
    two.asked()
    anna = text(two.page(county.anna))
    hidden = ("Psykiatriska", "Eva Sand", LASTING, "Sandqvist", Case.objects.get(pk=two.other).number)
    assert not [said for said in hidden if said in anna]
    assert "skyddad identitet" in anna
    assert "Okänd" not in text(two.page(county.eva))
    two.yes(county.eva, two.mine)
    anna = text(two.page(county.anna))
    assert not [said for said in hidden if said in anna]
    assert "Bara de som är namngivna" in anna
    two.yes(county.anna, two.mine)
    assert person_of(two.mine).protection == Protection.PROTECTED_REGISTRATION
    assert browser(county.anna).get(url("person", two.mine)).status_code == 200
    assert browser(county.bertil).get(url("part", two.mine, "initiative")).status_code == 403


@pytest.mark.requirement("L-02", "L-04", "L-12")
def test_whoever_joins_a_protected_persons_case_is_not_named_in_one_that_her_unit_has_left(
    county: f.County,
) -> None:
    other = case_on(LASTING, county.eva, "Gunilla Sandqvist")
    message = f.send_an_initiative(other, county.eva, [county.home_care])
    f.answer(other, message, county.anna, Answer.ACCEPTED)
    remove_unit(
        process=SIP, actor=f.actor(county.eva), case_id=other, unit_id=county.home_care.pk, at=clock.now()
    )
    mine = case_on(RESERVE, county.anna)
    protections.protect(mine, county.anna)
    identities.ask_join(mine, other, county.anna, LASTING)
    for case_id, who in ((other, county.eva), (mine, county.anna)):
        identities.say_yes(case_id, who, keep=other)
    assert status(other) == CaseStatus.ACTIVE
    assert browser(county.eva).get(url("part", other, "initiative")).status_code == 200
    assert browser(county.anna).get(url("part", other, "initiative")).status_code == 404


@pytest.mark.requirement("L-01", "L-12")
@pytest.mark.parametrize("keeps_mine", [True, False])
def test_undoing_opens_the_ended_case_again_and_gives_each_person_hers(
    county: f.County, keeps_mine: bool
) -> None:
    two = Two(county)
    Person.objects.filter(cases=two.mine).update(phone="070-174 06 05", protection=Protection.FICTITIOUS)
    begun = standing()
    two.asked()
    kept, coordinator = (two.mine, county.anna) if keeps_mine else (two.other, county.eva)
    two.yes(county.eva, kept)
    two.yes(county.anna, kept)
    assert standing() != begun
    assert two.undo(coordinator, kept).status_code == 302
    assert standing() == begun
    assert two.request.status == JoinStatus.UNDONE
    assert OutboxItem.objects.filter(event=common.CASE_REOPENED.code).exists()
    for case_id in (two.mine, two.other):
        assert not differences(SIP, case_id, clock.now())
    other_coordinator, ended = (county.eva, two.other) if keeps_mine else (county.anna, two.mine)
    assert browser(other_coordinator).get(url("person", ended)).status_code == 200


@pytest.mark.requirement("L-12", "V-23")
def test_undoing_is_refused_when_a_new_sip_would_collide_with_the_case_that_ended(county: f.County) -> None:
    two = asked_two(county)
    two.yes(county.eva, two.mine)
    two.yes(county.anna, two.mine)
    end_case(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=two.mine,
        reason=EndReason.MOVED,
        comment="",
        at=clock.now(),
    )
    f.new_case(county.david, person_id=found(LASTING))
    begun = standing()
    assert "en SIP har startats sedan dess" in errors(two.undo(county.anna, two.mine))
    assert standing() == begun


@pytest.mark.requirement("L-12", "L-05")
def test_each_step_of_it_is_always_reviewed(county: f.County) -> None:
    begun = clock.now()
    two = Two(county).asked()
    two.no(county.eva)
    two.asked()
    two.yes(county.eva, two.mine)
    two.yes(county.anna, two.mine)
    two.undo(county.anna, two.mine)
    entries = list(log.always_reviewed(since=begun))
    assert [entry.action for entry in entries] == [
        Action.CASE_JOIN_ASKED,
        Action.CASE_JOIN_DECLINED,
        Action.CASE_JOIN_ASKED,
        Action.CASE_JOIN_CONFIRMED,
        Action.PERSON_IDENTIFIER_LINKED,
        Action.PERSON_IDENTITY_UNDONE,
    ]
    assert all(len(entry.persons) == 2 and entry.case_id for entry in entries)


@pytest.mark.requirement("L-01", "V-24")
def test_a_new_coordinator_takes_over_the_question(county: f.County) -> None:
    two = asked_two(county)
    two.yes(county.eva, two.mine)
    old = two.page(county.anna).context["seen"]
    change_coordinator(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=two.mine,
        assignment_id=county.bertil.pk,
        at=clock.now(),
    )
    assert status(two.other) == CaseStatus.ACTIVE
    assert "Bara samordningsansvarig" in two.yes(county.anna, two.mine, seen=old).content.decode()
    two.yes(county.bertil, two.mine)
    assert status(two.other) == CaseStatus.ENDED
