"""The locked requirements hold together for every pip: what one of them asks of another stands there too."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT

pytestmark = pytest.mark.once("sqlite")

PIN = re.compile(r"^(?P<name>[\w.-]+)(?:\[(?P<extras>[\w.,-]+)\])?==", re.M)
Pins = dict[str, set[str]]


def pins(text: str) -> Pins:
    """Each locked distribution with the extras that it is locked with."""
    return {
        canonicalize_name(pin["name"]): set((pin["extras"] or "").split(",")) - {""}
        for pin in PIN.finditer(text)
    }


def lost_extras(locked: Pins) -> Iterator[str]:
    """Extras that an installed distribution asks for and that the lock leaves out."""
    for name, extras in locked.items():
        try:
            stated = [Requirement(line) for line in requires(name) or []]
        except PackageNotFoundError:  # for another system than this one
            continue
        for wanted in stated:
            met = not wanted.marker or any(
                wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)
            )
            if met and wanted.extras - locked.get(canonicalize_name(wanted.name), set()):
                yield f"{name} asks for {wanted.name}[{','.join(sorted(wanted.extras))}]"


@pytest.mark.parametrize("part", ["runtime", "dev"])
def test_the_locks_keep_the_extras_that_are_asked_for(part: str) -> None:
    """pip 23 does not see that `coverage[toml]` is pinned by `coverage==`, and refuses it for want of a digest."""
    locked = pins((ROOT / "requirements" / f"{part}.txt").read_text())
    assert len(locked) > 10
    assert list(lost_extras(locked)) == []


def test_an_extra_that_was_stripped_is_found() -> None:
    locked = pins((ROOT / "requirements" / "dev.txt").read_text())
    assert list(lost_extras({**locked, "coverage": set()})) == ["pytest-cov asks for coverage[toml]"]
