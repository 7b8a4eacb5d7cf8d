"""What the documents say is so: links lead somewhere, named tests exist, and no word of the program is left out."""

import ast
import re
import shlex
from enum import StrEnum
from functools import cache
from importlib import import_module
from inspect import getmembers, isclass, isfunction, signature
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from samordna.assignments.models import SystemRoleGrant
from samordna.demo.county import municipal_staff, region_staff
from samordna.demo.county.users import username_of
from samordna.demo.passwords import PASSWORD
from samordna.web.translations import sources
from tests.architecture.tree import ROOT
from tools.process_table import DOCUMENT, document
from tools.trace import rows

pytestmark = pytest.mark.once("sqlite")

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
NAMED_TEST = re.compile(r"`(?P<path>(?:tests|samordna|tools)/[\w/]+\.py)(?:::(?P<name>\w+))?`")
COMMAND_RECIPE = re.compile(r"manage\.py first_administrator (?P<arguments>(?:.*\\\n)*.*)\n")
# Every module of rules in the rooms where acts are judged.
RULES = [
    import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for room in ("messaging", "casework", "sip")
    for path in sorted((ROOT / "samordna" / room).rglob("*.py"))
    if "rules" in path.parts or path.stem in {"rules", "requirements", "next_step"}
]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_and_pictures_are_there(path: Path) -> None:
    targets = [match["target"] for match in LINK.finditer(path.read_text(encoding="utf-8"))]
    files = [
        target.split("#")[0] for target in targets if "://" not in target and not target.startswith("mailto:")
    ]
    assert [target for target in files if target and not (path.parent / target).exists()] == []


@cache
def names_in(path: str) -> set[str]:
    nodes = ast.walk(ast.parse(text_of(path)))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_named_tests_exist(path: Path) -> None:
    missing = [
        match[0]
        for match in NAMED_TEST.finditer(path.read_text(encoding="utf-8"))
        if not (ROOT / match["path"]).exists()
        or (match["name"] and match["name"] not in names_in(match["path"]))
    ]
    assert missing == []


def test_the_readme_names_both_commands_and_the_licence() -> None:
    readme = text_of("README.md")
    assert [said for said in ("make demo", "make test", "EUPL-1.2") if said not in readme] == []


def test_the_log_ins_that_the_readme_names_are_those_of_the_demo() -> None:
    workers = {
        username_of(worker.name)
        for staff in (municipal_staff, region_staff)
        for group in vars(staff).values()
        if isinstance(group, tuple)
        for worker in group
    }
    readme = text_of("README.md")
    named = set(re.findall(r"^\| `([A-Z]+)` \|", readme, re.MULTILINE))
    assert named
    assert named - workers == set()
    assert f"`{PASSWORD}`" in readme


def test_every_room_has_its_place_in_the_architecture() -> None:
    rooms = {path.parent.name for path in (ROOT / "samordna").glob("*/__init__.py")}
    described = text_of("docs/architecture.md").split("## Inside a room")[0]
    assert {room for room in rooms if f"`{room}`" not in described} == set()


def enums(room: str) -> list[type[StrEnum]]:
    states = import_module(f"samordna.{room}.states")
    return [
        kind
        for _name, kind in getmembers(states, isclass)
        if issubclass(kind, StrEnum) and kind is not StrEnum
    ]


@pytest.mark.parametrize("room", ["sip", "cases", "messaging", "documents", "people"])
def test_every_state_is_in_the_glossary(room: str) -> None:
    """What a part requires stands in docs/process.md, which the program writes itself."""
    said = set(re.findall(r"\b[A-Z][A-Za-z_]+\b", text_of("docs/glossary.md") + text_of("docs/process.md")))
    words = {word for kind in enums(room) for word in (kind.__name__, *kind.__members__)}
    assert words - said == set()


@cache
def said_in_swedish() -> set[str]:
    """Every text of the interface, as users read it."""
    texts: set[str] = set()
    for source in sources():
        for entry in polib.pofile(str(source)):
            texts.update(
                text.replace("\u00ad", "").rstrip("… ")
                for text in [entry.msgstr, *entry.msgstr_plural.values()]
            )
    return texts


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "manual").glob("*.md")), ids=name_of)
def test_the_manual_uses_the_words_of_the_pages(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    quoted = [" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)]
    assert [words for words in quoted if words not in said_in_swedish() and words != "fet stil"] == []


def test_the_table_of_what_parts_require_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: python -m tools.process_table"


def test_the_table_of_rights_names_every_rule_about_somebody() -> None:
    about_somebody = {
        name
        for module in RULES
        for name, rule in getmembers(module, isfunction)
        if rule.__module__ == module.__name__
        and not name.startswith("_")
        and "actor" in signature(rule).parameters
    }
    named = set(re.findall(r"`(?:\w+\.)?(\w+_refusal)`", text_of("docs/rights.md")))
    assert {name for name in about_somebody if name.endswith("_refusal")} - named == set()
    assert named - {name for module in RULES for name in vars(module)} == set()


def test_each_hazard_has_a_control_and_a_test() -> None:
    lines = [
        line.split("|") for line in text_of("docs/hazards.md").splitlines() if re.match(r"\| H\d+ ", line)
    ]
    assert [cells[1].strip() for cells in lines] == [f"H{number}" for number in range(1, len(lines) + 1)]
    assert [cells[1].strip() for cells in lines if not NAMED_TEST.search(cells[-2])] == []


def test_requirements_are_cited_by_ids_that_exist() -> None:
    cited = {
        row for path in DOCUMENTS for row in re.findall(r"\b[KVDL]-\d\d\b", path.read_text(encoding="utf-8"))
    }
    assert cited - set(rows()) == set()


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "adr"
    decisions = sorted(path.name for path in folder.glob("0*.md"))
    assert [int(name[:4]) for name in decisions] == list(range(1, len(decisions) + 1))
    assert [
        name for name in decisions if name not in (folder / "README.md").read_text(encoding="utf-8")
    ] == []


@pytest.mark.django_db
def test_the_recipe_for_the_first_administrator_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heading = "huvudman;typ av huvudman;förvaltning;verksamhet;enhet;vårdform"
    rows_of_file = f"{heading}\nRegionen;Region;Staben;;Systemförvaltningen;Annan vårdform\n"
    (tmp_path / "adressbok.csv").write_text(rows_of_file, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    recipe = COMMAND_RECIPE.search(text_of("docs/operations.md"))
    assert recipe is not None
    call_command("first_administrator", *shlex.split(recipe["arguments"].replace("\\\n", " ")))

    roles = set(SystemRoleGrant.objects.values_list("role", "user__username"))
    assert roles == {("SYSTEM_MANAGER", "FORNAMN"), ("ADMINISTRATOR", "FORNAMN")}
