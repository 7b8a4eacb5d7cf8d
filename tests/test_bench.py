"""`make bench`: what it makes of slices, how it asks, and that it runs. No time is judged here."""

import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.support.left_out import on_postgresql
from tests.support.server import ROOT
from tools.bench.county import county
from tools.bench.report import KEPT_FROM, document, report
from tools.bench.slices import Asked, load
from tools.bench.verdicts import spread, times_yardstick, verdicts

pytestmark = pytest.mark.once("sqlite")
LABELS = ("worklist", "refresh", "case", "send", "acknowledge", "sign", "lock")


def side(processor: float, *, others: float = 0.0, failed: int = 0) -> dict[str, Any]:
    told = {"requests": 100, "failed": failed, "per_second": 50.0, "p50": 9, "p95": 12, "kilobytes": 37.0}
    return told | {"application": processor / 2, "database": processor / 2, "others": others}


def measured(name: str, pairs: list[list[dict[str, Any]]], **more: Any) -> dict[str, Any]:
    told = {"name": name, "label": f"The {name}", "yardstick": "insert", "clients": 8, "pairs": pairs}
    return told | {"aim": 5, "statements": 3, "aim_statements": 3, "bytes": 500.0} | more


def leg(times: float = 4.0, **more: Any) -> dict[str, Any]:
    """Every operation takes so many times its yardstick, which takes 2 milliseconds."""
    told = {
        "kind": "sqlite",
        "version": "SQLite 3",
        "cases": 10_000,
        "seconds": 1.0,
        "measured": [measured(name, [[side(2.0), side(2 * times)]] * 3) for name in LABELS],
        "prints": {"pairs": [[100.0, 120.0]] * 3, "kilobytes": 75.0},
        "case_bytes": 44_000.0,
        "megabytes": 190.0,
        "bare_megabytes": 110.0,
        "database_megabytes": 0.0,
        "locked": 0,
    }
    return told | more


def words(*legs: dict[str, Any]) -> dict[str, str]:
    return {verdict.subject: verdict.word for _leg, verdict in verdicts(legs)}


def test_a_pair_is_one_ratio_and_the_median_of_the_pairs_is_the_figure() -> None:
    """The machine became ten times as slow in the last pair, which changes nothing between its two."""
    pairs = [[side(2), side(8)], [side(2), side(10)], [side(20), side(60)]]
    times = times_yardstick(measured("case", pairs))
    assert (times.low, times.median, times.high) == (3.5, 4.0, 4.5)
    assert str(times) == "4.00 (3.50 to 4.50)"


def test_a_slice_that_nobody_answered_in_gives_no_ratio() -> None:
    pairs = [[side(2), side(8)], [side(2), side(0)], [side(0), side(8)]]
    assert times_yardstick(measured("lock", pairs)).median == 4.0
    assert spread([]).median == 0.0


def test_slices_in_which_others_used_the_machine_are_told() -> None:
    pairs = [[side(2, others=0.21), side(8, others=0.2)], [side(2), side(8, others=1.5)]]
    calm = [[side(2), side(2)]] * 2
    told = report([leg(measured=[*leg()["measured"][1:], measured("worklist", pairs)])])
    assert re.search(r"The worklist .* 2 of 4 ", told)
    assert re.search(r"The refresh .* 0 of 6 ", told)
    assert (
        report([leg(measured=[*leg()["measured"], _control("empty", calm)])]).count("1.00 (1.00 to 1.00)")
        == 1
    )


def _control(name: str, pairs: list[list[dict[str, Any]]]) -> dict[str, Any]:
    return {"name": name, "label": name, "yardstick": name, "clients": 8, "pairs": pairs}


def test_an_aim_is_reached_up_to_its_number_by_processor_time_and_by_statements() -> None:
    within = words(leg(5.0))
    assert {"ok"} == set(within.values())
    missed = words(leg(5.1, case_bytes=45_100.0, megabytes=221.0, locked=1))
    assert missed["The refresh: processor time"] == "missed"
    assert missed["A case on the disk"] == missed["Memory of two web workers"] == "missed"
    assert missed['"database is locked"'] == "missed"
    wordy = [measured(name, [[side(2), side(8)]], statements=4) for name in LABELS]
    assert words(leg(measured=wordy))["The refresh: statements"] == "missed"


def test_a_request_that_failed_misses_an_aim() -> None:
    failed = [measured(name, [[side(2), side(8, failed=1)]]) for name in LABELS]
    assert words(leg(measured=failed))["Requests that failed"] == "missed"


def test_aims_are_judged_with_eight_users_where_they_were_measured() -> None:
    few = [measured(name, [[side(2), side(90)]], clients=1) for name in LABELS]
    assert "missed" not in words(leg(measured=[*few, *leg()["measured"]])).values()
    assert words(leg(measured=few))["The case: processor time"] == "missed"


def test_growth_with_the_number_of_cases_is_judged_for_list_page_and_acts() -> None:
    grown = words(leg(4.0), leg(4.6, cases=300_000))
    told = [subject for subject in grown if "growth from 10,000 cases" in subject]
    assert told == [f"The {name}: growth from 10,000 cases" for name in LABELS if name != "refresh"]
    assert {grown[subject] for subject in told} == {"ok"}
    assert words(leg(4.0), leg(4.7, cases=300_000))[told[0]] == "missed"
    assert not any("growth" in subject for subject in words(leg(), leg(kind="postgresql", cases=300_000)))


def test_the_county_is_worked_out_from_what_was_measured() -> None:
    """Everything takes 10 ms: 57.5 requests a second are 0.575 cores, of which two are had to be half free."""
    needs = {what: need for what, need, _how in county(leg(5.0, database_megabytes=400.0))}
    assert needs["processor at the peak"] == "0.57 cores"
    assert needs["cores to have"] == "2"
    assert needs["memory"] == "685 MB"
    # 12,900 cases of 44 kB and a print of 75, and 6.45 million pages of half a kilobyte.
    assert needs["disk a year"] == "4.8 GB"
    assert {what: need for what, need, _how in county(leg(15.0))}["cores to have"] == "4"


def test_the_page_is_written_anew_and_keeps_what_was_written_by_hand() -> None:
    page = document([leg()], f"# Old\n\nfigures\n\n{KEPT_FROM}\n\n## Why\n\nBy hand.\n")
    assert "Old" not in page
    assert page.endswith(f"{KEPT_FROM}\n\n## Why\n\nBy hand.\n")
    assert "4.00 (4.00 to 4.00) × one insert" in page
    assert "measured once is worth\n  little" in page
    assert document([leg()], page) == page


class Asking:
    """A server that remembers what it was asked, and by how many at once."""

    def __init__(self) -> None:
        self.asked: Counter[tuple[str, str, str]] = Counter()
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()

    def come(self, *request: str) -> None:
        with self.lock:
            self.asked[request] += 1  # type: ignore[index]
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)

    def gone(self) -> None:
        with self.lock:
            self.at_once -= 1


@pytest.fixture
def server() -> Iterator[tuple[str, Asking]]:
    told = Asking()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            told.come(self.command, self.path, body)
            told.gone()
            self.send_response(302 if body else 200)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Nothing is printed."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", told
    running.shutdown()
    thread.join()
    running.server_close()


def test_pages_are_asked_over_again_and_no_act_is_sent_twice(server: tuple[str, Asking]) -> None:
    host, told = server
    page = {"method": "GET", "url": "/page", "headers": {"Cookie": "a=b"}}
    acts = [
        [{"method": "POST", "url": "/act", "headers": {}, "data": f"n={user}{number}"} for number in range(5)]
        for user in range(3)
    ]
    yardstick = Asked(host, os.getpid(), [[page]] * 3)
    act = Asked(host, os.getpid(), acts, 302, 2)
    with load(None) as users:
        assert len(list(users.pairs(yardstick, act, number=1, seconds=0.2))) == 1
        wrong = users.slice(Asked(host, os.getpid(), [[page]], 204), 0.05)
    posted = {body: times for (method, _path, body), times in told.asked.items() if method == "POST"}
    # Two of each hand to warm up, two in the pair; redirects are not followed.
    assert posted == {f"n={user}{number}": 1 for user in range(3) for number in range(4)}
    assert [len(hand) for hand in act.hands] == [1, 1, 1]
    assert act.answered == 12
    assert told.asked["GET", "/page", ""] > 3
    assert told.asked["GET", "/elsewhere", ""] == 0
    assert told.most_at_once <= 3
    assert wrong["failed"] == wrong["requests"] > 0


@pytest.mark.long
def test_everything_is_measured_beside_its_yardstick(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    database = "postgresql" if on_postgresql() else "sqlite"
    command = [sys.executable, "-m", "tools.bench", "--cases", "300", "--seconds", "0.5", "--pairs", "2"]
    done = subprocess.run(
        [*command, "--database", database, "--results", str(results)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = json.loads(results.read_text())
    controls = [one["name"] for one in found["measured"] if "aim" not in one]
    assert controls == ["empty", "list", "case", "insert"]
    assert [one["name"] for one in found["measured"] if "aim" in one] == [*LABELS, "print"]
    for one in found["measured"]:
        assert len(one["pairs"]) == 2
        assert all(answers["requests"] and not answers["failed"] for pair in one["pairs"] for answers in pair)
    assert found["locked"] == 0
    assert "at most 11 ×" in done.stdout
