"""When a consent stands, for whom, and what may be recorded: tables written by hand, without a database (L-03)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from samordna.cases.consent import (
    ConsentChoice,
    ConsentFacts,
    age_refusal,
    choice_refusal,
    last_day,
    suffices,
    units_covered_until,
    units_without_consent,
)
from samordna.cases.states import ConsentForm, ConsentGiver, ConsentScope, Guardians

TODAY = date(2026, 5, 13)
DAY = timedelta(days=1)
NOON = datetime(2026, 5, 13, 10, 0, tzinfo=UTC)
SIP, INFORMATION = ConsentScope.SIP, ConsentScope.INFORMATION
SELF, GUARDIAN, TRUSTEE = ConsentGiver.SELF, ConsentGiver.GUARDIAN, ConsentGiver.LEGAL_REPRESENTATIVE
CANNOT = ConsentGiver.CANNOT_CONSENT

GIVEN = ConsentFacts(
    id=UUID(int=1), giver=SELF, giver_name="", how=ConsentForm.ORAL, scope=SIP, unit_ids=frozenset({7, 8}),
    unit_names=("Hemtjänsten Norr", "IFO Vuxen"), until_on=None, cannot_consent_reason="", child_view="",
    recorded_at=NOON, recorded_by_name="Anna Lindqvist", recorded_unit_name="Hemtjänsten Norr", withdrawn_at=None,
)  # fmt: skip
BY_GUARDIAN = replace(GIVEN, giver=GUARDIAN)


@pytest.mark.parametrize(
    ("consent", "stands"),
    [
        (GIVEN, True),
        (replace(GIVEN, withdrawn_at=NOON), False),
        # Through its last day.
        (replace(GIVEN, until_on=TODAY), True),
        (replace(GIVEN, until_on=TODAY - DAY), False),
        # A guardian's until the day before the child is of age.
        (replace(BY_GUARDIAN, adult_on=TODAY + DAY), True),
        (replace(BY_GUARDIAN, adult_on=TODAY), False),
        (BY_GUARDIAN, True),
        # A representative's too, when it was for a child; a trustee's of an adult goes on.
        (replace(GIVEN, giver=TRUSTEE, adult_on=TODAY, recorded_at=NOON - DAY), False),
        (replace(GIVEN, giver=TRUSTEE, adult_on=TODAY, recorded_at=NOON), True),
        (replace(GIVEN, giver=TRUSTEE, adult_on=TODAY + DAY), True),
        # A child's own, as long as it was judged.
        (replace(GIVEN, adult_on=TODAY + DAY), False),
        (replace(GIVEN, adult_on=TODAY + DAY, judgement="Förstår"), True),
        (replace(GIVEN, adult_on=TODAY), True),
        (replace(GIVEN, giver=CANNOT, adult_on=TODAY + DAY), True),
    ],
)
def test_whether_a_consent_stands_on_a_day(consent, stands):
    assert consent.stands(TODAY) is stands
    assert consent.covers(7, TODAY, SIP) is stands
    assert not consent.covers(9, TODAY, SIP)


@pytest.mark.parametrize(
    ("consent", "ends"),
    [
        (GIVEN, None),
        (replace(GIVEN, until_on=TODAY), TODAY),
        (replace(BY_GUARDIAN, adult_on=TODAY), TODAY - DAY),
        (replace(BY_GUARDIAN, adult_on=TODAY, until_on=TODAY), TODAY - DAY),
        (replace(BY_GUARDIAN, adult_on=TODAY, until_on=TODAY - 2 * DAY), TODAY - 2 * DAY),
        (replace(GIVEN, adult_on=TODAY), None),
        (replace(GIVEN, giver=TRUSTEE, adult_on=TODAY + DAY), TODAY),
        (replace(GIVEN, giver=TRUSTEE, adult_on=TODAY), None),
    ],
)
def test_the_last_day_of_a_consent(consent, ends):
    assert consent.ends_on == ends


LAPSED = replace(BY_GUARDIAN, adult_on=TODAY, lapsed_at=NOON)


@pytest.mark.parametrize(
    ("consent", "lapsed", "to_lapse"),
    [
        (replace(LAPSED, lapsed_at=None), False, True),
        (LAPSED, True, False),
        # Noted by a number that was changed since: it ends once more, on the right day.
        (replace(LAPSED, adult_on=TODAY + DAY), False, False),
        (replace(LAPSED, lapsed_at=NOON - DAY), False, True),
        (replace(LAPSED, lapsed_at=None, withdrawn_at=NOON), False, False),
        (replace(LAPSED, lapsed_at=None, adult_on=TODAY + DAY), False, False),
        (replace(GIVEN, adult_on=TODAY + DAY), False, True),
        (replace(GIVEN, adult_on=TODAY + DAY, lapsed_at=NOON), True, False),
        (GIVEN, False, False),
    ],
)
def test_whether_it_has_ended_by_age_and_that_is_noted(consent, lapsed, to_lapse):
    assert consent.lapsed is lapsed
    assert consent.to_lapse(TODAY) is to_lapse


@pytest.mark.parametrize(
    ("giver", "until", "born", "ends"),
    [
        (SELF, None, None, None),
        (SELF, TODAY, date(2010, 1, 1), TODAY),
        (GUARDIAN, None, None, None),
        (GUARDIAN, None, date(2010, 1, 1), date(2027, 12, 31)),
        (GUARDIAN, date(2027, 1, 1), date(2010, 1, 1), date(2027, 1, 1)),
        (TRUSTEE, None, date(2010, 1, 1), date(2027, 12, 31)),
        (TRUSTEE, None, date(2008, 5, 13), None),
        (TRUSTEE, None, date(2008, 5, 14), date(2026, 5, 13)),
    ],
)
def test_the_last_day_is_told_before_it_is_recorded(giver, until, born, ends):
    assert last_day(giver, until, born, TODAY) == ends


@pytest.mark.parametrize(
    ("given", "needed", "enough"),
    [(SIP, SIP, True), (SIP, INFORMATION, True), (INFORMATION, INFORMATION, True), (INFORMATION, SIP, False)],
)
def test_consent_to_a_sip_holds_for_information_too(given, needed, enough):
    assert suffices(given, needed) is enough
    assert replace(GIVEN, scope=given).covers(7, TODAY, needed) is enough


ORAL = ConsentChoice(SELF, "", ConsentForm.ORAL, SIP)
BOTH = ConsentChoice(GUARDIAN, "Lena Wallin", ConsentForm.ORAL, SIP, guardians=Guardians.BOTH)


@pytest.mark.parametrize(
    ("choice", "needed", "refused"),
    [
        (ORAL, SIP, None),
        (replace(ORAL, giver=CANNOT), SIP, ("consent.reason_missing", "cannot_consent_reason")),
        (replace(ORAL, giver=CANNOT, cannot_consent_reason="Demens"), SIP, None),
        (replace(ORAL, giver=GUARDIAN), SIP, ("consent.giver_missing", "giver_name")),
        (replace(ORAL, giver=TRUSTEE), SIP, ("consent.giver_missing", "giver_name")),
        (replace(ORAL, giver=TRUSTEE, giver_name="Siv Ek"), SIP, None),
        (replace(ORAL, until_on=TODAY), SIP, None),
        (replace(ORAL, until_on=TODAY - DAY), SIP, ("consent.until_past", "until_on")),
        (replace(ORAL, scope=INFORMATION), SIP, ("consent.information_only", "scope")),
        (replace(ORAL, scope=INFORMATION), INFORMATION, None),
    ],
)
def test_which_choices_are_recorded(choice, needed, refused):
    refusal = choice_refusal(choice, TODAY, needed)
    assert (refusal and (refusal.code, refusal.field)) == refused


@pytest.mark.parametrize(
    ("choice", "age", "refused"),
    [
        (ORAL, 18, None),
        (ORAL, 17, ("consent.not_judged", "judgement")),
        (replace(ORAL, judgement="Mogen"), 17, None),
        (ORAL, None, ("consent.not_judged", "judgement")),
        (replace(ORAL, judgement="Vuxen"), None, None),
        (replace(ORAL, giver=CANNOT), None, None),
        (replace(ORAL, giver=TRUSTEE), 17, None),
        (BOTH, 17, None),
        (BOTH, 18, ("consent.adult", "giver")),
        (BOTH, None, ("consent.not_judged", "judgement")),
        (replace(BOTH, guardians=None), 17, ("consent.guardians", "guardians")),
        (replace(BOTH, guardians=Guardians.ONE), 17, ("consent.not_judged", "judgement")),
        (replace(BOTH, guardians=Guardians.ONE, judgement="Den andra är okänd"), 17, None),
        (replace(ORAL, giver=TRUSTEE, guardians=Guardians.ONE), 17, None),
        (replace(ORAL, guardians=None), 18, None),
    ],
)
def test_who_may_consent_goes_by_age(choice, age, refused):
    refusal = age_refusal(choice, age)
    assert (refusal and (refusal.code, refusal.field)) == refused


def test_an_adult_is_told_how_old_she_is():
    assert "18" in str(age_refusal(BOTH, 18).message)


UNITS = [(7, "Hemtjänsten Norr"), (8, "IFO Vuxen"), (9, "Vårdcentralen Linden")]


def test_units_without_consent_are_named_in_their_order():
    theirs = replace(GIVEN, unit_ids=frozenset({8}))
    assert units_without_consent([theirs], UNITS, TODAY, SIP) == ("Hemtjänsten Norr", "Vårdcentralen Linden")
    assert (
        units_without_consent(iter([theirs, replace(GIVEN, unit_ids=frozenset({7, 9}))]), UNITS, TODAY, SIP)
        == ()
    )
    information = [replace(GIVEN, scope=INFORMATION)]
    assert units_without_consent(information, UNITS[:1], TODAY, INFORMATION) == ()
    assert units_without_consent(information, UNITS[:1], TODAY, SIP) == ("Hemtjänsten Norr",)
    assert units_without_consent([replace(GIVEN, until_on=TODAY)], UNITS[:1], TODAY + DAY, SIP) == (
        "Hemtjänsten Norr",
    )


THEN = TODAY + 10 * DAY


@pytest.mark.parametrize(
    ("consents", "first"),
    [
        ([GIVEN], None),
        ([replace(GIVEN, until_on=THEN)], None),
        ([replace(GIVEN, until_on=THEN - DAY)], THEN - DAY),
        # The longest of a unit's, and the shortest of the units'.
        ([replace(GIVEN, until_on=TODAY + DAY), replace(GIVEN, until_on=TODAY + 3 * DAY)], TODAY + 3 * DAY),
        ([replace(GIVEN, until_on=TODAY + DAY), GIVEN], None),
        (
            [
                replace(GIVEN, until_on=TODAY + 5 * DAY, unit_ids=frozenset({7})),
                replace(GIVEN, until_on=TODAY + 4 * DAY, unit_ids=frozenset({8})),
            ],
            TODAY + 4 * DAY,
        ),
        ([replace(GIVEN, until_on=TODAY - DAY)], None),
        ([replace(GIVEN, until_on=TODAY + DAY, scope=INFORMATION)], None),
        ([replace(GIVEN, until_on=TODAY + DAY, unit_ids=frozenset({9}))], None),
        ([], None),
    ],
)
def test_when_a_units_consent_ends_before_a_day(consents, first):
    assert units_covered_until(iter(consents), [7, 8], TODAY, THEN, SIP) == first
