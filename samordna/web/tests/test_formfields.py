"""What people write in fields, and what happens to what they cannot have meant."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from samordna.kernel import clock
from samordna.web.formfields import LongText, Phone, ShortText, SwedishDate, SwedishTime
from samordna.web.moments import on_date
from samordna.web.swedish_dates import read_date


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"), time_machine.travel("2026-11-22T10:00:00+01:00", tick=False):
        yield


def error(field, typed):
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("20261122", date(2026, 11, 22)),
        ("261122", date(2026, 11, 22)),
        ("22/11", date(2026, 11, 22)),
        ("22/11 2027", date(2027, 11, 22)),
        ("14/5", date(2027, 5, 14)),
        ("0514", date(2027, 5, 14)),
        ("14 maj", date(2027, 5, 14)),
        ("14 MAJ 2028", date(2028, 5, 14)),
        ("29/2", date(2028, 2, 29)),
        ("imorgon", date(2026, 11, 23)),
        ("I  morgon", date(2026, 11, 23)),
        ("i dag", date(2026, 11, 22)),
        ("i går", date(2026, 11, 21)),
        # As pages and prints show them.
        ("fre 4 dec", date(2026, 12, 4)),
        ("fre 4 dec 2026", date(2026, 12, 4)),
        ("fredag 4 december 2026", date(2026, 12, 4)),
        ("Fredag den 4 december", date(2026, 12, 4)),
        ("den 4 december", date(2026, 12, 4)),
        ("Fri 4 Dec", date(2026, 12, 4)),
        ("fre. 4/12", date(2026, 12, 4)),
        ("fre, 4 dec.", date(2026, 12, 4)),
        ("fredag 2026\u201312\u201304", date(2026, 12, 4)),
        ("2026 12 4", date(2026, 12, 4)),
        ("4/12/2026", date(2026, 12, 4)),
        # It was a Saturday this year and will be a Sunday next year.
        ("lör 21 nov", date(2026, 11, 21)),
        ("sön 21 nov", date(2027, 11, 21)),
    ],
)
def test_dates_as_people_write_them(typed, meant):
    assert SwedishDate().clean(typed) == meant


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_day_is_read_as_pages_show_it(language):
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    with translation.override(language):
        for days in range(-300, 300):
            day = at.date() + timedelta(days=days)
            for prefer in ("past", "future"):
                assert read_date(on_date(day, at=at), prefer) == day
                assert read_date(clock.shown_date(day), prefer) == day


def test_a_date_that_has_been_is_the_latest_one():
    assert SwedishDate(prefer="past").clean("14/5") == date(2026, 5, 14)
    assert read_date("23/11", "past", today=date(2026, 11, 22)) == date(2025, 11, 23)
    assert read_date("29/2", "past", today=date(2026, 11, 22)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/2", "Den dagen finns inte"),
        ("2027-02-29", "Den dagen finns inte"),
        ("12.13.14", "Skriv datumet som"),
        ("snart", "Skriv datumet som"),
        # Not whole, or not a date: what might be meant is not guessed.
        ("2026121", "Skriv datumet som"),
        ("2026-1201", "Skriv datumet som"),
        ("2026-12", "Skriv datumet som"),
        ("202612-1", "Skriv datumet som"),
        ("4 decibel", "Skriv datumet som"),
        ("4 marx", "Skriv datumet som"),
        ("fredag", "Skriv datumet som"),
        ("fredag 4", "Skriv datumet som"),
        ("fri4dag 4 dec", "Skriv datumet som"),
        ("4/12/26", "Skriv datumet som"),
        ("hej 4 dec", "Skriv datumet som"),
        ("4 dec 13.00", "Skriv datumet som"),
        ("tors 4 dec", "2026-12-04 är en fredag, och du skrev torsdag"),
        ("måndag 2026-12-04", "2026-12-04 är en fredag, och du skrev måndag"),
        ("3 hej", "Skriv datumet som"),
        ("1826-01-01", "Kontrollera året"),
        ("9999-12-31", "Kontrollera året"),
        ("0000-00-00", "Kontrollera året"),
        ("", "Skriv ett datum"),
        ("2026-11-22" * 1000, "Skriv datumet som"),
        ("²²/11", "Skriv datumet som"),
    ],
)
def test_dates_that_are_refused(typed, words):
    assert words in error(SwedishDate(), typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("13.00", time(13)),
        ("13:05", time(13, 5)),
        ("1300", time(13)),
        ("kl 9", time(9)),
        ("930", time(9, 30)),
        ("13.30", time(13, 30)),
        ("1330", time(13, 30)),
        ("kl 13", time(13)),
        ("kl. 13.30", time(13, 30)),
        ("klockan 13.00", time(13)),
    ],
)
def test_times(typed, meant):
    assert SwedishTime().clean(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["25.00", "12.60", "99", "nu", "12.00.00.00", "9.5", "13.3", "13330", "kl", "24.00", "13.00-14.00"],
)
def test_times_that_are_refused(typed):
    assert "Skriv tiden" in error(SwedishTime(), typed)


def test_long_text_is_cleaned_but_not_changed():
    field = LongText()
    assert field.clean("  Rad ett\r\nrad två\x00\x07 \u202ebakvänt ") == "Rad ett\nrad två bakvänt"
    assert field.clean("<script>alert(1)</script>") == "<script>alert(1)</script>"


def test_two_hundred_thousand_characters_are_refused_with_the_limit():
    words = error(LongText(), "a" * 200_000)
    assert words == "Texten är 190000 tecken för lång. Högst 10000 får plats. Korta den och försök igen."
    assert LongText().clean("a" * 10_000)


def test_short_text_is_one_line():
    assert ShortText().clean(" Rum\n 3  ") == "Rum 3"
    assert "Högst 200" in error(ShortText(), "a" * 201)
    assert error(ShortText(), " \u200f ") == "Fyll i fältet."
    assert error(ShortText(label="Plats"), " ") == "Fyll i plats."
    assert error(ShortText(label="HSA-id"), " ") == "Fyll i HSA-id."
    assert error(LongText(label="Varför rättas numret?"), " ") == "Svara på frågan: Varför rättas numret?"


def test_phone():
    assert Phone().clean(" 070-174 06 05 ") == "070-174 06 05"
    assert Phone().clean("+46 (0)8 465 004 00")
    for typed in (
        "ring mig",
        "12",
        "1" * 40,
        "0150-570 00 0150-570 01",
        "<b>0701740605",
        "070_174",
    ):
        assert "Sätt komma mellan två nummer" in error(Phone(), typed), typed


@pytest.mark.parametrize(
    "typed",
    [
        "1177",
        "112",
        "0150-570 00 (växel)",
        "0150-570 00, 0150-570 01",
        "0150-570 00 / 070-174 06 05",
        "Växel 0150-570 00; ankn. 4411",
        "+46 (0)150 570 00 dygnet runt",
        "08/123 456, vardagar 8.00–16.00",
    ],
)
def test_telephone_numbers_as_units_have_them(typed):
    assert Phone().clean(typed) == typed


class _Form(forms.Form):
    day = SwedishDate()
    text = LongText()


def test_what_was_typed_stays_in_the_field_and_nothing_cuts_it():
    form = _Form({"day": "31/2", "text": "b" * 200_000})
    assert not form.is_valid()
    shown = form.as_p()
    assert "31/2" in shown
    assert "b" * 200_000 in shown
    assert "maxlength" not in shown
