"""What differs between two texts is shown whole: nothing of either is lost."""

from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samordna.web.differences import Change, word_changes

TEXTS = st.text(alphabet="ab \n", max_size=40)


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_put_together_again(before, after):
    pieces = list(word_changes(before, after))
    assert "".join(text for kind, text in pieces if kind is not Change.ADDED) == before
    assert "".join(text for kind, text in pieces if kind is not Change.STRUCK) == after


def test_changes_are_marked_in_words_and_escaped():
    template = Template("{% load web %}{% changes before after %}")
    with translation.override("sv"):
        shown = template.render(Context({"before": "Gå ut", "after": "Gå <b>hem</b>"}))
    assert shown == (
        'Gå <del><span class="sr-only">struket: </span>ut</del>'
        '<ins><span class="sr-only">tillagt: </span>&lt;b&gt;hem&lt;/b&gt;</ins>'
    )
