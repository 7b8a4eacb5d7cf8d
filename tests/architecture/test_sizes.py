"""A newcomer finds what they look for: small modules and templates, named by their subject."""

import pytest

from tests.architecture.tree import ROOT, published, shown, text_of

pytestmark = pytest.mark.once("sqlite")

MODULE_LINES = 400
TEMPLATE_LINES = 120
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "handler"}


def ours(ending: str) -> list:
    return [path for path in published() if path.suffix == ending and ROOT / "samordna" in path.parents]


def lines(path) -> int:
    return len(text_of(path).splitlines())


def test_modules_are_small() -> None:
    modules = [path for path in ours(".py") if not {"migrations", "tests"} & set(path.parts)]
    assert {shown(path): lines(path) for path in modules if lines(path) > MODULE_LINES} == {}


def test_templates_are_small() -> None:
    assert {shown(path): lines(path) for path in ours(".html") if lines(path) > TEMPLATE_LINES} == {}


def test_modules_are_named_by_their_subject() -> None:
    assert [shown(path) for path in ours(".py") if VAGUE & {path.stem, path.parent.name}] == []


def test_no_signals_and_no_save_of_our_own() -> None:
    """Effects of an act stand in its command, where they can be read (the SQLite collation excepted).

    The store of sessions is no model: Django asks each store for a `save`.
    """
    telling = ("post_save", "pre_save", "post_delete", "m2m_changed", "def save(self")
    found = {
        shown(path): word
        for path in ours(".py")
        if path.name not in {"forms.py", "session_store.py"} and "tests" not in path.parts
        for word in telling
        if word in text_of(path)
    }
    assert found == {}


def test_templates_carry_no_style_or_script_of_their_own() -> None:
    """The content security policy would stop them in the browser; better to see it here.

    The pages that the proxy gives when the program cannot have no style sheet to ask for.
    """
    found = {
        shown(path): word
        for path in ours(".html")
        if path.name != "standing.html" and path.parent.parts[-3:] != ("static", "web", "errors")
        for word in (" style=", "<style", " onclick=", " onchange=", " onsubmit=", "javascript:", "hx-on")
        if word in text_of(path)
    }
    assert found == {}
