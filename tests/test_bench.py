"""`make bench` runs: it fills, measures everything beside its yardstick and tells each verdict; none is judged here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.left_out import on_postgresql
from tests.support.server import ROOT


@pytest.mark.long
def test_everything_is_measured_beside_its_yardstick(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    database = "postgresql" if on_postgresql() else "sqlite"
    command = [sys.executable, "-m", "tools.bench", "--cases", "200", "--clients", "2", "--seconds", "1"]
    done = subprocess.run(
        [*command, "--database", database, "--results", str(results)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (leg,) = json.loads(results.read_text())
    assert set(leg["yardsticks"]) == {"empty", "list", "case", "insert"}
    names = {"worklist", "refresh", "case", "send", "acknowledge", "sign", "lock", "print"}
    assert set(leg["operations"]) == names
    for operation in leg["operations"].values():
        assert all(figures["requests"] and not figures["refused"] for figures in operation["figures"])
    assert leg["locked"] == 0
    assert "at most 8" in done.stdout
