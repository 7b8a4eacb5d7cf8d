"""The test run itself: what it cannot run it names, and each requirement is traced to its tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.trace import rows

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "SAMORDNA_TEST_DATABASE"}}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def without_chromium(tmp_path: Path) -> str:
    """A path on which no browser is found, only git and what runs programs."""
    for program in ("git", "runuser"):
        for folder in ("/usr/bin", "/usr/sbin", "/bin", "/sbin"):
            if (Path(folder) / program).exists():
                (tmp_path / program).symlink_to(Path(folder) / program)
                break
    return str(tmp_path)


def test_without_a_browser_its_tests_are_left_out_and_named(without_chromium: str, tmp_path: Path) -> None:
    report = tmp_path / "left-out"
    done = run(
        "pytest",
        "--collect-only",
        "tests/test_running_system.py",
        PATH=without_chromium,
        SAMORDNA_LEFT_OUT=str(report),
    )
    assert done.returncode == 0, done.stdout
    assert "deselected" in done.stdout
    assert "Left out: 1 tests in a browser: no Chromium" in done.stdout
    assert "no Chromium" in report.read_text()


def test_on_the_build_server_nothing_may_be_left_out(without_chromium: str) -> None:
    done = run("pytest", "--collect-only", "tests/test_running_system.py", PATH=without_chromium, CI="true")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "under CI no test may be left out" in done.stderr


def test_each_requirement_is_traced_to_its_tests() -> None:
    done = run("tools.trace")
    assert done.returncode == 0, done.stdout + done.stderr
    *lines, summary = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == rows()
    proved = [line for line in lines if not line.endswith(" -")]
    assert summary == f"{len(proved)} of {len(lines)} rows are proved."
    assert all(re.fullmatch(r"[KVDL]-\d+( \S+::\S+)+", line) for line in proved)
