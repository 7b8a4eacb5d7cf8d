"""The mutation run itself: what it changes and leaves alone, and that a test that bites is told from another."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once("sqlite")
# In a process of its own: the libraries take seconds to read, and the run forks.
RUN = """
import json, sys
from pathlib import Path
sys.path[:0] = sys.argv[1:]
import pytest
from tools.mutants.changes import changes_of
from tools.mutants.judging import Judge

found, paths = [], [Path("age.py")]
judge = Judge(paths, changes_of(paths[0]), found.append, caches=False)
pytest.main(["-q", "-p", "no:django", "-p", "no:randomly", "-c", "/dev/null", "test_age.py"], plugins=[judge])
told = [(one.change.function, one.change.diff.splitlines()[-1][1:].strip(), one.outcome) for one in found]
print(json.dumps(told))
"""
CODE = '''
"""A room."""

LIMIT = 18


def refusal(age: int, least: int = LIMIT) -> str | None:
    """Why not."""
    if age < least:
        return str.upper("Too young.")
    raise ValueError("What now?")


class Case:
    @property
    def late(self) -> bool:
        return self.call(self.due, at=1, name=_("Late"))

    def __str__(self) -> str:
        kept = super().__str__()
        return kept
'''
TESTS = """
from age import Case, refusal


def test_it():
    assert refusal(17)


def test_its_name():
    assert str(Case())
"""


def test_changes_that_bite_are_told_from_others_and_texts_types_and_declarations_stay(tmp_path: Path) -> None:
    (tmp_path / "age.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "test_age.py").write_text(TESTS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(Path.cwd()), str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    assert {tuple(told) for told in json.loads(done.stdout.splitlines()[-1])} == {
        ("refusal", "if (age < least) and False:", "killed"),
        ("refusal", "if (age < least) or True:", "survived"),
        ("refusal", "if age <= least:", "survived"),
        ("refusal", 'return str.upper("XXToo young.XX")', "survived"),
        # Without `super` too, and what comes after it is judged by the same tests.
        ("Case.__str__", "kept = None", "killed"),
        ("Case.late", 'return self.call(None, at=1, name=_("Late"))', "not reached"),
        ("Case.late", 'return self.call(self.due, name=_("Late"))', "not reached"),
        ("Case.late", 'return self.call(self.due, at=2, name=_("Late"))', "not reached"),
    }
