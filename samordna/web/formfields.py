"""Form fields that take what people write and answer in plain words when they cannot.

What was typed is always kept in the field. Lengths are checked here and not by `maxlength`:
a browser would cut a pasted text without a word.
"""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from samordna.kernel.text import LONG_TEXT_LIMIT, SHORT_TEXT_LIMIT, clean_line, clean_text
from samordna.web.swedish_dates import Prefer, read_date, read_time

FILL_IN = _("Fill in this field.")
# Django's own errors, told in our words: this room's catalogue comes before Django's.
SAID_BY_DJANGO = (
    _("This field is required."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("“%(value)s” is not a valid value."),
    _("Enter a valid email address."),
    _("Enter a valid value."),
    _("Enter a whole number."),
    _("Enter a list of values."),
)


def _fill_in(label: object) -> str:
    """What to do with an empty field, by its label: each says what is wanted in that very field."""
    text = str(label or "")
    if not text:
        return str(FILL_IN)
    if text.endswith("?"):
        return gettext("Answer the question: %(question)s") % {"question": text}
    shown = text if text[:2].isupper() else text[0].lower() + text[1:]
    return gettext("Fill in %(field)s.") % {"field": shown}


fill_in = lazy(_fill_in, str)


class _Text(forms.CharField):
    clean_typed: Callable[[str], str]

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        kwargs.setdefault("error_messages", {}).setdefault("required", fill_in(kwargs.get("label")))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        typed = "" if value in self.empty_values else str(value)
        # What is far too long is told so as it came: to clean it would keep the server busy for whoever sends it.
        return typed if len(typed) > 10 * self.limit + 1_000 else type(self).clean_typed(typed)

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - self.limit
        if over > 0:
            raise ValidationError(_too_long(over, self.limit), code="too_long")


class LongText(_Text):
    """Several lines, at most `limit` characters (10,000). Control and direction-turning characters go."""

    clean_typed = staticmethod(clean_text)

    def __init__(self, *, limit: int = LONG_TEXT_LIMIT, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "data-limit": limit}))
        super().__init__(limit=limit, **kwargs)


class ShortText(_Text):
    """One line, at most `limit` characters (200)."""

    clean_typed = staticmethod(clean_line)

    def __init__(self, *, limit: int = SHORT_TEXT_LIMIT, **kwargs: Any) -> None:
        super().__init__(limit=limit, **kwargs)


class Version(forms.IntegerField):
    """The hidden number of what the page was made from; one that no database keeps is refused at once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, **kwargs)


class SwedishDate(forms.DateField):
    """2026-11-22, 22/11, 22 nov, 1122, i morgon. Without a year it is the next such day, with `prefer="past"` the
    latest one, and with "nearest" whichever of them is nearer. Refuses days that do not exist, and years outside 1900
    to 2100."""

    def __init__(self, *, prefer: Prefer = "future", **kwargs: Any) -> None:
        self.prefer = prefer
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off"}))
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Write a date, such as 2026-11-22."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        return read_date(clean_line(str(value)), self.prefer)


class SwedishTime(forms.TimeField):
    """13.00, 13:00, 1300, kl 13. Refuses a time that no clock shows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(format="%H.%M", attrs={"autocomplete": "off"}))
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Write a time, such as 13.00."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return super().to_python(value)
        return read_time(clean_line(str(value)))


class Phone(ShortText):
    """A telephone number as typed: 1177, 0150-570 00 (växel), two numbers. Refuses what has no number in it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
        super().__init__(limit=PHONE_LENGTH, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_phone(value):
            raise ValidationError(PHONE_ADVICE, code="phone")


PHONE_LENGTH = 100
PHONE_ADVICE = _(
    "Write the telephone number with digits, such as 070-174 06 05. Put a comma between two numbers."
)
_PHONE = re.compile(r"(?:[^\W_]|[ +()/.,:;*#&‐‑–—-])+")
_NUMBER = re.compile(r"\d(?:[ ().‐‑–-]{0,3}\d)*")
_SHORTEST_NUMBER, _LONGEST_NUMBER = 3, 15


def is_phone(value: str) -> bool:
    """Whether one could call it: a number or several, with the words that people put beside them."""
    lengths = [sum(map(str.isdigit, number)) for number in _NUMBER.findall(value)]
    if not lengths or not _PHONE.fullmatch(value):
        return False
    return _SHORTEST_NUMBER <= max(lengths) <= _LONGEST_NUMBER


def _too_long(over: int, limit: int) -> Any:
    text = ngettext_lazy(
        "The text is %(over)d character too long. At most %(limit)d fit. Shorten it and try again.",
        "The text is %(over)d characters too long. At most %(limit)d fit. Shorten it and try again.",
        over,
    )
    return text % {"over": over, "limit": limit}
