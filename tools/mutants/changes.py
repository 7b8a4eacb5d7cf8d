"""What can be changed in a file: by mutmut's operators, inside functions, but nothing that is only said or declared."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_if_exp, operator_string

# What these are called with is read by people, or by the type checker.
_TEXTS = frozenset(
    {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "ValueError", "TypeError"}
)
_TYPES = frozenset({"cast", "TypeVar", "NewType"})
_SAID = (cst.Annotation, cst.Decorator, cst.Param)
# Whether `zip` minds lists of different lengths: a guard against ourselves.
_GUARDS = frozenset({"strict"})

Operator = Callable[[Any], Iterable[cst.CSTNode]]
# A condition is left out or always met, as mutmut does with the short form of an `if`.
_OPERATORS: tuple[tuple[type, Operator], ...] = (
    *mutation_operators,
    (cst.If, operator_if_exp),
    (cst.CompIf, operator_if_exp),
)


@dataclass(frozen=True)
class Change:
    """One change of a file. `lines`: those of the statement it is in; `line`: where it is itself."""

    path: Path
    function: str
    line: int
    lines: tuple[int, int]
    diff: str
    code: str

    @property
    def key(self) -> str:
        return f"{self.path}::{self.function}\n{self.diff}"


def changes_of(path: Path) -> Iterator[Change]:
    """Every change of the file, one at a time."""
    source = path.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    finder = _Finder()
    wrapper.visit(finder)
    seen = {source}
    for found in finder.found:
        code = _changed(wrapper.module, source, found)
        if code not in seen and _compiles(code):
            seen.add(code)
            yield Change(path, found.function, found.line, found.lines, _diff(source, code), code)


def _changed(module: cst.Module, source: str, found: "_Found") -> str:
    """The whole text with the one change. Only the outermost statement is written anew, which is what takes time."""
    was = module.code_for_node(found.outermost)
    new = found.outermost.deep_replace(found.node, found.instead)
    begins = source.index(was)
    return source[:begins] + module.code_for_node(new) + source[begins + len(was) :]


def _compiles(code: str) -> bool:
    try:
        compile(code, "changed", "exec")
    except SyntaxError:
        return False
    return True


def _diff(source: str, code: str) -> str:
    lines = list(unified_diff(source.splitlines(), code.splitlines(), n=0, lineterm=""))
    return "\n".join(line for line in lines[2:] if not line.startswith("@@"))


@dataclass(frozen=True)
class _Found:
    outermost: cst.CSTNode
    node: cst.CSTNode
    instead: cst.CSTNode
    function: str
    line: int
    lines: tuple[int, int]


class _Finder(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Found] = []
        self._names: list[str] = []
        self._functions = 0
        self._statements: list[tuple[int, int]] = []
        self._outermost: cst.CSTNode | None = None

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _is_left_alone(node):
            return False
        if isinstance(node, cst.BaseCompoundStatement | cst.SimpleStatementLine):
            if not self._statements:
                self._outermost = node
            self._statements.append(self._span(node))
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._names.append(node.name.value)
        if isinstance(node, cst.FunctionDef | cst.Lambda):
            self._functions += 1
        if self._functions:
            self._change(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        node = original_node
        if _is_left_alone(node):
            return
        if isinstance(node, cst.BaseCompoundStatement | cst.SimpleStatementLine):
            self._statements.pop()
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._names.pop()
        if isinstance(node, cst.FunctionDef | cst.Lambda):
            self._functions -= 1

    def _span(self, node: cst.CSTNode) -> tuple[int, int]:
        place = self.get_metadata(PositionProvider, node)
        if isinstance(node, cst.BaseCompoundStatement):
            body = self.get_metadata(PositionProvider, node.body)
            return place.start.line, max(place.start.line, body.start.line - 1)
        return place.start.line, place.end.line

    def _change(self, node: cst.CSTNode) -> None:
        place = self.get_metadata(PositionProvider, node, None)
        if place is None or self._outermost is None:
            return
        for kind, operator in _OPERATORS:
            if isinstance(node, kind):
                for instead in _meant(operator, node):
                    function = ".".join(self._names)
                    self.found.append(
                        _Found(
                            self._outermost, node, instead, function, place.start.line, self._statements[-1]
                        )
                    )


def _meant(operator: Operator, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Of several spellings of a string one; of a call's arguments none that is a text, and each in one way."""
    for place, instead in enumerate(operator(node)):
        if operator is operator_string and place:
            return
        if isinstance(node, cst.Call) and isinstance(instead, cst.Call) and not _spoils(node, instead):
            continue
        yield instead


def _spoils(node: cst.Call, instead: cst.Call) -> bool:
    """An argument that is named is left out, another one becomes None."""
    kept = {id(arg) for arg in instead.args}
    lost = [arg for arg in node.args if id(arg) not in kept]
    if any(_is_text(arg.value) or _is_guard(arg) for arg in lost):
        return False
    if len(instead.args) < len(node.args):
        return all(arg.keyword for arg in lost)
    return not any((arg.keyword and len(node.args) > 1) or _is_literal(arg.value) for arg in lost)


def _is_literal(node: cst.CSTNode) -> bool:
    """Whether it is changed by itself."""
    return isinstance(node, cst.SimpleString | cst.BaseNumber) or (
        isinstance(node, cst.Name) and node.value in {"True", "False"}
    )


def _is_left_alone(node: cst.CSTNode) -> bool:
    return isinstance(node, _SAID) or _is_docstring(node) or _is_guard(node) or _calls(node, _TEXTS | _TYPES)


def _is_guard(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value in _GUARDS


def _is_text(node: cst.CSTNode) -> bool:
    return _calls(node, _TEXTS) or (isinstance(node, cst.BinaryOperation) and _calls(node.left, _TEXTS))


def _calls(node: cst.CSTNode, names: frozenset[str]) -> bool:
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in names


def _is_docstring(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)
