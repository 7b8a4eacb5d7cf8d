"""The migrated database is kept for the next run: to migrate takes ten seconds, and gives the same until code changes.

It stands in pytest's cache folder, by a digest of all that could make it another one.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def digest(server: str) -> str:
    """Of the program without its tests, of the versions of what it stands on, and of how the tests set a server up."""
    code = (path for path in ROOT.glob("samordna/**/*.py") if "tests" not in path.parts)
    said = hashlib.sha256(server.encode())
    for path in sorted([*code, *ROOT.glob("requirements/*.txt"), Path(__file__)]):
        said.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return said.hexdigest()[:20]


class Kept:
    """One file or folder in pytest's cache, for this kind and version of server. A run without a cache keeps none."""

    def __init__(self, config: pytest.Config, kind: str, version: str) -> None:
        cache = getattr(config, "cache", None)
        self.place = cache.mkdir("migrated") / f"{kind}-{digest(version)}" if cache else None

    @property
    def there(self) -> bool:
        return self.place is not None and self.place.exists()

    def put(self, copy_to: Callable[[Path], None]) -> None:
        """Keep what `copy_to` writes, and let go of what older code made. Two runs at once keep the same."""
        if self.place is None:
            return
        kind, folder = self.place.name.split("-")[0], self.place.parent
        older = [path for path in folder.glob(f"{kind}-*") if path != self.place]
        new = folder / f"new-{kind}-{os.getpid()}"
        copy_to(new)
        try:
            new.rename(self.place)
        except OSError:
            older.append(new)
        _let_go(older)


def sqlite_copied(source: str, target: str) -> None:
    """SQLite's own copying also takes what still stands in the write-ahead log."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def folder_copied(source: Path, target: Path) -> None:
    """A server's folder belongs to the server's user, and does in the copy too."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def _let_go(paths: Iterable[Path]) -> None:
    for path in paths:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
