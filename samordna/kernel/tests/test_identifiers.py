from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer

from samordna.kernel.identifiers import (
    LOCAL_FORMATS,
    Identifier,
    IdentifierError,
    Kind,
    LocalFormat,
    Sex,
    luhn_ok,
    parse,
    readings,
)

TODAY = date(2026, 5, 13)
VALID = "19610124-2797"


@pytest.mark.parametrize(
    ("written", "value", "kind", "born", "sex"),
    [
        (VALID, "196101242797", Kind.PERSONAL, date(1961, 1, 24), Sex.MAN),
        ("196101242797", "196101242797", Kind.PERSONAL, date(1961, 1, 24), Sex.MAN),
        ("610124-2797", "196101242797", Kind.PERSONAL, date(1961, 1, 24), Sex.MAN),
        (" 6101242797 ", "196101242797", Kind.PERSONAL, date(1961, 1, 24), Sex.MAN),
        ("1961 0124 2797", "196101242797", Kind.PERSONAL, date(1961, 1, 24), Sex.MAN),
        ("19610124\u20132797", "196101242797", Kind.PERSONAL, date(1961, 1, 24), Sex.MAN),
        # Over a hundred years old: the plus sign alone tells 1920 from 2020.
        ("200907+9282", "192009079282", Kind.PERSONAL, date(1920, 9, 7), Sex.WOMAN),
        ("20240916-2381", "202409162381", Kind.PERSONAL, date(2024, 9, 16), Sex.WOMAN),
        ("240916-2381", "202409162381", Kind.PERSONAL, date(2024, 9, 16), Sex.WOMAN),
        ("98240301AA06", "98240301AA06", Kind.NATIONAL_RESERVE, date(2024, 3, 1), Sex.WOMAN),
        ("22950606-fh20", "22950606FH20", Kind.NATIONAL_RESERVE, date(1995, 6, 6), Sex.WOMAN),
        ("25780404KHD5", "25780404KHD5", Kind.NATIONAL_RESERVE, date(1978, 4, 4), None),
        ("00342145BZ31", "00342145BZ31", Kind.NATIONAL_RESERVE, None, Sex.MAN),
        ("00749852BZK0", "00749852BZK0", Kind.NATIONAL_RESERVE, None, None),
        ("992026123456", "992026123456", Kind.LOCAL_RESERVE, None, None),
        ("19780404-K123", "19780404K123", Kind.LOCAL_RESERVE, date(1978, 4, 4), None),
        ("19780404TA1B", "19780404TA1B", Kind.LOCAL_RESERVE, date(1978, 4, 4), None),
        ("197804041A23", "197804041A23", Kind.LOCAL_RESERVE, date(1978, 4, 4), None),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(
    written: str, value: str, kind: Kind, born: date | None, sex: Sex | None
) -> None:
    found = parse(written, today=TODAY)
    assert (found.value, found.kind, found.birth_date, found.sex) == (value, kind, born, sex)
    assert found.shown == f"{value[:8]}-{value[8:]}"


@pytest.mark.parametrize(
    ("written", "code", "words"),
    [
        ("", "empty", "personnumret"),
        ("   ", "empty", "personnumret"),
        ("61012427", "length", "8 tecken"),
        ("1961012427977", "length", "13 tecken"),
        ("19610124-279?", "characters", "tecken"),
        ("19610124-279Å", "characters", "tecken"),
        ("19611324-2797", "date", "datum"),
        ("19610230-2797", "date", "datum"),
        ("610230-2797", "date", "datum"),
        ("20260514-2380", "future", "inte varit"),
        ("18610124-2797", "too_old", "130 år"),
        ("19610124-2798", "check_digit", "sista siffran"),
        ("98240301AA07", "check_digit", "sista siffran"),
        ("00341145BZ31", "date", "datum"),
        ("00342160BZ31", "date", "datum"),
        ("22951306FH20", "date", "datum"),
        ("22950606FI20", "format", "reservnummer"),
        ("950606FH20", "century", "12 tecken"),
        ("19610124+2797", "plus", "hundra"),
        ("610124++2797", "characters", "tecken"),
        ("6101242797+", "characters", "tecken"),
        ("18780404K123", "too_old", "130 år"),
        ("20780404K123", "future", "inte varit"),
        ("19781304K123", "date", "datum"),
    ],
)  # fmt: skip
def test_each_refusal_says_why(written: str, code: str, words: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        parse(written, today=TODAY)
    assert refused.value.code == code
    assert words in refused.value.message
    assert str(refused.value) == refused.value.message


def test_ten_digits_and_today_decide_the_century() -> None:
    assert parse("200907-9282", today=date(2019, 12, 31)).value == "192009079282"
    with pytest.raises(IdentifierError):
        parse("200907+9282", today=date(2019, 12, 31))


def test_coordination_number_has_sixty_added_to_the_day() -> None:
    # Put together here, so that no valid coordination number stands in the project.
    check = next(digit for digit in "0123456789" if luhn_ok(f"610184279{digit}"))
    found = parse(f"19610184-279{check}", today=TODAY)
    assert (found.kind, found.birth_date, found.sex) == (Kind.COORDINATION, date(1961, 1, 24), Sex.MAN)


@pytest.mark.parametrize(
    ("written", "day", "value"),
    [
        # The whole year in which one turns a hundred, before the day and after it.
        ("260110+8356", date(2026, 1, 5), "192601108356"),
        ("260110+8356", date(2026, 12, 31), "192601108356"),
        ("260110+8356", date(2027, 1, 1), "192601108356"),
        ("260110-8356", date(2026, 1, 5), "192601108356"),
        (f"20{'260110-8356'}", date(2026, 1, 10), f"20{'2601108356'}"),
    ],
)
def test_plus_belongs_to_the_whole_year_of_the_hundredth_birthday(
    written: str, day: date, value: str
) -> None:
    assert parse(written, today=day).value == value


@pytest.mark.parametrize("day", [date(2026, 1, 5), date(2026, 12, 31)])
def test_plus_may_stand_in_all_twelve_digits_too(day: date) -> None:
    assert parse("19260110+8356", today=day).value == "192601108356"


def test_plus_is_not_for_somebody_who_is_ninety_nine_all_year() -> None:
    with pytest.raises(IdentifierError):
        parse("260110+8356", today=date(2025, 12, 31))


def coordination(first_eight: str) -> str:
    """Put together here, so that no more valid coordination numbers stand in the project."""
    nine = first_eight[2:] + "239"
    return first_eight + "239" + next(digit for digit in "0123456789" if luhn_ok(nine + digit))


@pytest.mark.parametrize("number", ["191500722390", coordination("19800060"), coordination("19801260")])
def test_a_coordination_number_may_leave_month_or_day_open(number: str) -> None:
    found = parse(number, today=TODAY)
    assert (found.kind, found.birth_date, found.sex) == (Kind.COORDINATION, None, Sex.MAN)
    assert parse(number[2:], today=TODAY).value[2:] == number[2:]


@pytest.mark.parametrize(
    ("first_eight", "day"),
    [
        # The last day and month that have begun, and the first that have not.
        ("20260573", TODAY), ("19260574", TODAY), ("20260560", TODAY), ("19260660", TODAY), ("19261260", TODAY),
        ("20110161", date(2019, 12, 31)), ("20260060", date(2026, 1, 1)), ("18960161", TODAY),
        ("19800091", TODAY),
    ],
)  # fmt: skip
def test_ten_digits_mean_the_last_such_day_that_has_been(first_eight: str, day: date) -> None:
    number = coordination(first_eight)
    assert parse(number, today=day).value == number
    if first_eight > "1927" or first_eight.startswith("1926"):
        assert parse(number[2:], today=day).value == number


@pytest.mark.parametrize(
    ("first_eight", "code"),
    [("18950161", "too_old"), ("19801360", "date"), ("19800092", "date"), ("19800292", "date"), ("19810289", "date"),
     ("20270072", "future"), ("20260660", "future"), ("18900072", "too_old"), ("19800000", "date")],
)  # fmt: skip
def test_what_no_coordination_number_has(first_eight: str, code: str) -> None:
    assert refusal_code(coordination(first_eight)) == code


@pytest.mark.parametrize(("first_eight", "code"), [("19800289", ""), ("19810289", "date"), ("20000289", "")])
def test_leap_days_are_days_of_leap_years_only(first_eight: str, code: str) -> None:
    assert refusal_code(coordination(first_eight)) == code


@pytest.mark.parametrize(
    "between",
    ["\u2010", "\u2011", "\u2212", "\u00ad", "\u2043", "\uff0d", "\ufe63", " \u2014 ", "\u200b", "\ufeff"],
)
def test_any_dash_and_any_blank_is_read_as_one(between: str) -> None:
    assert parse(VALID.replace("-", between), today=TODAY).value == "196101242797"


def test_wide_digits_are_digits() -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in "610124-2797")
    assert parse(wide, today=TODAY).value == "196101242797"


def test_ten_digits_can_stand_for_two_centuries_and_twelve_for_one() -> None:
    def numbers(written: str) -> list[str]:
        return [found.value for found in readings(written, today=TODAY)]

    assert numbers("240916-2381") == ["202409162381", f"19{'2409162381'}"]
    assert numbers("20240916-2381") == ["202409162381"]
    assert numbers("240916+2381") == [f"19{'2409162381'}"]
    assert numbers(VALID[2:]) == ["196101242797"]


def test_only_the_countys_own_local_formats_are_taken() -> None:
    assert parse("19780404-K123", today=TODAY).local_format == "vgr"
    with pytest.raises(IdentifierError) as refused:
        parse("19780404-K123", today=TODAY, local_formats=())
    assert refused.value.code == "format"


@given(st.dates(date(1976, 1, 1), date(1989, 12, 31)), st.sampled_from(["238", "239"]), st.integers(0, 9))
def test_agrees_with_the_library(born: date, serial: str, check: int) -> None:
    written = f"{born:%Y%m%d}{serial}{check}"
    code = refusal_code(written)
    assert code in ("", "check_digit")
    assert (code == "") == personnummer.valid(written)


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    assert refusal_code(text) or len(parse(text, today=TODAY).value) == 12


def refusal_code(text: str, local_formats: Sequence[LocalFormat] = LOCAL_FORMATS) -> str:
    try:
        parse(text, today=TODAY, local_formats=local_formats)
    except IdentifierError as refused:
        return refused.code
    return ""


def test_no_number_has_three_noughts_after_the_date() -> None:
    nine = "610184000"
    check = next(digit for digit in "0123456789" if luhn_ok(nine + digit))
    assert refusal_code(f"19{nine}{check}") == "serial"


@pytest.mark.parametrize(
    ("first_eleven", "codes"),
    [
        # Without a date of birth: 20 to 99 where the month stands, 40 to 59 where the day stands.
        ("00342040BZ3", {"", "check_digit"}),
        ("00349959BZ3", {"", "check_digit"}),
        ("00341940BZ3", {"date"}),
        ("00342039BZ3", {"date"}),
        ("00342060BZ3", {"date"}),
        # The centuries of people and what lies between are no reserve numbers.
        ("01240301AA0", {"format"}),
        ("20240301AA0", {"format"}),
    ],
)
def test_which_numbers_are_national_reserve_numbers(first_eleven: str, codes: set[str]) -> None:
    assert {refusal_code(first_eleven + digit, local_formats=()) for digit in "0123456789"} == codes


def test_a_local_number_with_a_check_digit_has_the_right_one() -> None:
    nine = "011532123"
    right = next(digit for digit in "0123456789" if luhn_ok(nine + digit))
    assert parse(f"20{nine}{right}", today=TODAY).local_format == "carelink"
    wrong = (int(right) + 1) % 10
    assert refusal_code(f"20{nine}{wrong}") == "check_digit"


def test_a_local_number_of_this_century_is_one_too() -> None:
    assert parse("20240301K123", today=TODAY).birth_date == date(2024, 3, 1)


def test_what_stands_where_others_have_a_date_is_no_date() -> None:
    assert parse("992001151234", today=TODAY).birth_date is None
    assert Identifier(Kind.LOCAL_RESERVE, "19780404K123", "an unknown format").birth_date is None


def test_what_ten_digits_can_stand_for_goes_by_the_day_and_the_countys_formats() -> None:
    assert [found.value for found in readings("200907-9282", today=date(2019, 12, 31))] == ["192009079282"]
    with pytest.raises(IdentifierError):
        readings("19780404-K123", today=TODAY, local_formats=())


def test_the_century_before_goes_by_the_same_day_and_the_same_formats() -> None:
    # Born in 1985 or 1885: in 2010 both may live, today the elder is more than 130 years old.
    check = next(digit for digit in "0123456789" if luhn_ok(f"850706238{digit}"))
    ten = f"850706-238{check}"
    found = readings(ten, today=date(2010, 1, 1))
    assert [one.value[:2] for one in found] == ["19", "18"]
    assert len(readings(ten)) == 1
    own = (LocalFormat("own", r"18\d{10}", date_of_birth=False),)
    assert [one.kind for one in readings(ten, today=TODAY, local_formats=own)] == [
        Kind.PERSONAL,
        Kind.LOCAL_RESERVE,
    ]


def test_a_plus_leads_two_centuries_back_where_the_last_one_is_less_than_a_hundred_years_ago() -> None:
    check = next(digit for digit in "0123456789" if luhn_ok(f"990706980{digit}"))
    assert parse(f"990706+980{check}", today=date(2005, 1, 1)).value[:4] == "1899"


def test_the_check_digit_of_a_local_number_goes_by_all_ten_digits() -> None:
    def code(ten: str) -> str:
        try:
            return parse(f"19{ten}", today=TODAY).local_format
        except IdentifierError as refused:
            return refused.code

    nine = "850432123"
    right = next(digit for digit in "0123456789" if luhn_ok(f"{nine}{digit}"))
    short = next(digit for digit in "0123456789" if luhn_ok(f"{nine[1:]}{digit}"))
    assert right != short
    assert (code(f"{nine}{right}"), code(f"{nine}{short}")) == ("carelink", "check_digit")
