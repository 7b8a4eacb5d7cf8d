"""What is kept of a run for the next: only as long as the code is the same."""

from pathlib import Path

import pytest

from tests.support import migrated
from tests.support.migrated import Kept

pytestmark = pytest.mark.once("sqlite")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of one migration and one test, which the digest is of."""
    for name in ("room/migrations/0001_initial.py", "room/tests/test_it.py"):
        path = tmp_path / "samordna" / name
        path.parent.mkdir(parents=True)
        path.write_text("first")
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    monkeypatch.setattr(migrated, "__file__", str(tmp_path / "samordna/room/migrations/0001_initial.py"))
    return tmp_path / "samordna/room"


@pytest.mark.parametrize(
    ("changed", "is_kept"), [("tests/test_it.py", True), ("migrations/0001_initial.py", False)]
)
def test_a_migrated_database_is_kept_until_code_changes(
    pytestconfig: pytest.Config, tree: Path, tmp_path: Path, changed: str, is_kept: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(pytestconfig.cache, "_cachedir", tmp_path / "cache")
    first = Kept(pytestconfig, "sqlite", "3.40")
    assert not first.there
    first.put(lambda place: place.write_text("rows") and None)
    assert Kept(pytestconfig, "sqlite", "3.40").there
    assert not Kept(pytestconfig, "sqlite", "3.41").there
    (tree / changed).write_text("second")
    again = Kept(pytestconfig, "sqlite", "3.40")
    assert again.there == is_kept
    again.put(lambda place: place.write_text("rows anew") and None)
    assert [path.name for path in again.place.parent.iterdir()] == [again.place.name], "the older one is gone"
