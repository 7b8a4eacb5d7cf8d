"""The import contracts hold, and each of them breaks when it is violated."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.once("sqlite")

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}
ROOMS = next(contract["containers"] for contract in CONTRACTS if contract["id"] == "inside")
PARTS = ["urls", "views", "forms", "presenters", "commands", "queries", "steps", "rules", "models", "states"]

VIOLATIONS = [
    ("rooms", "cases/queries.py", "import samordna.sip.facts"),
    ("rooms", "messaging/commands.py", "import samordna.documents.commands"),
    ("rooms", "sip/plan/commands.py", "import samordna.demo"),
    ("rooms", "people/rules.py", "import samordna.config"),
    ("inside", "sip/plan/queries.py", "import samordna.sip.plan.commands"),
    ("inside", "sip/plan/models.py", "import samordna.sip.plan.rules"),
    ("inside", "casework/messages/rules.py", "import samordna.casework.messages.steps"),
    ("casework", "casework/file/commands.py", "import samordna.casework.case.rules"),
    ("casework", "casework/consent/views.py", "import samordna.casework.messages.views"),
    ("sip", "sip/plan/rules.py", "import samordna.sip.evaluation.rules"),
    ("sip", "sip/rounds/views.py", "import samordna.sip.plan.views"),
    ("discharge", "discharge/admission/rules.py", "import samordna.discharge.ready.rules"),
    ("discharge_and_sip", "discharge/ready/rules.py", "import samordna.sip.plan.rules"),
    ("inside", "overview/presenters.py", "import samordna.overview.views"),
    ("pages", "sip/plan/views.py", "import samordna.sip.plan.models"),
    ("pages", "sip/plan/forms.py", "import samordna.cases.models"),
    ("pages", "overview/presenters.py", "import samordna.cases.models"),
    ("rules", "sip/plan/rules.py", "import samordna.sip.plan.models"),
    ("rules", "sip/plan/rules.py", "import samordna.cases.models"),
    ("states", "sip/plan/states.py", "import django"),
    ("audit", "sip/plan/views.py", "import samordna.audit.commands"),
    ("audit", "sip/plan/queries.py", "import samordna.audit.commands"),
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
        folder_of_room = package.joinpath(*room.split("."))
        folder_of_room.mkdir(parents=True)
        (folder_of_room / "__init__.py").touch()
        (folder_of_room.parent / "__init__.py").touch()
    for room in ROOMS:
        for part in [*PARTS, "middleware"]:
            package.joinpath(*room.split(".")[1:], f"{part}.py").touch()
    for module in ("pages", "process", "urls"):
        (package / "casework" / f"{module}.py").touch()
    for process in ("sip", "discharge"):
        for module in ("pages", "urls", "kinds", "requirements", "facts", "states"):
            (package / process / f"{module}.py").touch()
    return folder


def test_the_project_keeps_its_contracts() -> None:
    code, output = lint(ROOT)
    assert code == 0, output


def test_empty_rooms_keep_them_too(skeleton: Path) -> None:
    code, output = lint(skeleton)
    assert code == 0, output
    assert all(f"{name} KEPT" in output for name in NAMES.values())


@pytest.fixture(scope="module")
def violated(skeleton: Path) -> str:
    """What is said of a project with all of these lines in it."""
    folder = shutil.copytree(skeleton, skeleton.with_name("violated"))
    for _contract, module, line in VIOLATIONS:
        with (folder / "samordna" / module).open("a") as file:
            file.write(line + "\n")
    code, output = lint(folder)
    assert code == 1
    return output


@pytest.mark.parametrize(("contract", "module", "line"), VIOLATIONS)
def test_a_violated_contract_breaks(violated: str, contract: str, module: str, line: str) -> None:
    """By this very line: each contract has a part of what is said under its name."""
    assert f"{NAMES[contract]} BROKEN" in violated
    importer = "samordna." + module.removesuffix(".py").replace("/", ".")
    told = re.split(r"\n(.+)\n-+\n", violated.split("Broken contracts", 1)[1])
    of_contract = told[told.index(NAMES[contract]) + 1]
    assert f"{importer} -> {line.removeprefix('import ')} " in of_contract


def test_a_room_that_no_contract_names_breaks_them(skeleton: Path) -> None:
    folder = shutil.copytree(skeleton, skeleton.with_name("one-more-room"))
    (folder / "samordna" / "helpers").mkdir()
    (folder / "samordna" / "helpers" / "__init__.py").touch()
    code, output = lint(folder)
    assert code == 1
    assert "not listed as layers" in output


def test_each_contract_is_seen_to_break() -> None:
    assert {contract for contract, _module, _line in VIOLATIONS} == set(NAMES)
