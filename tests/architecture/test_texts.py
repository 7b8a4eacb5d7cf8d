"""What is said is said in Swedish too, and every act in the log has a sentence."""

import pytest

from samordna.audit.sentences import SENTENCES
from samordna.audit.states import Action
from tools.translations import differences, faults, rooms


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_the_room_is_translated(room) -> None:
    assert faults(room) == []


def test_one_text_has_one_translation() -> None:
    assert differences() == []


def test_every_act_in_the_log_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Action)
    assert [action for action, sentence in SENTENCES.items() if not str(sentence).strip()] == []
