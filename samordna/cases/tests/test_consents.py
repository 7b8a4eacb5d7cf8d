"""Consents as they are recorded, withdrawn, and ended by age (L-03)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from samordna.cases import consent
from samordna.cases.commands import end_case
from samordna.cases.consent import ConsentChoice
from samordna.cases.models import Consent
from samordna.cases.states import CaseStatus, ConsentForm, ConsentGiver, ConsentScope, EndReason, Guardians
from samordna.cases.tests.conftest import facts
from samordna.kernel.module import Module
from samordna.sip.tests import factories as f

pytestmark = pytest.mark.requirement("L-03")
AT = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
# The day on which a child of that number is of age is the first one of its kind: 13 May 2026.
BORN = date(2008, 5, 13)
CHOICE = ConsentChoice(
    ConsentGiver.GUARDIAN, "Lena Wallin", ConsentForm.WRITTEN, ConsentScope.INFORMATION, until_on=date(2026, 6, 1),
    child_view="Vill", guardians=Guardians.ONE, judgement="Den andra är okänd",
)  # fmt: skip


@pytest.fixture
def child_case(county, who):
    number = f.made_up_number(BORN)
    return f.new_case(county.anna, person_id=f.new_person(who.anna, number=number))


def record(case_id, actor, choice=CHOICE, at=AT - DAY, units=((7, "IFO Vuxen"), (8, "Linden"))):
    return consent.record_consent(case=facts(case_id), choice=choice, units=units, actor=actor, at=at)


def test_a_consent_is_recorded_as_it_was_chosen_and_by_whom(child_case, who):
    recorded = record(child_case, who.anna)
    assert consent.consents_of(child_case, BORN) == (recorded,)
    assert (recorded.giver, recorded.giver_name, recorded.how, recorded.scope) == (
        ConsentGiver.GUARDIAN,
        "Lena Wallin",
        ConsentForm.WRITTEN,
        ConsentScope.INFORMATION,
    )
    assert (recorded.unit_ids, recorded.unit_names) == (frozenset({7, 8}), ("IFO Vuxen", "Linden"))
    assert (recorded.until_on, recorded.child_view, recorded.guardians, recorded.judgement) == (
        date(2026, 6, 1),
        "Vill",
        Guardians.ONE,
        "Den andra är okänd",
    )
    assert (recorded.recorded_at, recorded.recorded_by_name, recorded.recorded_unit_name) == (
        AT - DAY,
        "Anna Lindqvist",
        "Hemtjänsten Norr",
    )
    assert (recorded.withdrawn_at, recorded.withdrawn_by_name, recorded.lapsed_at) == (None, "", None)
    assert recorded.adult_on == date(2026, 5, 13)
    assert Consent.objects.get().recorded_by_id == who.anna.user_id
    assert consent.consents_of(child_case)[0].adult_on is None


def test_who_cannot_consent_is_recorded_with_the_reason(child_case, who):
    choice = ConsentChoice(
        ConsentGiver.CANNOT_CONSENT, "", ConsentForm.OTHER, ConsentScope.SIP, cannot_consent_reason="Demens"
    )
    recorded = record(child_case, who.anna, choice)
    assert (recorded.cannot_consent_reason, recorded.guardians, recorded.until_on) == ("Demens", None, None)
    assert consent.consents_of(child_case, BORN) == (recorded,)


def test_the_consents_of_a_case_are_its_own_the_oldest_first(child_case, case_id, who):
    later = record(child_case, who.anna, at=AT)
    earlier = record(child_case, who.anna, at=AT - DAY)
    record(case_id, who.anna)
    assert consent.consents_of(child_case, BORN) == (earlier, later)


def test_all_that_stand_are_withdrawn_once(child_case, case_id, who):
    for _number in range(2):
        record(child_case, who.anna)
    record(case_id, who.anna)
    assert consent.withdraw_consents(case_id=child_case, actor=who.bertil, at=AT) == 2
    assert consent.withdraw_consents(case_id=child_case, actor=who.anna, at=AT + DAY) == 0
    for one in consent.consents_of(child_case, BORN):
        assert (one.withdrawn_at, one.withdrawn_by_name, one.withdrawn_unit_name) == (
            AT,
            "Bertil Ek",
            "Hemtjänsten Norr",
        )
    assert set(Consent.objects.exclude(withdrawn_at=None).values_list("withdrawn_by_id", flat=True)) == {
        who.bertil.user_id
    }
    assert consent.consents_of(case_id)[0].withdrawn_at is None


def test_that_a_consent_has_ended_by_age_is_noted_of_it(child_case, who):
    first, second = record(child_case, who.anna), record(child_case, who.anna, at=AT)
    consent.lapse_consents(consents=[first], at=AT)
    assert [one.lapsed_at for one in consent.consents_of(child_case, BORN)] == [AT, None]
    assert second.lapsed_at is None


SELF = ConsentChoice(ConsentGiver.SELF, "", ConsentForm.ORAL, ConsentScope.SIP)
TRUSTEE = replace(SELF, giver=ConsentGiver.LEGAL_REPRESENTATIVE, giver_name="Siv Ek")


@pytest.mark.parametrize(
    ("choice", "recorded", "at", "changes", "outgrown"),
    [
        # A guardian's, from the day on which the child is of age.
        (CHOICE, AT - DAY, AT, {}, True),
        (CHOICE, AT - DAY, AT - DAY, {}, False),
        (CHOICE, AT - DAY, AT, {"withdrawn_at": AT}, False),
        (CHOICE, AT - DAY, AT, {"lapsed_at": AT}, False),
        # Noted before the day, by the number of somebody older: it ends once more.
        (CHOICE, AT - DAY, AT, {"lapsed_at": AT - DAY}, True),
        # A representative's for a child, and no trustee's for an adult.
        (TRUSTEE, AT - DAY, AT, {}, True),
        (TRUSTEE, AT, AT + DAY, {}, False),
        # A child's own that nobody judged, at once.
        (SELF, AT - DAY, AT - DAY, {}, True),
        (SELF, AT, AT, {}, False),
        (replace(SELF, judgement="Mogen"), AT - DAY, AT, {}, False),
        (SELF, AT - DAY, AT - DAY, {"lapsed_at": AT - DAY}, False),
        (replace(SELF, giver=ConsentGiver.CANNOT_CONSENT), AT - DAY, AT, {}, False),
    ],
)
def test_whose_consent_has_ended_by_age(child_case, who, choice, recorded, at, changes, outgrown):
    record(child_case, who.anna, choice, at=recorded)
    if "withdrawn_at" in changes:
        changes = changes | {"withdrawn_by_id": who.anna.user_id}
    Consent.objects.update(**changes)
    assert list(consent.outgrown_cases(Module.SIP, at)) == ([child_case] if outgrown else [])


def test_cases_that_are_over_and_persons_of_unknown_age_are_let_alone(child_case, county, who):
    unknown = f.new_case(county.anna, person_id=f.new_person(who.anna, number="25780404KHD5"))
    reserve = f.new_case(county.anna, person_id=f.new_person(who.anna, number="00342145BZ31"))
    for one in (child_case, child_case, unknown, reserve):
        record(one, who.anna, at=AT - DAY)
    assert set(consent.outgrown_cases(Module.SIP, AT)) >= {child_case}
    assert reserve not in set(consent.outgrown_cases(Module.SIP, AT))
    end_case(
        case_id=child_case, status=CaseStatus.ENDED, reason=EndReason.MOVED, comment="", actor=who.anna, at=AT
    )
    assert child_case not in set(consent.outgrown_cases(Module.SIP, AT))
