"""Coordinator, handler, units, consent, ending, and what stands about the person: through their pages."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory, log_in
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.models import Case, Consent, Participation, UnitCase
from samordna.cases.states import Bucket, CaseStatus, EndReason
from samordna.casework.messages.commands.recipients import add_recipients
from samordna.kernel import clock
from samordna.kernel.refusal import Refused
from samordna.people.models import Person
from samordna.people.states import Protection
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def case_id(county: f.County) -> UUID:
    return f.accepted_case(county)


def browser(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def url(name: str, case_id: UUID, *more: object) -> str:
    return reverse(f"sip:{name}", args=[case_id, *more])


@pytest.mark.requirement("V-01", "V-22")
def test_the_case_page_has_the_parts_in_their_phases(county: f.County, case_id: UUID) -> None:
    page = browser(county.anna).get(url("part", case_id, "plan")).content.decode()
    parts = page.split('aria-label="SIP-information"')[1].split("</nav>")[0]
    wanted = (
        "Förberedelsefas", "Initiativ", "Kallelse till planering",
        "Genomförandefas", "Mål- och aktivitetsplan", "Uppföljning av plan",
        "Avslutsfas", "Kallelse till utvärdering", "Utvärdering av plan",
        "Allmänt", "Informationsmeddelande",
    )  # fmt: skip
    places = [parts.index(f">{word}") for word in wanted]
    assert places == sorted(places)


@pytest.mark.requirement("V-24")
def test_the_coordinator_is_changed_by_name(county: f.County, case_id: UUID) -> None:
    anna = browser(county.anna)
    found = anna.post(url("coordinator", case_id), {"act": "search", "q": "David"}).content.decode()
    assert "David Holm, distriktssköterska, Vårdcentralen Linden" in found
    refused = browser(county.david).post(url("coordinator", case_id), {"colleague": county.david.pk})
    assert "Bara samordningsansvarig" in refused.content.decode()
    assert f.facts_of(case_id).case.coordinator.name == "Anna Lindqvist"
    anna.post(url("coordinator", case_id), {"colleague": county.david.pk})
    assert f.facts_of(case_id).case.coordinator.name == "David Holm"
    assert UnitCase.objects.get(case_id=case_id, unit=county.health_centre).coordinator_here


@pytest.mark.requirement("V-24")
def test_only_who_can_become_coordinator_is_offered(county: f.County, case_id: UUID) -> None:
    anna = browser(county.anna)
    david = anna.post(url("coordinator", case_id), {"act": "search", "q": "David"}).content.decode()
    assert f'name="colleague" value="{county.david.pk}"' in david
    eva = anna.post(
        url("coordinator", case_id), {"act": "search", "q": county.eva.user.name}
    ).content.decode()
    assert 'name="colleague"' not in eva
    assert f"{county.eva.unit.name}: enheten deltar inte." in eva
    assert "Skicka först initiativet till enheten." in eva
    nobody = anna.post(url("coordinator", case_id), {"act": "search", "q": "Finns Inte"}).content.decode()
    assert "Ingen med det namnet får använda SIP." in nobody


@pytest.mark.requirement("V-24")
def test_a_coordinator_works_at_a_unit_that_takes_part(county: f.County, case_id: UUID) -> None:
    page = browser(county.anna).post(url("coordinator", case_id), {"colleague": county.eva.pk})
    assert "Lägg till enheten först." in page.content.decode()
    assert f.facts_of(case_id).case.coordinator.name == "Anna Lindqvist"


@pytest.mark.requirement("V-83", "L-05")
def test_a_lost_coordinator_is_replaced_without_seeing_the_content(county: f.County, case_id: UUID) -> None:
    SystemRoleGrantFactory(user=county.bertil.user, role=SystemRole.SUPERUSER, organisation=county.home_care)
    bertil = browser(county.bertil)
    assert case_id not in _envelopes(bertil)
    assert bertil.get(url("replace_coordinator", case_id)).status_code == 404
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=clock.today(clock.now()) - timedelta(days=1))
    page = bertil.get(reverse("sip:without_coordinator"))
    assert case_id in _envelopes(bertil)
    assert "Karl-Erik" not in page.content.decode()
    person_id = f.facts_of(case_id).case.person_id
    assert Entry.objects.get(action=Action.CASE_ENVELOPE_SHOWN).person_id == person_id
    bertil.post(url("replace_coordinator", case_id), {"colleague": county.bertil.pk})
    assert f.facts_of(case_id).case.coordinator.name == "Bertil Ek"
    assert Entry.objects.filter(action=Action.CASE_COORDINATOR_REPLACED, case_id=case_id).count() == 1


def _envelopes(client: Client) -> set[UUID]:
    return {e.case_id for e in client.get(reverse("sip:without_coordinator")).context["envelopes"]}


@pytest.mark.requirement("V-25")
def test_each_unit_names_its_handler(county: f.County, case_id: UUID) -> None:
    browser(county.olle).post(url("name_handler", case_id), {"handler": county.bertil.pk})
    assert UnitCase.objects.get(case_id=case_id, unit=county.home_care).handler_name == "Bertil Ek"
    assert UnitCase.objects.get(case_id=case_id, unit=county.health_centre).handler_name == "David Holm"
    foreign = browser(county.olle).post(url("name_handler", case_id), {"handler": county.david.pk})
    assert foreign.url == url("units", case_id)
    assert UnitCase.objects.get(case_id=case_id, unit=county.home_care).handler_name == "Bertil Ek"
    browser(county.olle).post(url("name_handler", case_id), {"handler": ""})
    assert UnitCase.objects.get(case_id=case_id, unit=county.home_care).handler_assignment_id is None


@pytest.mark.requirement("V-25", "L-02")
def test_a_removed_unit_keeps_what_it_had_and_sees_nothing_new(county: f.County, case_id: UUID) -> None:
    remove = url("remove_unit", case_id, county.social.pk)
    browser(county.david).post(remove)
    assert UnitCase.objects.get(case_id=case_id, unit=county.social).bucket != Bucket.ENDED
    browser(county.anna).post(remove)
    assert UnitCase.objects.get(case_id=case_id, unit=county.social).bucket == Bucket.ENDED
    cecilia = browser(county.cecilia)
    assert "Behov av samordning" in cecilia.get(url("part", case_id, "initiative")).content.decode()
    f.send_information(case_id, county.anna, f.to_units(county.health_centre), "Hemligt för de andra")
    assert "Hemligt" not in cecilia.get(url("part", case_id, "information")).content.decode()


@pytest.mark.requirement("L-02")
def test_a_unit_that_left_reads_what_was_sent_to_it_until_then_and_nothing_later(county: f.County) -> None:
    """Not even what names it as recipient, as a row of another hand might."""
    case_id = f.summoned_case(county)
    sent = f.facts_of(case_id).sent(Part.SUMMONS).sent_at
    pages = [url("part", case_id, slug) for slug in ("initiative", "summons")]
    for until, seen in ((sent - timedelta(microseconds=1), [200, 404]), (sent, [200, 200])):
        Participation.objects.filter(case_id=case_id, unit=county.social, access="FULL").update(
            until_at=until
        )
        cecilia = browser(county.cecilia)
        assert [cecilia.get(page).status_code for page in pages] == seen


def test_every_act_about_the_case_says_that_it_is_done(county: f.County, case_id: UUID) -> None:
    anna = browser(county.anna)
    shown = anna.get(url("person", case_id)).context["form"].initial
    stands = {name: value for name, value in shown.items() if value not in {None, False}}
    acts = (
        ("name_handler", {"handler": county.bertil.pk}, "Handläggaren är sparad."),
        ("name_handler", {"handler": ""}, "Ingen handläggare är utsedd nu."),
        ("person", stands, "Uppgifterna om personen är sparade."),
        ("related", {"relation": "GUARDIAN", "name": "Lena Wallin"}, "Kontakten är sparad."),
        ("withdraw_consent", {}, "Det är antecknat att samtycket är återkallat."),
        ("remove_unit", {}, "IFO Vuxen deltar inte längre i ärendet."),
        ("coordinator", {"colleague": county.david.pk}, "David Holm är nu samordningsansvarig."),
    )
    for name, typed, told in acts:
        more = (county.social.pk,) if name == "remove_unit" else ()
        page = anna.post(url(name, case_id, *more), typed, follow=True).content.decode()
        assert told in page, (name, told)


@pytest.mark.requirement("L-03")
def test_consent_is_withdrawn_and_then_nothing_new_is_delivered(county: f.County, case_id: UUID) -> None:
    anna = browser(county.anna)
    anna.post(url("withdraw_consent", case_id))
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    message = f.facts_of(case_id).sent(Part.INITIATIVE)
    assert message is not None

    def send_to_eva() -> None:
        add_recipients(
            process=SIP,
            actor=f.actor(county.anna),
            case_id=case_id,
            message_id=message.id,
            chosen=f.to_units(county.psychiatry),
            at=clock.now(),
        )

    with pytest.raises(Refused, match=r"consent\.missing"):
        send_to_eva()
    anna.post(
        url("consent", case_id),
        {
            "giver": "SELF",
            "how": "ORAL",
            "scope": "SIP",
            "units": [county.home_care.pk, county.health_centre.pk],
        },
    )
    with pytest.raises(Refused, match=r"consent\.missing"):
        send_to_eva()
    f.send_a_summons(case_id, county.anna, [county.health_centre])


@pytest.mark.requirement("L-03")
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"giver": "CANNOT_CONSENT"}, "cannot_consent_reason"),
        ({"giver": "GUARDIAN"}, "giver_name"),
        ({"until_on": "2020-01-01"}, "until_on"),
        ({"giver": "NOBODY"}, "giver"),
    ],
)
def test_a_consent_that_does_not_hold_together_is_refused_at_its_field(
    county: f.County, case_id: UUID, typed: dict[str, str], field: str
) -> None:
    posted = {"giver": "SELF", "how": "ORAL", "scope": "SIP", "units": [county.social.pk]} | typed
    page = browser(county.anna).post(url("consent", case_id), posted)
    assert page.context["form"].errors[field]


@pytest.mark.requirement("V-83")
def test_the_coordinator_ends_the_case_with_a_reason_and_a_new_one_can_be_made(
    county: f.County, case_id: UUID
) -> None:
    browser(county.david).post(url("end", case_id), {"reason": EndReason.MOVED})
    assert Case.objects.get(pk=case_id).status == CaseStatus.ACTIVE
    anna = browser(county.anna)
    assert anna.post(url("end", case_id), {"reason": "OTHER"}).context["form"].errors["comment"]
    anna.post(url("end", case_id), {"reason": EndReason.MOVED})
    case = Case.objects.get(pk=case_id)
    assert case.status == CaseStatus.ENDED
    assert UnitCase.objects.get(case=case, unit=county.health_centre).bucket == Bucket.ENDED
    assert "Ärendet är avslutat" in anna.get(url("part", case_id, "initiative")).content.decode()
    f.new_case(county.david, person_id=case.person_id)


@pytest.mark.requirement("V-83")
def test_a_case_for_the_wrong_person_is_voided_and_stays_readable(county: f.County, case_id: UUID) -> None:
    browser(county.anna).post(url("end", case_id), {"reason": EndReason.WRONG_PERSON})
    assert Case.objects.get(pk=case_id).status == CaseStatus.VOIDED
    assert browser(county.david).get(url("part", case_id, "initiative")).status_code == 200


@pytest.mark.requirement("L-04")
def test_a_protected_persons_case_opens_for_named_users_only(county: f.County, case_id: UUID) -> None:
    Person.objects.update(protection=Protection.CONFIDENTIALITY_MARK)
    initiative = url("part", case_id, "initiative")
    assert browser(county.anna).get(initiative).status_code == 200
    david = browser(county.david)
    assert david.get(initiative).status_code == 404
    assert david.get(url("case", case_id)).url == url("take_on", case_id)
    david.post(url("take_on", case_id))
    told = browser(county.bertil).get(initiative)
    assert (told.status_code, "Anna Lindqvist" in told.content.decode()) == (403, True)
    assert "Karl-Erik" not in told.content.decode()
    assert browser(county.eva).get(initiative).status_code == 404
    assert david.get(initiative).status_code == 200
    assert browser(county.eva).get(url("take_on", case_id)).status_code == 404
    assert browser(county.bertil).get(url("take_on", case_id)).status_code == 404
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=clock.today(clock.now()) - timedelta(days=1))
    assert browser(county.bertil).get(url("take_on", case_id)).status_code == 200


@pytest.mark.requirement("L-02")
@pytest.mark.parametrize("name", ["case", "units", "consent", "person", "coordinator", "end", "link_number"])
def test_an_outsider_gets_the_same_answer_as_for_a_case_that_does_not_exist(
    county: f.County, case_id: UUID, name: str
) -> None:
    eva = browser(county.eva)
    foreign, unknown = eva.get(url(name, case_id)), eva.get(url(name, uuid4()))
    assert foreign.status_code == unknown.status_code == 404
    assert Entry.objects.filter(action=Action.CASE_ACCESS_REFUSED, case_id=case_id).exists()


@pytest.mark.requirement("L-05", "L-06")
def test_reading_a_page_is_logged_once_and_writing_too(county: f.County, case_id: UUID) -> None:
    before = Entry.objects.count()
    browser(county.david).get(url("units", case_id))
    shown = Entry.objects.order_by("-id")[0]
    assert (shown.action, shown.case_id, shown.unit_name) == (
        Action.CASE_SHOWN,
        case_id,
        "Vårdcentralen Linden",
    )
    assert Entry.objects.count() == before + 1
