"""A refused act becomes words at the right place and is remembered for the log."""

import pytest
from django import forms

from samordna.kernel.refusal import Refusal, Refused, Stale
from samordna.web.formfields import ShortText
from samordna.web.forms import refusals_in

REFUSAL = Refusal(
    "plan.not_locked", "Planen är inte låst.", "Samordningsansvarig kan låsa den.", field="place"
)


class _Form(forms.Form):
    place = ShortText()


@pytest.fixture
def form():
    return _Form({"place": "Rum 3"})


def test_a_refusal_with_a_field_stands_at_the_field(make_request, form):
    request = make_request(post={})
    with refusals_in(request, form) as outcome:
        raise Refused(REFUSAL)
    assert form.errors == {"place": ["Planen är inte låst. Samordningsansvarig kan låsa den."]}
    assert request.refused == [REFUSAL]
    assert outcome.refusal == REFUSAL
    assert not outcome.stale


def test_a_refusal_without_a_known_field_stands_above_the_form(make_request, form):
    with refusals_in(make_request(post={}), form) as outcome:
        raise Stale(Refusal("goal.stale", "Någon annan har ändrat målet.", field="no_such_field"))
    assert form.non_field_errors() == ["Någon annan har ändrat målet."]
    assert outcome.stale


def test_without_a_form_it_becomes_a_message(make_request):
    request = make_request(post={})
    with refusals_in(request):
        raise Refused(REFUSAL)
    assert list(request._messages) == [str(REFUSAL)]


def test_nothing_refused(make_request, form):
    request = make_request(post={})
    with refusals_in(request, form) as outcome:
        pass
    assert outcome.refusal is None
    assert request.refused == []
    assert form.is_valid()


def test_other_errors_pass(make_request, form):
    with pytest.raises(ValueError, match="no refusal"), refusals_in(make_request(post={}), form):
        raise ValueError("no refusal")
