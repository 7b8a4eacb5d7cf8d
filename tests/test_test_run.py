"""The test run itself: what it cannot run it names, and each requirement is traced to its tests."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client

from tests.support import left_out
from tests.support.budget import Cost, kind_of, told
from tools import run_tests
from tools.trace import rows

pytestmark = pytest.mark.once("sqlite")

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


@pytest.mark.parametrize(
    ("marks", "fast", "waits"),
    [
        ({}, True, False),
        ({"once": ("sqlite",)}, False, False),
        ({"once": ("sqlite",)}, True, True),
        ({"long": ()}, False, True),
    ],
)
def test_while_something_is_being_made_what_is_alike_on_both_databases_waits(
    marks: dict[str, tuple[str, ...]], fast: bool, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(left_out, "FAST", fast)
    monkeypatch.setattr(left_out, "runs_here", lambda _database: True)
    found = {name: SimpleNamespace(args=given) for name, given in marks.items()}
    assert left_out._waits_for_the_long_run(SimpleNamespace(get_closest_marker=found.get)) is waits


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


@pytest.mark.long
def test_each_requirement_is_traced_to_its_tests() -> None:
    """Every test there is is gathered for it, which takes as long as a journey."""
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


def test_the_three_runs_together_hold_every_test_and_a_browser_is_started_in_one() -> None:
    chosen = run_tests.runs("small", has_postgresql=True)
    assert [(run.database, run.marks) for run in chosen] == [
        ("sqlite", "not system"),
        ("postgresql", "not system"),
        ("postgresql", "system"),
    ]


def test_without_a_server_the_journeys_are_tried_on_sqlite() -> None:
    chosen = run_tests.runs("small", has_postgresql=False)
    assert [(run.database, run.marks) for run in chosen] == [("sqlite", "not system"), ("sqlite", "system")]


@pytest.mark.parametrize(
    ("count", "cores", "workers"), [(3, 2, 1), (1, 2, 2), (3, 16, 5), (1, 64, 8), (3, 1, 1)]
)
def test_a_run_is_shared_out_over_the_cores_that_the_others_leave(
    count: int, cores: int, workers: int
) -> None:
    assert run_tests.workers_for(count, cores) == workers


def test_the_longest_run_is_shared_out_on_two_cores_and_the_journeys_nowhere() -> None:
    on_sqlite, on_postgresql, journeys = run_tests.runs("small", has_postgresql=True)
    assert run_tests.command(on_sqlite, "small", 1)[-6:-4] == ["-n", "2"]
    assert "-n" not in run_tests.command(on_postgresql, "small", 1)
    assert "-n" not in run_tests.command(journeys, "small", 5)


def test_a_form_is_posted_in_one_line_and_a_file_in_parts() -> None:
    posted: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        posted.append(request.content_type)
        assert request.POST.getlist("unit") == ["1", "2"]
        return HttpResponse()

    client = Client()
    client.handler.get_response = view  # type: ignore[method-assign, assignment]
    client.post("/", {"unit": [1, 2]})
    client.post("/", {"unit": [1, 2], "file": SimpleUploadedFile("units.csv", b"a")})
    assert posted == ["application/x-www-form-urlencoded", "multipart/form-data"]


def test_what_each_worker_of_a_run_tells_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "SQLite").write_text("3 tests: no proxy\n3 tests: no proxy\n")
    assert run_tests.told_by([run_tests.ON_SQLITE, run_tests.ON_POSTGRESQL], tmp_path) == [
        "3 tests: no proxy [SQLite]"
    ]


@pytest.mark.parametrize(
    ("path", "marks", "uses_database", "kind"),
    [
        ("samordna/sip/tests/test_plan.py::test_one", set(), True, "rooms"),
        ("samordna/sip/tests/test_plan.py::test_one", {"browser"}, True, "journeys"),
        ("samordna/kernel/tests/test_text.py::test_one", {"requirement"}, False, "rules"),
        ("tests/process/test_races.py::test_one", {"race"}, True, "races"),
        ("tests/process/test_machine.py::test_one", set(), True, "process"),
        ("tests/test_upgrades.py::test_one", set(), True, "house"),
    ],
)
def test_the_kind_of_a_test_is_told_by_its_marks_and_its_place(
    path: str, marks: set[str], uses_database: bool, kind: str
) -> None:
    assert kind_of(path, marks, uses_database=uses_database) == kind


def test_a_kind_over_its_budget_names_the_tests_that_ate_it() -> None:
    costs = [Cost("rooms", "dear", 9.0), Cost("rooms", "cheap", 0.5), Cost("rules", "quick", 0.1)]
    assert told(costs, {"rooms": 5, "rules": 5}) == [
        "    10 of 5 s rooms (2 tests): OVER",
        "         9.0 s dear",
        "         0.5 s cheap",
        "     0 of 5 s rules (1 tests)",
    ]
