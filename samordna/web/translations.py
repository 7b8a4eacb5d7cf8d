"""Compiles the rooms' translations (.po, kept in the tree) to what gettext reads (.mo, built where it runs)."""

import os
from pathlib import Path

import polib

ROOMS = Path(__file__).resolve().parents[1]


def sources() -> list[Path]:
    return sorted(ROOMS.glob("*/locale/*/LC_MESSAGES/django.po"))


def is_current(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def compile_source(source: Path) -> None:
    """Unsure (fuzzy) and untranslated entries are left out: polib would write them as if they were finished."""
    catalogue = polib.pofile(str(source), check_for_duplicates=True)
    finished = polib.POFile()
    finished.metadata = catalogue.metadata
    finished.extend(entry for entry in catalogue if entry.translated() and not entry.fuzzy)
    # Written beside and moved, so that a reader never meets half a file; one draft per process, so that two that
    # compile at once never move each other's half.
    draft = source.with_suffix(f".{os.getpid()}.mo")
    finished.save_as_mofile(str(draft))
    draft.replace(source.with_suffix(".mo"))


def compile_all(*, only_stale: bool = True) -> list[Path]:
    """Compile what is missing or older than its source; returns the sources that were compiled."""
    chosen = [source for source in sources() if not (only_stale and is_current(source))]
    for source in chosen:
        compile_source(source)
    return chosen
