"""What is said is said in Swedish too, and every act in the log has a sentence."""

import pytest

from samordna.audit.sentences import SENTENCES
from samordna.audit.states import Action
from tests.architecture.tree import ROOT
from tools.translations import differences, faults, rooms

pytestmark = pytest.mark.once("sqlite")


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_the_room_is_translated(room) -> None:
    assert faults(room) == []


def test_one_text_has_one_translation() -> None:
    assert differences() == []


def test_every_act_in_the_log_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Action)
    assert [action for action, sentence in SENTENCES.items() if not str(sentence).strip()] == []


def test_what_comes_from_outside_is_normalised_at_one_place_only() -> None:
    """`kernel.text.normalized`: elsewhere a letter with very many marks would take minutes."""
    calls = {
        str(file.relative_to(ROOT / "samordna"))
        for file in (ROOT / "samordna").rglob("*.py")
        if "unicodedata.normalize(" in file.read_text(encoding="utf-8") and "tests" not in file.parts
    }
    # Stored texts, one sign, names of the made-up county.
    harmless = {
        "kernel/collation.py",
        "printouts/coverage.py",
        "kernel/csv_cells.py",
        "demo/county/users.py",
    }
    assert calls == {"kernel/text.py"} | harmless
