"""The system as it is started: application server and worker in processes of their own, Chromium in front."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.server import STOP_SECONDS, environment_for, free_port

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.browser
def test_the_login_page_in_the_browser(running_server, new_context) -> None:
    page = new_context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    answer = page.goto("/logga-in")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "sv"
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # A style or script that the content security policy stops is told here, and so is a missing file.
    assert said == []


def test_the_server_logs_no_request_lines(running_server) -> None:
    """What somebody searches for stands in the address; the access log would keep it."""
    with urllib.request.urlopen(f"{running_server.url}/logga-in?q=sokt-efter-detta") as answer:  # noqa: S310 - our own
        assert answer.status == 200
    assert "sokt-efter-detta" not in running_server.log()


def test_a_fresh_server_has_its_own_database(running_server, new_server) -> None:
    other = new_server()
    assert other.database_url != running_server.database_url
    assert "No planned migration operations" in other.manage("migrate", "--plan")


# --- make demo -------------------------------------------------------------------------------------------------------


@pytest.fixture
def start_demo(databases, filled_database, tmp_path):
    """Starts `make demo`'s program over a filled database; what still runs at the end is stopped."""
    name = databases.copy(filled_database)
    environment = environment_for(databases.url(name), tmp_path)
    environment.pop("DJANGO_SETTINGS_MODULE")
    started: list[subprocess.Popen[str]] = []

    def start(port: int) -> subprocess.Popen[str]:
        demo = subprocess.Popen(
            [sys.executable, "-m", "tools.demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(demo)
        return demo

    yield start
    for demo in started:
        if demo.poll() is None:
            demo.terminate()
        demo.communicate(timeout=STOP_SECONDS)
    databases.drop(name)


def read_until(demo: subprocess.Popen[str], words: str) -> str:
    assert demo.stdout is not None
    said = ""
    for line in demo.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_demo_starts_both_parts_and_ctrl_c_stops_them(start_demo) -> None:
    port = free_port()
    demo = start_demo(port)
    said = read_until(demo, "Ctrl-C")
    assert f"http://127.0.0.1:{port}/" in said
    parts = children(demo.pid)
    assert len(parts) == 2
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/logga-in") as answer:
        assert "ÖVNING" in answer.read().decode()
    demo.send_signal(signal.SIGINT)
    assert demo.wait(timeout=STOP_SECONDS) == 0
    assert [part for part in parts if is_alive(part)] == []


def test_the_demo_says_when_one_part_has_ended(start_demo) -> None:
    demo = start_demo(free_port())
    read_until(demo, "Ctrl-C")
    os.kill(children(demo.pid)[1], signal.SIGKILL)
    assert "ended by itself" in read_until(demo, "ended by itself")
    assert demo.wait(timeout=STOP_SECONDS) == 1


def test_a_taken_port_gets_a_sentence(start_demo) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        demo = start_demo(port)
        said, _nothing = demo.communicate(timeout=STOP_SECONDS)
    assert demo.returncode == 1
    assert said == f"Port {port} is taken by another program. Choose another: make demo PORT={port + 1}\n"
