"""Whether the tests notice a change: a plug-in of pytest that forks for each change and runs those that reach it."""

import ast
import gc
import importlib
import os
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage

from tools.mutants.changes import Change

SURVIVED, KILLED, NOT_REACHED, NOT_MADE = "survived", "killed", "not reached", "not made"
_CODES = {0: SURVIVED, 1: KILLED, 3: NOT_MADE}
# Seconds of the processor, and of the clock, that a change may take beyond what its tests take.
_SPARE, _CLOCK = 10, 120


@dataclass(frozen=True)
class Verdict:
    change: Change
    outcome: str
    tests: int


class Judge:
    """Runs the collected tests twice, to see which reach what; then each change against those that reach it.

    In the first run worded queries, days off and the like are forgotten before each test; in the second they and the
    stages of cases are there already. A change that no test reaches then is judged with all of that forgotten.
    Without `caches`, for rules that keep nothing, that is not done: to word all statements anew takes time.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        changes: Iterable[Change],
        told: Callable[[Verdict], None],
        *,
        caches: bool = True,
        most: int | None = None,
    ) -> None:
        self.paths, self.changes, self.told, self.caches, self.most = paths, changes, told, caches, most
        self.broken: set[str] = set()
        self._seconds: dict[str, float] = {}
        self._killers: dict[tuple[Path, str], Counter[str]] = defaultdict(Counter)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = {item.nodeid: item for item in session.items}
        self._coverage = Coverage(
            data_file=None, config_file=False, include=[str(path.resolve()) for path in self.paths]
        )
        self._coverage.start()
        self._caches = _caches() if self.caches else []
        for run in ("cold", "warm"):
            for item in session.items:
                if run == "cold":
                    self._forget()
                self._coverage.switch_context(f"{run} {item.nodeid}")
                started = time.process_time()
                if not _passes(item, session.items[0]):
                    self.broken.add(item.nodeid)
                self._seconds[item.nodeid] = time.process_time() - started
        self._coverage.stop()
        self._data = self._coverage.get_data()
        _close_databases()
        self._functions = _functions_of(self.paths)
        if self._fork(
            [item for item in session.items[::10] if item.nodeid not in self.broken], None, cold=False
        ):
            raise pytest.UsageError(
                "Tests that pass fail in a process of their own: nothing could be judged."
            )
        for change in self.changes:
            self.told(self._verdict(change))
        return True

    def _forget(self) -> None:
        for forget in self._caches:
            forget()

    def _verdict(self, change: Change) -> Verdict:
        warm, cold = (self._reaching(change, run) for run in ("warm", "cold"))
        warm, later = warm[: self.most], [test for test in cold if test not in warm][: self.most]
        if not warm and not later:
            return Verdict(change, NOT_REACHED, 0)
        outcome = SURVIVED
        for tests, forgotten in ((warm, False), (later, True)):
            if tests and outcome == SURVIVED:
                status = self._fork([self._items[test] for test in tests], change, cold=forgotten)
                outcome = _CODES.get(status, KILLED)
        return Verdict(change, outcome, len(warm) + len(later))

    def _reaching(self, change: Change, run: str) -> list[str]:
        by_line = self._data.contexts_by_lineno(str(change.path.resolve()))
        first, last = change.lines
        found = {
            context.removeprefix(f"{run} ")
            for line in range(first, last + 1)
            for context in by_line.get(line, ())
            if context.startswith(run)
        }
        # First those that have noticed most of the file, and of the function itself.
        killers = self._killers[change.path, ""] + self._killers[change.path, change.function]
        return sorted(found - self.broken, key=lambda test: (-killers[test], self._seconds[test]))

    def _fork(self, items: Sequence[pytest.Item], change: Change | None, *, cold: bool) -> int:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            # Whatever happens, the end of the run is not the child's: it would take the database with it.
            try:
                code = self._run(items, change, cold=cold, writing=writing)
            except BaseException:
                code = 3
            os._exit(code)
        os.close(writing)
        with os.fdopen(reading) as told:
            killer = told.read()
        _pid, status = os.waitpid(child, 0)
        if change and killer:
            self._killers[change.path, ""][killer] += 1
            self._killers[change.path, change.function][killer] += 100
        return os.waitstatus_to_exitcode(status)

    def _run(self, items: Sequence[pytest.Item], change: Change | None, *, cold: bool, writing: int) -> int:
        gc.disable()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        allowed = int(time.process_time() + 5 * sum(self._seconds[item.nodeid] for item in items)) + _SPARE
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_CLOCK)
        if cold:
            self._forget()
            _forget_stages()
        if change and not _make(change, self._functions):
            return 3
        for item in items:
            if not _passes(item, item):
                os.write(writing, item.nodeid.encode())
                return 1
        return 0


def _passes(item: pytest.Item, following: pytest.Item) -> bool:
    try:
        item.session._setupstate.teardown_exact(item)
        reports = runtestprotocol(item, log=False, nextitem=following)
    except BaseException:
        # Whatever a change leads to, it was noticed.
        return False
    return not any(report.failed for report in reports)


def _close_databases() -> None:
    """A connection is not shared by two processes."""
    from django.db import connections  # noqa: PLC0415 - only once pytest has set Django up

    connections.close_all()


# --- Making a change in the running program -------------------------------------------------------------------------


def _functions_of(paths: Sequence[Path]) -> dict[tuple[str, int], list[FunctionType]]:
    """The functions of these files, however decorated, by file and first line."""
    for path in paths:
        importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
    wanted = {str(path.resolve()) for path in paths}
    found = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename in wanted:
            found[one.__code__.co_filename, one.__code__.co_firstlineno].append(one)
    return found


def _make(change: Change, functions: dict[tuple[str, int], list[FunctionType]]) -> bool:
    """Give the functions that the change stands in its code. Whether there were any."""
    file = str(change.path.resolve())
    before = _outermost(compile(change.path.read_text(encoding="utf-8"), file, "exec"))
    after = _outermost(compile(change.code, file, "exec"))
    naming = _outermost(compile(_naming_classes(change.code), file, "exec"))
    made = False
    for old, new, named in zip(before, after, naming, strict=True):
        if old.co_firstlineno <= change.line <= _last_line(old):
            for function in functions.get((file, old.co_firstlineno), ()):
                if function.__code__ == old:
                    # A method that has lost its `super` has the cell of its class still, and must name it.
                    function.__code__ = new if new.co_freevars == old.co_freevars else named
                    made = True
    return made


def _naming_classes(code: str) -> ast.Module:
    """The same, with each method naming its class, as `super` does."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        for method in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(method, ast.FunctionDef):
                method.body.insert(0, ast.Expr(ast.Name("__class__", ast.Load())))
    return ast.fix_missing_locations(tree)


def _outermost(code: CodeType) -> list[CodeType]:
    """The code of functions that stand in no other function, in the order of the text."""
    found = []
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            inside_a_class = "__module__" in constant.co_names and not constant.co_flags & 0x02
            found += _outermost(constant) if inside_a_class else [constant]
    return found


def _last_line(code: CodeType) -> int:
    lines = [line for _start, _end, line in code.co_lines() if line is not None]
    inner = [_last_line(constant) for constant in code.co_consts if isinstance(constant, CodeType)]
    return max([code.co_firstlineno, *lines, *inner])


def _caches() -> list[Callable[[], Any]]:
    """What forgets all that the program keeps in memory."""
    return list(_forgetters())


def _forgetters() -> Iterator[Callable[[], Any]]:
    for one in gc.get_objects():
        if hasattr(type(one), "cache_clear") and str(getattr(one, "__module__", "")).startswith("samordna"):
            yield one.cache_clear
        elif str(type(one).__module__).startswith("samordna.kernel") and hasattr(one, "_worded"):
            yield one._worded.clear


def _forget_stages() -> None:
    """The tests' own: cases that have been brought to a stage once."""
    stages = sys.modules.get("tests.support.stages")
    if stages:
        stages._ground.kept.clear()
