"""Writes the digest of each new migration into tests/data/migrations.sha256: `python -m tools.landed_migrations`.

Run it with the migration that is about to land. A line that is there is never written anew: what has landed has been
run somewhere, and an edited migration would not be run there again.
"""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "tests" / "data" / "migrations.sha256"


def landed() -> dict[str, str]:
    """Digest by migration, as the file holds them (`sha256sum --check` reads it too)."""
    lines = FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else []
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def present() -> dict[str, str]:
    """Digest by migration, as they stand in the tree."""
    paths = sorted((ROOT / "samordna").glob("*/migrations/[0-9]*.py"))
    return {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def main() -> None:
    known = present() | landed()
    FILE.write_text("".join(f"{known[name]}  {name}\n" for name in sorted(known)), encoding="utf-8")


if __name__ == "__main__":
    main()
