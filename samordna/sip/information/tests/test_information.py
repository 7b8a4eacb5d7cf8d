"""Information messages (V-90), and what a unit that is only informed sees (L-02)."""

import pytest
from django.urls import reverse

from samordna.assignments.models import ModuleRight
from samordna.cases.models import UnitCase
from samordna.cases.states import StepStatus
from samordna.cases.worklist import Symbol
from samordna.casework.file.steps.rows import part_views
from samordna.kernel.refusal import Refused
from samordna.messaging.models import Delivery, Message
from samordna.sip.information.queries import information_texts
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests.message_pages import CONSENT, at_work, check, draft, press, read, send

pytestmark = pytest.mark.django_db
INFORMATION = Part.INFORMATION


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def accepted(county: f.County):
    return f.accepted_case(county)


def symbol(case_id, unit) -> StepStatus:
    return Symbol.loaded(UnitCase.objects.get(case_id=case_id, unit=unit).symbols["INFORMATION"]).status


def inform(client, case_id, unit, text: str, *, acknowledge: bool = True) -> None:
    """Write to a unit that consent does not cover yet: it is asked for before sending."""
    must = [unit.pk] if acknowledge else []
    draft(client, case_id, INFORMATION, "check", recipient=unit.pk, acknowledge=must, text=text)
    message = Message.objects.get(status="DRAFT")
    assert (
        f"Det finns inget giltigt samtycke för {unit.name}."
        in check(client, case_id, INFORMATION).content.decode()
    )
    refused = send(client, case_id, INFORMATION, message.pk, consent_shown="1").content.decode()
    assert "error-summary" in refused
    sent = send(client, case_id, INFORMATION, message.pk, consent_shown="1", **CONSENT).content.decode()
    assert "Meddelandet är skickat" in sent


@pytest.mark.requirement("V-01", "V-90")
def test_messages_can_be_written_as_soon_as_there_is_an_initiative(county) -> None:
    case_id = f.new_case(county.anna)
    anna = at_work(county.anna)
    assert "Kan påbörjas när ett initiativ är skickat." in read(anna, case_id, INFORMATION)
    f.send_an_initiative(case_id, county.anna, [county.social])
    page = read(anna, case_id, INFORMATION)
    assert f'name="acknowledge" value="{county.social.pk}" checked' in page


@pytest.mark.requirement("V-90")
def test_a_message_goes_to_some_to_acknowledge_and_to_others_for_knowledge(county, accepted) -> None:
    anna = at_work(county.anna)
    ids = [county.health_centre.pk, county.social.pk]
    draft(anna, accepted, INFORMATION, "check", recipient=ids, acknowledge=ids[0], text="Passar torsdag?")
    message = Message.objects.get(kind="INFORMATION")
    assert "Skicka meddelande till 2 enheter" in check(anna, accepted, INFORMATION).content.decode()
    sent = send(anna, accepted, INFORMATION, message.pk).content.decode()
    assert "Meddelandet är skickat till 2 enheter." in sent
    assert "0 av 1 har kvitterat" in sent
    assert "För kännedom" in sent
    assert symbol(accepted, county.health_centre) == StepStatus.TODO
    assert symbol(accepted, county.social) == StepStatus.UNREAD
    assert symbol(accepted, county.home_care) == StepStatus.WAITING
    page = press(
        at_work(county.david), "answer", accepted, message.pk, answer="ACKNOWLEDGED"
    ).content.decode()
    assert "Er enhet har kvitterat." in page
    assert "<summary>1 av 1 har kvitterat</summary>" in page, (
        "at the message, and not in the list of parts alone"
    )
    assert symbol(accepted, county.home_care) == StepStatus.DONE


@pytest.mark.requirement("V-90")
def test_a_preselected_unit_is_removed_and_another_added_that_must_acknowledge_from_the_start(
    county, accepted
) -> None:
    anna = at_work(county.anna)
    social, psychiatry = county.social.pk, county.psychiatry.pk
    ids = [county.health_centre.pk, social]
    page = draft(anna, accepted, INFORMATION, "find", recipient=ids, acknowledge=ids, remove_unit=social)
    assert f'name="recipient" value="{social}"' not in page.content.decode()
    left = ids[:1]
    page = draft(anna, accepted, INFORMATION, "find", recipient=left, acknowledge=left, add_unit=psychiatry)
    assert f'name="acknowledge" value="{psychiatry}" checked' in page.content.decode()
    chosen = [*left, psychiatry]
    draft(anna, accepted, INFORMATION, "check", recipient=chosen, acknowledge=chosen, text="Passar torsdag?")
    message = Message.objects.get(kind="INFORMATION")
    sent = send(anna, accepted, INFORMATION, message.pk, consent_shown="1", **CONSENT).content.decode()
    assert "0 av 2 har kvitterat" in sent
    assert county.psychiatry.name in sent
    for who in (county.david, county.eva):
        press(at_work(who), "answer", accepted, message.pk, answer="ACKNOWLEDGED")
    assert symbol(accepted, county.home_care) == StepStatus.DONE
    assert "<summary>2 av 2 har kvitterat</summary>" in read(anna, accepted, INFORMATION)


@pytest.mark.requirement("V-90")
def test_who_only_answers_may_write_too_and_the_sender_is_among_the_preselected(county, accepted) -> None:
    cecilia = at_work(county.cecilia)
    page = read(cecilia, accepted, INFORMATION)
    assert f'name="recipient" value="{county.home_care.pk}"' in page
    draft(
        cecilia,
        accepted,
        INFORMATION,
        "check",
        recipient=county.home_care.pk,
        acknowledge=county.home_care.pk,
        text="Hej",
    )
    message = Message.objects.get(kind="INFORMATION")
    send(cecilia, accepted, INFORMATION, message.pk)
    assert symbol(accepted, county.home_care) == StepStatus.TODO


@pytest.mark.requirement("V-90", "L-03")
def test_consent_to_information_only_lets_a_message_through_and_no_summons(county, accepted) -> None:
    anna, only = at_work(county.anna), CONSENT | {"consent-scope": "INFORMATION"}
    psychiatry = county.psychiatry
    draft(anna, accepted, INFORMATION, "check", recipient=psychiatry.pk, text="Hon flyttar i maj.")
    message = Message.objects.get(status="DRAFT")
    send(anna, accepted, INFORMATION, message.pk, consent_shown="1", **only)
    assert "Hon flyttar i maj." in read(at_work(county.eva), accepted, INFORMATION)
    summons = f.facts_of(accepted).sent(Part.INITIATIVE)
    chosen = {"recipient": psychiatry.pk, "send": "1"}
    asked = press(anna, "add_recipients", accepted, summons.id, **chosen).content.decode()
    assert "Det finns inget giltigt samtycke för enheten." in asked
    refused = press(anna, "add_recipients", accepted, summons.id, consent_shown="1", **chosen, **only)
    assert "Här behövs samtycke till en SIP." in refused.content.decode()
    assert not f.facts_of(accepted).case.reach_of(psychiatry.pk).full
    with pytest.raises(Refused, match=r"consent\.missing"):
        f.send_a_summons(accepted, county.anna, [county.health_centre, psychiatry])
    press(anna, "add_recipients", accepted, summons.id, consent_shown="1", **chosen, **CONSENT)
    assert "Acceptera" in read(at_work(county.eva), accepted, Part.INITIATIVE)


@pytest.mark.requirement("V-90")
def test_messages_stand_in_the_order_they_were_sent_and_voided_ones_struck(county, accepted) -> None:
    first = f.send_information(accepted, county.anna, f.to_units(county.social), "Första ordet")
    f.send_information(accepted, county.anna, f.to_units(county.social), "Andra ordet")
    cecilia = at_work(county.cecilia)
    page = read(cecilia, accepted, INFORMATION)
    assert page.index("Första ordet") < page.index("Andra ordet")
    press(at_work(county.anna), "void_message", accepted, first, words="fel på datum")
    page = read(cecilia, accepted, INFORMATION)
    assert page.index("Första ordet") < page.index("Andra ordet")
    struck = page.split("Första ordet")[0].rsplit("<article", 1)[1]
    assert "Makulerad" in struck
    assert "<del>" in struck
    assert "fel på datum" in page


@pytest.mark.requirement("V-90")
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"text": ""}, "Skriv det du vill meddela."), ({"recipient": []}, "Välj minst en mottagare.")],
)
def test_what_is_missing_is_told_and_the_thread_stays(county, accepted, fields, sentence) -> None:
    f.send_information(accepted, county.anna, f.to_units(county.social), "Tidigare ord")
    typed = {"recipient": county.social.pk, "text": "Hej"} | fields
    page = draft(at_work(county.anna), accepted, INFORMATION, "check", **typed).content.decode()
    assert sentence in page
    assert "Tidigare ord" in page


@pytest.mark.requirement("V-90", "L-02", "L-03")
def test_a_unit_that_is_only_informed_reads_the_message_and_not_the_case(county, accepted) -> None:
    anna = at_work(county.anna)
    inform(anna, accepted, county.hospital, "Till er kännedom")
    frida = at_work(county.frida)
    page = read(frida, accepted, INFORMATION)
    assert "Till er kännedom" in page
    assert "Enheter i ärendet" not in page
    assert "Granska och skicka" not in page
    assert "Kvittera" in page
    assert frida.get(reverse("sip:case", args=[accepted])).url == reverse(
        "sip:part", args=[accepted, "information"]
    )
    for slug in ("initiative", "summons", "plan", "follow-up", "evaluation-summons", "evaluation"):
        assert f"/{slug}/" not in page
        assert frida.get(reverse("sip:part", args=[accepted, slug])).status_code == 404
    for name in ("units", "consent", "person", "coordinator", "end", "history"):
        assert frida.get(reverse(f"sip:{name}", args=[accepted])).status_code == 404
    answer = draft(frida, accepted, INFORMATION, "save", recipient=county.home_care.pk, text="Svar")
    assert "Er enhet deltar inte i hela ärendet." in answer.content.decode()
    assert Message.objects.filter(kind="INFORMATION").count() == 1


@pytest.mark.requirement("V-90", "L-02")
def test_an_informed_unit_does_not_see_messages_to_others(county, accepted) -> None:
    other = f.send_information(accepted, county.anna, f.to_units(county.social), "Bara till IFO")
    anna = at_work(county.anna)
    inform(anna, accepted, county.hospital, "Till er")
    frida = at_work(county.frida)
    assert "Bara till IFO" not in read(frida, accepted, INFORMATION)
    assert press(frida, "answer", accepted, other, answer="ACKNOWLEDGED").status_code == 404
    assert Delivery.objects.get(message_id=other).answer == ""


def _listed(client, list_name: str = "ongoing") -> str:
    return client.get(reverse("overview:sip"), {"list": list_name}).content.decode()


def _found(client, number: str) -> str:
    return client.post(reverse("overview:search"), {"q": number}).content.decode()


@pytest.mark.requirement("V-90", "V-21", "L-02")
def test_a_unit_that_is_only_informed_sees_nothing_of_the_process(county, accepted) -> None:
    """Neither on the page, nor in its list, nor when it searches: only its message, marked until it is read."""
    inform(at_work(county.anna), accepted, county.hospital, "Till er", acknowledge=False)
    frida, number = at_work(county.frida), f.facts_of(accepted).case.number
    for shown in (_listed(frida), _found(frida, number)):
        assert "Oläst: Informationsmeddelande" in shown
        assert f"För kännedom, från {county.home_care.name}" in shown
        assert "Meddelande: Oläst</a>" in shown
        _assert_nothing_of_the_process(shown)
    assert "Inget att göra just nu." in _listed(frida, "todo")
    page = read(frida, accepted, INFORMATION)
    assert "Ny</span>" in page
    assert "Oläst" not in page
    _assert_nothing_of_the_process(page)
    page = read(frida, accepted, INFORMATION)
    assert "Ny</span>" not in page
    assert "Inget att göra just nu" in page
    changed = UnitCase.objects.get(case_id=accepted, unit=county.hospital).last_change
    f.send_a_summons(accepted, county.anna, [county.health_centre])
    for shown in (_listed(frida), _found(frida, number)):
        assert "Meddelande: Klar</a>" in shown
        _assert_nothing_of_the_process(shown)
    assert UnitCase.objects.get(case_id=accepted, unit=county.hospital).last_change == changed


def _assert_nothing_of_the_process(shown: str) -> None:
    shown = shown.split("</main>")[0].split("legend")[0]
    for word in (
        "Kan inte börja än",
        "kallar till planering",
        "ska kalla",
        "tar nästa steg",
        "Kallelse: ",
        "Plan: ",
    ):
        assert word not in shown


@pytest.mark.requirement("V-90")
def test_several_messages_to_an_informed_unit_all_count(county, accepted) -> None:
    """The second one, for knowledge, does not hide that the first is to be acknowledged."""
    inform(at_work(county.anna), accepted, county.hospital, "Svara på det här")
    f.send_information(
        accepted, county.anna, f.to_units(county.hospital, acknowledge=False), "Bara till kännedom"
    )
    frida = at_work(county.frida)
    assert "Kvittera informationsmeddelande" in _listed(frida, "todo")
    assert symbol(accepted, county.hospital) == StepStatus.TODO


@pytest.mark.requirement("V-90", "V-41")
@pytest.mark.parametrize("part", [Part.INFORMATION, Part.SUMMONS])
def test_what_comes_for_knowledge_is_marked_until_somebody_at_the_unit_has_opened_it(
    county, accepted, part
) -> None:
    if part == Part.SUMMONS:
        chosen = [*f.to_units(county.health_centre), *f.to_units(county.social, acknowledge=False)]
        f.send_a_summons(accepted, county.anna, chosen)
    else:
        f.send_information(accepted, county.anna, f.to_units(county.social, acknowledge=False))
    seen = part_views(f.facts_of(accepted), county.social.pk)[part]
    assert (seen.status, seen.task) == (StepStatus.UNREAD, False)
    assert accepted not in UnitCase.objects.filter(unit=county.social, bucket="TODO").values_list(
        "case_id", flat=True
    )
    ModuleRight.objects.update(may_answer=False, may_initiate=True)
    read(at_work(county.cecilia), accepted, part)
    assert part_views(f.facts_of(accepted), county.social.pk)[part].status != StepStatus.UNREAD


@pytest.mark.requirement("L-09")
def test_a_long_text_is_refused_and_control_characters_go(county, accepted) -> None:
    anna = at_work(county.anna)
    page = draft(anna, accepted, INFORMATION, "save", recipient=county.social.pk, text="x" * 200_000)
    assert "för lång" in page.content.decode()
    draft(
        anna, accepted, INFORMATION, "save", recipient=county.social.pk, text="Rad ett\r\n\u202eRad\x00 två"
    )
    message = Message.objects.get(kind="INFORMATION")
    assert information_texts([message.pk])[message.pk].text == "Rad ett\nRad två"
