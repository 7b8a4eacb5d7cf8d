"""The test run itself: what it cannot run it names, and each requirement is traced to its tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import left_out
from tools import run_tests
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


@pytest.mark.parametrize(
    ("server", "on", "runs"),
    [
        ("/usr/bin", "sqlite", {"sqlite"}),
        ("/usr/bin", "postgresql", {"postgresql"}),
        (None, "sqlite", {"sqlite", "postgresql"}),
    ],
    ids=["SQLite", "PostgreSQL", "no server"],
)
def test_what_is_alike_on_both_databases_runs_on_one_and_is_never_left_out(
    server: str | None, on: str, runs: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(left_out, "find_programs", lambda: server)
    monkeypatch.setenv("SAMORDNA_TEST_DATABASE", on)
    assert {database for database in ("sqlite", "postgresql") if left_out.runs_here(database)} == runs


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


@pytest.mark.parametrize(
    ("checks", "tests_pass", "left_out", "on_build_server", "code"),
    [
        (0, True, [], True, 0),
        (0, True, ["a browser"], False, 0),
        (0, True, ["a browser"], True, 1),
        (0, False, [], True, 1),
        (1, True, [], True, 1),
    ],
    ids=["all well", "left out at home", "left out on the build server", "a test failed", "a check failed"],
)
def test_the_run_ends_well_only_when_all_was(
    monkeypatch: pytest.MonkeyPatch,
    checks: int,
    tests_pass: bool,
    left_out: list[str],
    on_build_server: bool,
    code: int,
) -> None:
    monkeypatch.setattr(run_tests, "check", lambda: checks)
    monkeypatch.setattr(run_tests, "run_tests", lambda _size, _folder: (tests_pass, left_out))
    monkeypatch.setattr(run_tests, "CI", on_build_server)
    assert run_tests.main("small") == code
