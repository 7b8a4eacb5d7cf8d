"""What is asked of the overview: which list, and whom one looks for."""

import re
from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samordna.kernel.case_number import CaseNumberError, parse_case_number
from samordna.kernel.identifiers import IdentifierError, readings
from samordna.kernel.text import search_key
from samordna.overview.states import Chosen, ListName, Sought, SoughtBy
from samordna.web.formfields import ShortText

_LAST_PAGE = 10_000
_SHORTEST_NAME = 2
_LIKE_A_CASE_NUMBER = re.compile(r"[A-Z]{3}\s*\d.*|\d{4}-\d{1,8}(-\w?)?", re.IGNORECASE)


def chosen_list(asked: QueryDict) -> Chosen:
    """The list that an address names; what it does not name, or names wrongly, is as at the start."""
    names = {name.value for name in ListName}
    name = asked.get("list", "")
    page = asked.get("page", "")
    return Chosen(
        name=ListName(name) if name in names else ListName.ONGOING,
        mine=asked.get("mine") == "1",
        page=min(max(int(page), 1), _LAST_PAGE) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def moment_asked(text: str) -> datetime | None:
    """The moment of a refresh, or None when it is not one of ours."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


class SearchForm(forms.Form):
    """Case number, personal identity number in any form, or part of the name; nothing else (L-08)."""

    q = ShortText(
        label=_("Name, personal identity number or case number"),
        error_messages={"required": _("Write a name, a personal identity number or a case number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    sought: Sought

    def clean_q(self) -> str:
        text = str(self.cleaned_data["q"])
        self.sought = _sought(text)
        return text


def _sought(text: str) -> Sought:
    if not any(character.isdigit() for character in text):
        return _by_name(text)
    try:
        return Sought(SoughtBy.CASE_NUMBER, str(parse_case_number(text)))
    except CaseNumberError as error:
        if _LIKE_A_CASE_NUMBER.fullmatch(text):
            raise ValidationError(str(error), code="case_number") from error
    try:
        found = readings(text)
        return Sought(SoughtBy.NUMBER, found[0].value, earlier=found[-1].value)
    except IdentifierError as error:
        raise ValidationError(error.message, code=error.code) from error


def _by_name(text: str) -> Sought:
    if len(search_key(text)) < _SHORTEST_NAME:
        raise ValidationError(_("Write at least two letters of the name."), code="short")
    return Sought(SoughtBy.NAME, text)
