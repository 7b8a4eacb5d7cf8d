"""The import contracts hold, and each of them breaks when it is violated."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}
ROOMS = next(contract["containers"] for contract in CONTRACTS if contract["id"] == "inside")
PARTS = ["urls", "views", "forms", "presenters", "commands", "queries", "rules", "models", "states"]

VIOLATIONS = [
    ("rooms", "cases/queries.py", "import samordna.sip.queries"),
    ("rooms", "messaging/commands.py", "import samordna.documents.commands"),
    ("rooms", "sip/commands.py", "import samordna.demo"),
    ("rooms", "people/rules.py", "import samordna.config"),
    ("rooms", "helpers/__init__.py", ""),
    ("inside", "sip/queries.py", "import samordna.sip.commands"),
    ("inside", "sip/models.py", "import samordna.sip.rules"),
    ("inside", "overview/presenters.py", "import samordna.overview.views"),
    ("pages", "sip/views.py", "import samordna.sip.models"),
    ("pages", "sip/forms.py", "import samordna.cases.models"),
    ("pages", "overview/presenters.py", "import samordna.cases.models"),
    ("rules", "sip/rules.py", "import samordna.sip.models"),
    ("rules", "sip/rules.py", "import samordna.cases.models"),
    ("states", "sip/states.py", "import django.db"),
    ("audit", "sip/views.py", "import samordna.audit.commands"),
    ("audit", "sip/queries.py", "import samordna.audit.commands"),
    ("outbox", "overview/views.py", "import samordna.notifications.commands"),
]


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rooms with every part, all empty, under the project's own contracts."""
    folder = tmp_path_factory.mktemp("skeleton")
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    package = folder / "samordna"
    package.mkdir()
    (package / "__init__.py").touch()
    for room in [*(name.removeprefix("samordna.") for name in ROOMS), "config", "demo", "web", "kernel"]:
        (package / room).mkdir()
        (package / room / "__init__.py").touch()
    for room in ROOMS:
        for part in [*PARTS, "middleware"]:
            (package / room.removeprefix("samordna.") / f"{part}.py").touch()
    return folder


def test_the_project_keeps_its_contracts() -> None:
    code, output = lint(ROOT)
    assert code == 0, output


def test_empty_rooms_keep_them_too(skeleton: Path) -> None:
    code, output = lint(skeleton)
    assert code == 0, output
    assert all(f"{name} KEPT" in output for name in NAMES.values())


@pytest.mark.parametrize(("contract", "module", "line"), VIOLATIONS)
def test_a_violated_contract_breaks(skeleton: Path, contract: str, module: str, line: str) -> None:
    path = skeleton / "samordna" / module
    existed = path.exists()
    path.parent.mkdir(exist_ok=True)
    path.write_text(line + "\n")
    try:
        code, output = lint(skeleton)
    finally:
        path.write_text("") if existed else remove(path)
    assert code == 1, output
    assert f"{NAMES[contract]} BROKEN" in output or "not listed as layers" in output


def remove(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()


def test_each_contract_is_seen_to_break() -> None:
    assert {contract for contract, _module, _line in VIOLATIONS} == set(NAMES)
