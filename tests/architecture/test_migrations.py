"""A migration that has landed is never edited: installed counties have run it, and would not run it again."""

import pytest

from tools.landed_migrations import landed, present

pytestmark = pytest.mark.once("sqlite")


def test_no_migration_that_has_landed_is_edited_or_gone() -> None:
    changed = [name for name, digest in landed().items() if present().get(name) != digest]
    assert changed == [], (
        f"Landed migrations are never edited, renamed or removed: put {', '.join(changed)} back as it was, and write a "
        "new migration instead."
    )


def test_every_new_migration_is_written_down() -> None:
    new = sorted(set(present()) - set(landed()))
    assert new == [], (
        f"Write down the digest of {', '.join(new)} as it lands: python -m tools.landed_migrations"
    )
