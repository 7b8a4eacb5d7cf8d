"""Lets several acts meet: they start at one barrier, each with a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

# Seconds; nothing is asserted about time, and a machine may be slow.
PATIENCE = 300


def run_together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned, or the exception that it raised, in the order given."""
    barrier = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=PATIENCE)
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    return results
