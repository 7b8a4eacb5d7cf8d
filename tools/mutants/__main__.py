"""`make mutants ROOM=kernel`: how many small changes of a room its tests notice, and which they do not.

What survives is printed as it is found, with the file, the function and the lines. `ROOM="kernel clock"` takes the
files of the room with that word in their path, `--survivors` only what survived the last time, `--every=4` a sample.
"""

import json
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.mutants.changes import Change, changes_of
from tools.mutants.judging import KILLED, Judge, Verdict

# The code of each room that is changed, and the tests that have to notice.
ROOMS = {
    "kernel": (
        [
            f"samordna/kernel/{name}.py"
            for name in (
                "actor",
                "case_number",
                "clock",
                "collation",
                "identifiers",
                "refusal",
                "text",
                "workingdays",
            )
        ],
        ["samordna/kernel/tests"],
    ),
    # What is one database's alone survives on the other: half of this is PostgreSQL's (SAMORDNA_TEST_DATABASE).
    "statements": (
        [f"samordna/kernel/{name}.py" for name in ("prepared", "rows", "together")],
        ["samordna/kernel/tests"],
    ),
    # Each part has its own, as a file or as a folder. Judged by tables without a database, which takes minutes.
    "rules": (
        [
            *(
                str(path)
                for room in ("samordna/casework", "samordna/sip")
                for name in ("rules", "rules.py", "steps", "steps.py")
                for path in sorted(Path(room).rglob(name))
            ),
            "samordna/casework/file/facts.py",
            "samordna/sip/facts.py",
            "samordna/sip/requirements.py",
            "samordna/sip/next_step.py",
        ],
        [
            *(f"samordna/sip/tests/test_{name}.py" for name in ("facts", "rows", "steps", "step_refusals")),
            *(f"samordna/sip/tests/test_rules_of_{name}.py" for name in ("a_case", "documents", "messages")),
        ],
    ),
    "cases": (["samordna/cases"], ["samordna/cases/tests"]),
    "messaging": (["samordna/messaging"], ["samordna/messaging/tests"]),
    "documents": (["samordna/documents"], ["samordna/documents/tests"]),
    "sessions": (
        [f"samordna/accounts/{name}.py" for name in ("rules", "sessions", "session_store", "kept_text")],
        ["samordna/accounts/tests"],
    ),
}
# They keep nothing in memory, and their tests take milliseconds: all that reach a change have a try at it.
PURE = frozenset({"rules"})
# So many tests at the most have a try at a change; what they let pass may be given to all by --survivors.
MOST = 25
KEPT = Path("var/mutants")


def files_of(places: list[str]) -> list[Path]:
    """The files with code, without their tests and migrations."""
    found = [
        path
        for place in map(Path, places)
        for path in ([place] if place.suffix else sorted(place.rglob("*.py")))
        if not {"tests", "migrations"} & set(path.parts) and path.stat().st_size
    ]
    return [path for path in found if path.name != "apps.py"]


def changes_in(paths: list[Path], among: set[str] | None, every: int) -> Iterator[Change]:
    found = (change for path in paths for change in changes_of(path))
    for number, change in enumerate(found):
        if number % every == 0 if among is None else change.key in among:
            yield change


def main(arguments: list[str]) -> int:
    """Judge a room, or those of its files whose path has one of the words."""
    name, words, options = _asked(arguments)
    again = "--survivors" in options
    places, tests = ROOMS[name]
    paths = [path for path in files_of(places) if not words or any(word in str(path) for word in words)]
    kept = KEPT / f"{name}.json"
    among = set(json.loads(kept.read_text(encoding="utf-8"))) if again else None
    verdicts: list[Verdict] = []

    def told(verdict: Verdict) -> None:
        verdicts.append(verdict)
        if verdict.outcome != KILLED:
            one = verdict.change
            reached = f"{verdict.outcome}, {verdict.tests} tests"
            print(f"\n{reached}: {one.path}:{one.line} {one.function}\n{one.diff}", flush=True)

    every = next((int(option.split("=")[1]) for option in options if option.startswith("--every=")), 1)
    most = None if again or every > 1 or name in PURE else MOST
    judge = Judge(paths, changes_in(paths, among, every), told, caches=name not in PURE, most=most)
    quiet = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-cov"]
    pytest.main([*quiet, *(test for test in tests if Path(test).exists())], plugins=[judge])
    left = [verdict.change.key for verdict in verdicts if verdict.outcome != KILLED]
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(left, indent=1), encoding="utf-8")
    if judge.broken:
        print(f"Left out, since they fail by themselves: {', '.join(sorted(judge.broken))}")
    _print_score(name, verdicts)
    return 0


def _asked(arguments: list[str]) -> tuple[str, list[str], list[str]]:
    words = [argument for argument in arguments if not argument.startswith("-")]
    if not words or words[0] not in ROOMS:
        sys.exit(f"Name a room: make mutants ROOM={'|'.join(ROOMS)}")
    return words[0], words[1:], [argument for argument in arguments if argument.startswith("-")]


def _print_score(name: str, verdicts: list[Verdict]) -> None:
    by_file: dict[Path, list[str]] = {}
    for verdict in verdicts:
        by_file.setdefault(verdict.change.path, []).append(verdict.outcome)
    for path, outcomes in by_file.items():
        print(f"{path}: {outcomes.count(KILLED)} of {len(outcomes)}")
    counted = Counter(verdict.outcome for verdict in verdicts)
    print(
        f"{name}: {counted[KILLED]} of {len(verdicts)} noticed; {dict(counted)}; {_seconds():.0f} s of the processor"
    )


def _seconds() -> float:
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
