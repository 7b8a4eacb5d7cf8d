import threading
from typing import Any

import pytest
from django.db import transaction

from samordna.audit.commands import record, seal
from samordna.audit.models import Entry, Seal
from samordna.audit.queries import verify
from samordna.audit.states import Action
from samordna.audit.tests.support import AT, actor


def write() -> None:
    record(actor=actor(), at=AT, action=Action.CASE_SHOWN)


@pytest.mark.race
@pytest.mark.postgresql
@pytest.mark.requirement("L-05")
def test_an_entry_that_is_committed_late_is_not_left_out_of_the_seals(
    committed_db: str, in_threads: Any
) -> None:
    """PostgreSQL gives the slow one the lower id, but shows it after the quick one."""
    slow_has_written, sealing_tried = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write()
            slow_has_written.set()
            assert sealing_tried.wait(20)

    def quick() -> int:
        assert slow_has_written.wait(20)
        write()
        sealed = seal(at=AT)
        sealing_tried.set()
        return sealed

    assert in_threads(slow, quick) == [None, 0]
    assert seal(at=AT) == 2
    assert list(verify()) == []


@pytest.mark.race
@pytest.mark.requirement("L-05")
def test_sealing_at_the_same_time_makes_one_chain(committed_db: str, in_threads: Any) -> None:
    for _ in range(20):
        write()
    in_threads(*[lambda: seal(at=AT, limit=5)] * 4, write, write)
    while seal(at=AT, limit=5):
        pass
    assert list(verify()) == []
    assert Seal.objects.order_by("-number").first().last_id == Entry.objects.order_by("-id").first().id
