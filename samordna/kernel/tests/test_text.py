import re
import unicodedata
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna.kernel.text import (
    can_be_seen,
    clean_line,
    clean_text,
    fingerprint,
    isolated,
    listed,
    name_key,
    normalized,
    plain_dashes,
    search_key,
    search_words,
)


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
        # Newer than Python's tables, of somebody's own, and of no use at all.
        ("\U0001fbff\u0378\ue000\U000f0000", "\U0001fbff\u0378\ue000\U000f0000"),
        ("\ufffe\uffff\ufdd0kvar\ufdef\ufdf0", "kvar\ufdf0"),
        # Marks of direction, and a passage that ends on its line.
        (
            "5 mg \u200f(\u0645\u0631\u062d\u0628\u0627)\u200e",
            "5 mg \u200f(\u0645\u0631\u062d\u0628\u0627)\u200e",
        ),
        ("a \u2067\u05d0 1\u2069 b \u202bc\u202c", "a \u2067\u05d0 1\u2069 b \u202bc\u202c"),
        ("a \u2067b\nc\u2069 \u202bd\u2069 \u202eef\u202c", "a b\nc d ef"),
        ("a\u202e\u030a", "\u00e5"),
    ],
)
def test_what_is_kept_of_a_text(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "\u200b",
        "\u00ad \u00ad",
        "\u2800",
        "\u3164\n\u115f\uffa0",
        "\u200e\u200f",
        "\u180e\ufe0f\U000e0041",
        "\u2067\u2069",
    ],
)
def test_what_nobody_can_see_is_empty(typed: str) -> None:
    assert clean_text(typed) == clean_line(typed) == search_key(typed) == ""
    assert clean_text(f"{typed}a") != ""


def test_one_line() -> None:
    assert clean_line(" Anna \n  Lindqvist\u2029") == "Anna Lindqvist"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ÅSA  Öberg", "åsa öberg"),
        ("A\u030asa", "åsa"),
        ("ﬁn", "FIN"),
        ("Straße", "STRASSE"),
        ("１９", "19"),
        ("Mogård, Lars-Göran", "mogård lars\u2013göran"),
        ("Lars\u2011Göran", "lars\u2212göran"),
        ("Lars\u00adGöran", "larsgöran"),
        ("O\u2019Brien", "O'Brien"),
        ("Barn/ungdom (norr)", "Barn ungdom norr"),
        ("An\u200bna", "Anna"),
    ],
)
def test_search_keys_that_are_the_same(left: str, right: str) -> None:
    assert search_key(left) == search_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("IFO Vuxen", "Ifo-vuxen"),
        ("SE2120000340-A1", "se 2120000340\u2013a1"),
        ("Hemtjänst 1 norr", "HEMTJÄNST 1\u2014NORR"),
        ("ANNLIN", "\u0391NNLIN"),
        ("Åsa", "\u0410\u030as\u0430"),
        ("Hemtjänsten Norr", "H\u0435mtjänst\u0435n \u039d\u03bfrr"),
        ("COMA", "\u0421\u041e\u041c\u0410"),
        ("Vux", "V\u03c5\u03c7"),
    ],
)
def test_names_that_a_reader_takes_for_the_same(left: str, right: str) -> None:
    assert name_key(left) == name_key(right)
    assert name_key(left) != name_key(f"{right}2")


def test_names_of_other_alphabets_are_told_apart() -> None:
    """Only what is drawn alike is alike."""
    names = ["Νίκος", "Νίκη", "Олег", "Ольга", "Иван", "Инна", "Ira", "Ира"]
    assert len({name_key(name) for name in names}) == len(names)


def test_every_dash_of_an_id_is_the_one_on_the_keyboard() -> None:
    assert plain_dashes("A\u2010B\u2013C\u2212D\uff0dE-F") == "A-B-C-D-E-F"


def test_swedish_letters_are_letters_of_their_own() -> None:
    assert search_key("Öst") != search_key("Ost")


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize(
    "make",
    [clean_text, clean_line, search_key, name_key, partial(normalized, "NFD"), partial(normalized, "NFKC")],
)
@pytest.mark.parametrize("between", ["", "\x00", "\u200b"])
def test_marks_without_end_are_never_put_in_order_all_at_once(
    make: Callable[[str], str], between: str
) -> None:
    """To put them in order takes the square of their number: minutes for a text that may be sent."""
    typed = "a" + (("\u0301" * 20 + between) * 100 + ("\u0323" * 20 + between) * 100)
    runs = re.findall("[\u0301\u0323]+", make(typed))
    assert max(map(len, runs)) <= 30


def test_what_people_write_is_composed_as_ever() -> None:
    typed = (
        "A\u030angest, Ng\u0302\u0323, \u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd, \u0e19\u0e49\u0e33 "
        + "o\u0308" * 100
    )
    assert normalized("NFC", typed) == unicodedata.normalize("NFC", typed)


def test_after_thirty_marks_the_next_stand_on_a_joiner() -> None:
    mark, joiner = "\u0301", "\u034f"
    assert normalized("NFD", mark * 30 + "a" + mark * 30) == mark * 30 + "a" + mark * 30
    assert normalized("NFD", "a" + mark * 61) == f"a{mark * 30}{joiner}{mark * 30}{joiner}{mark}"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Anna", "Anna"),
        ("Åsa", "Åsa"),
        ("\u05d0\u05d1", "\u2068\u05d0\u05d1\u2069"),
        ("Dr \u0645", "\u2068Dr \u0645\u2069"),
        ("\u202bAnna\u202c", "\u2068\u202bAnna\u202c\u2069"),
    ],
)
def test_a_name_that_is_read_from_the_right_keeps_to_itself(name: str, shown: str) -> None:
    assert isolated(name) == shown
    assert listed([name, "Bo"]) == f"{shown}, Bo"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("  Mogård, Lars-Göran ", ["mogård", "lars", "göran"]),
        ("--- +++", ["+++"]),
        ("--- ---", ["---"]),
        ("a b c d e f g h i", list("abcdefgh")),
        ("x" * 300, ["x" * 200]),
        ("-" * 199 + " " + "y" * 300, ["y" * 200]),
        ("-" * 400 + "y", ["-" * 400]),
    ],
)
def test_the_words_that_every_name_found_has(typed: str, words: list[str]) -> None:
    assert search_words(typed) == words


@pytest.mark.parametrize(("sign", "seen"), [("a", True), ("-", True), (" ", False), ("\u200b", False)])
def test_what_is_drawn_by_itself_can_be_seen(sign: str, seen: bool) -> None:
    assert can_be_seen(sign) is seen


def test_a_fingerprint_is_of_the_value_in_any_order_of_its_keys() -> None:
    assert fingerprint({"b": 1, "a": [2]}) == fingerprint({"a": [2], "b": 1})
    assert fingerprint({"a": [2]}) != fingerprint({"a": [3]})
    assert fingerprint(object) != fingerprint(int)
    assert len(fingerprint(None)) == 24
