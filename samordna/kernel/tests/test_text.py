import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna.kernel.text import clean_line, clean_text, search_key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Hej\r\nhej\rhej\u2028hej ", "Hej\nhej\nhej\nhej"),
        ("Anna\u202e\u2066 Lind\x00qvist\x07", "Anna Lindqvist"),
        ("A\u030angest", "Ångest"),
        ("kolumn\tett  \nrad", "kolumn ett\nrad"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\ud800kvar", "kvar"),
        ("👩‍👩‍👧 日", "👩‍👩‍👧 日"),
        ("\ufeff", ""),
    ],
)
def test_what_is_kept_of_a_text(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_one_line() -> None:
    assert clean_line(" Anna \n  Lindqvist\u2029") == "Anna Lindqvist"


@pytest.mark.parametrize(
    ("left", "right"),
    [("ÅSA  Öberg", "åsa öberg"), ("A\u030asa", "åsa"), ("ﬁn", "FIN"), ("Straße", "STRASSE"), ("１９", "19")],
)
def test_search_keys_that_are_the_same(left: str, right: str) -> None:
    assert search_key(left) == search_key(right)


def test_swedish_letters_are_letters_of_their_own() -> None:
    assert search_key("Öst") != search_key("Ost")


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert search_key(search_key(text)) == search_key(text)
