"""Measures everything on one filled database, with the system and its yardsticks served side by side."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connections

from samordna.web.translations import compile_all
from tests.support.server import ROOT, RunningServer, free_port
from tools.bench.databases import Ground
from tools.bench.filling import Filled, database_bytes, fill
from tools.bench.operations import Operation, operations
from tools.bench.prints import measure_prints
from tools.bench.profiling import profile, statements
from tools.bench.slices import Asked, Load, load, megabytes_of
from tools.bench.visitors import Visitor, request

# Each slice of an act ends after so many, so that a faster act does not need more cases.
ACTS_PER_SLICE = 64
# The counting of statements and the profile take some too.
ACTS_BESIDES = 40
# Users read cases of their own, so that nobody waits for another's reading to be noted.
PAGES_EACH = 3
BARE_CASES = 1_000
YARDSTICKS = {
    "empty": ("An empty page", "/", 200),
    "list": ("Session, user, 50 rows by an index", "/cases/", 200),
    "case": ("One row with ten messages", "/cases/7/", 200),
    "insert": ("One insert", "/cases/9/send/", 302),
}


def prepare(orders: Mapping[str, Any]) -> Filled:
    """The system's database, migrated and filled, and its static files."""
    compile_all()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    acts = ACTS_BESIDES + ACTS_PER_SLICE * (orders["pairs"] + 1) * len(orders["clients"])
    return fill(orders["cases"], min(acts, orders["cases"] // 10))


def profiles(filled: Filled, names: Sequence[str]) -> dict[str, Any]:
    wanted = [one for one in operations(filled) if one.name in names or "all" in names]
    return {"profiles": {one.name: profile(one) for one in wanted}}


def run(
    filled: Filled, here: Ground, orders: Mapping[str, Any], environment: Mapping[str, str]
) -> dict[str, Any]:
    """Every operation beside its yardstick, every yardstick beside itself, and the worker's prints."""
    bare = {**environment, "DJANGO_SETTINGS_MODULE": "tools.bench.bare.settings"}
    cookies = f"sessionid={fill_bare(bare)}"
    listed = [(one, len(statements(one))) for one in operations(filled)]
    prints = measure_prints(filled)
    connections.close_all()
    with (
        serving("tools.bench.bare.wsgi", bare, here) as plain,
        serving("samordna.config.wsgi", environment, here) as system,
        load(here.database_pid) as users,
    ):
        bench = Bench(plain, system, users, orders, cookies)
        measured = [bench.beside_itself(name) for name in YARDSTICKS]
        measured += [
            bench.beside_its_yardstick(one, count, clients)
            for one, count in listed
            for clients in orders["clients"]
        ]
        return {
            "kind": here.kind,
            "version": here.version,
            "cases": orders["cases"],
            "seconds": orders["seconds"],
            "measured": measured,
            "prints": prints,
            "case_bytes": filled.case_bytes,
            "megabytes": megabytes_of(system.processes[0].pid),
            "bare_megabytes": megabytes_of(plain.processes[0].pid),
            "database_megabytes": megabytes_of(here.database_pid),
            "locked": system.log().count("database is locked"),
        }


class Bench:
    """The two servers and those who ask them."""

    def __init__(
        self,
        plain: RunningServer,
        system: RunningServer,
        users: Load,
        orders: Mapping[str, Any],
        cookies: str,
    ) -> None:
        self.plain, self.system, self.users, self.orders, self.cookies = plain, system, users, orders, cookies

    def beside_itself(self, name: str) -> dict[str, Any]:
        """The control: what two like things differ by is the noise of the measuring."""
        clients = self.orders["clients"][0]
        return {
            "name": name,
            "label": YARDSTICKS[name][0],
            "yardstick": name,
            "clients": clients,
            "pairs": self._pairs(self._yardstick(name, clients), self._yardstick(name, clients)),
        }

    def beside_its_yardstick(self, one: Operation, count: int, clients: int) -> dict[str, Any]:
        who = [Visitor(one.who) for _number in range(clients)]
        slices = self.orders["pairs"] + 1
        pages = one.take(ACTS_PER_SLICE * slices if one.is_act else PAGES_EACH * clients)
        hands = [[user.request(page) for page in pages[number::clients]] for number, user in enumerate(who)]
        at_most = max(1, len(pages) // clients // slices) if one.is_act else None
        asked = Asked(self.system.url, self.system.processes[0].pid, hands, one.expected, at_most)
        before = database_bytes()
        connections.close_all()
        pairs = self._pairs(self._yardstick(one.yardstick, clients), asked)
        grown = database_bytes() - before
        connections.close_all()
        return {
            "name": one.name,
            "label": one.label,
            "yardstick": one.yardstick,
            "clients": clients,
            "pairs": pairs,
            "aim": one.times,
            "statements": count,
            "aim_statements": one.statements,
            "bytes": grown / max(asked.answered, 1),
        }

    def _pairs(self, yardstick: Asked, operation: Asked) -> list[list[dict[str, Any]]]:
        number, seconds = self.orders["pairs"], self.orders["seconds"]
        return list(self.users.pairs(yardstick, operation, number=number, seconds=seconds))

    def _yardstick(self, name: str, clients: int) -> Asked:
        _label, path, expected = YARDSTICKS[name]
        fields = {"text": "Vi ses på torsdag. " * 4} if expected == 302 else None
        hands = [[request(path, self.cookies, fields)]] * clients
        return Asked(self.plain.url, self.plain.processes[0].pid, hands, expected)


def fill_bare(environment: Mapping[str, str]) -> str:
    """Fill the yardsticks' database, as much whatever the system holds; gives the key of a session there."""
    command = [sys.executable, "-m", "django", "fill_bare", str(BARE_CASES)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


@contextmanager
def serving(application: str, environment: Mapping[str, str], here: Ground) -> Iterator[RunningServer]:
    """As it runs in production: gunicorn with two sync workers."""
    url = f"http://127.0.0.1:{free_port()}"
    there = {"SAMORDNA_BIND": url.removeprefix("http://"), "SAMORDNA_WEB_WORKERS": "2"}
    folder = here.folder / application
    folder.mkdir()
    server = RunningServer(url, here.url, folder, {**environment, **there})
    config = "python:samordna.config.gunicorn"
    server.spawn("web", sys.executable, "-m", "gunicorn", "--config", config, application)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()
