"""Compares what the program says with its Swedish translations: `python -m tools.translations [room …]`.

Each room carries its own texts. Reads Python and templates itself, so that gettext's programs need not be installed.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOMS = Path(__file__).resolve().parents[1] / "samordna"
# Name of the function: places of message, plural and context among its arguments.
CALLS: dict[str, tuple[int, int | None, int | None]] = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
    "npgettext_lazy": (1, 2, 0),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@dataclass(frozen=True, order=True)
class Message:
    text: str
    plural: str = ""
    context: str = ""


def called_name(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def constant(call: ast.Call, place: int | None) -> str:
    if place is None or len(call.args) <= place:
        return ""
    value = call.args[place]
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def in_syntax(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called_name(node) in CALLS:
            text, plural, context = (constant(node, place) for place in CALLS[called_name(node)])
            if text:
                yield Message(text, plural, context)


def in_template(source: str) -> Iterator[Message]:
    """Django rewrites a template so that only the calls stay readable; each is parsed by itself."""
    readable = templatize(source)
    for start in re.finditer(r"\b(?:_|n?p?gettext)\(", readable):
        end = start.end()
        while True:
            end = readable.find(")", end) + 1
            if end == 0:
                break
            try:
                call = ast.parse(" ".join(readable[start.start() : end].splitlines()), mode="eval")
            except SyntaxError:
                continue
            yield from in_syntax(call)
            break


def said(room: Path) -> set[Message]:
    """Every text that the room marks for translation."""
    found: set[Message] = set()
    for path in room.rglob("*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            found.update(in_syntax(ast.parse(path.read_text(encoding="utf-8"))))
    for pattern in ("*.html", "*.txt"):
        for path in (room / "templates").rglob(pattern):
            found.update(in_template(path.read_text(encoding="utf-8")))
    return found


def catalogue(room: Path) -> polib.POFile | None:
    path = room / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path), encoding="utf-8", check_for_duplicates=True) if path.exists() else None


def faults_of_entry(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy or not entry.translated():
        yield f"not translated: {entry.msgid!r}"
        return
    asked = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        unknown = set(PLACEHOLDER.findall(text)) - asked
        if unknown or (text and not entry.msgid_plural and set(PLACEHOLDER.findall(text)) != asked):
            yield f"other placeholders than the original: {entry.msgid!r}"


def faults(room: Path) -> list[str]:
    """What is missing, unfinished or no longer said in the room's Swedish."""
    entries = catalogue(room)
    written = {
        Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "")
        for entry in entries or []
        if not entry.obsolete
    }
    wanted = said(room)
    missing = [f"missing: {message.text!r}" for message in sorted(wanted - written)]
    unused = [f"no longer said: {message.text!r}" for message in sorted(written - wanted)]
    unfinished = [fault for entry in entries or [] for fault in faults_of_entry(entry)]
    return missing + unused + unfinished


def differences() -> list[str]:
    """One text has one translation in the whole program, unless a context tells two uses apart."""
    seen: dict[Message, tuple[str, str]] = {}
    found = []
    for room in rooms():
        for entry in catalogue(room) or []:
            key = Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "")
            before = seen.setdefault(key, (room.name, entry.msgstr))
            if before[1] != entry.msgstr:
                found.append(
                    f"{entry.msgid!r}: {before[0]} says {before[1]!r}, {room.name} says {entry.msgstr!r}"
                )
    return found


def rooms() -> list[Path]:
    return sorted(path.parent for path in ROOMS.glob("*/apps.py"))


def main(chosen: list[str]) -> int:
    told = [
        f"{room.name}: {fault}"
        for room in rooms()
        if not chosen or room.name in chosen
        for fault in faults(room)
    ]
    told += differences()
    for line in told:
        print(line)
    print(f"{len(told)} faults in the translations" if told else "The translations are complete.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
