import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna.kernel.case_number import CaseNumber, CaseNumberError, parse_case_number

NUMBER = CaseNumber(2026, 12)


@pytest.mark.parametrize(
    "written",
    [
        "SIP 2026-00012-{}", "2026-00012-{}", "2026-12-{}", "202600012{}", " sip2026-00012-{} ",
        "2026 00012 {}", "SPU 2026-12 {}",
    ],
)  # fmt: skip
def test_written_in_many_ways(written: str) -> None:
    for check in (NUMBER.check, NUMBER.check.lower()):
        assert parse_case_number(written.format(check)) == NUMBER


@pytest.mark.parametrize(
    "written", ["", "2026", "SIP 2026-00012", "2026-00000-A", "26-12-K", "2026-00012-Å", "١٢"]
)
def test_what_is_not_a_case_number_is_refused(written: str) -> None:
    with pytest.raises(CaseNumberError) as refused:
        parse_case_number(written)
    assert "2026-00012-K" in str(refused.value)


def test_shown_as_it_is_said() -> None:
    assert NUMBER.shown() == f"SIP 2026-00012-{NUMBER.check}"
    assert str(CaseNumber(2026, 123456)).startswith("2026-123456-")


@given(st.integers(2024, 2099), st.integers(1, 99_999), st.data())
def test_a_wrong_digit_and_two_that_changed_places_are_found(
    year: int, counter: int, data: st.DataObject
) -> None:
    digits = f"{year}{counter:05d}"
    check = CaseNumber(year, counter).check
    place = data.draw(st.integers(4, 8))
    wrong = digits[:place] + data.draw(st.sampled_from("0123456789")) + digits[place + 1 :]
    swapped = digits[: place - 1] + digits[place] + digits[place - 1] + digits[place + 1 :]
    for changed in {wrong, swapped} - {digits}:
        with pytest.raises(CaseNumberError):
            parse_case_number(changed + check)
