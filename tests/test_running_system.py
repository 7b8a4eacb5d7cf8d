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

from samordna.web.standing_pages import page
from tests.support.server import STOP_SECONDS, environment_for, free_port
from tools.demo import interrupt, let_end_by

ROOT = Path(__file__).resolve().parents[1]


def test_a_port_that_was_chosen_is_kept_for_the_server_that_is_to_have_it() -> None:
    port = free_port()
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
    with socket.create_server(("127.0.0.1", port)) as server, socket.create_connection(("127.0.0.1", port)):
        assert server.accept()[1][0] == "127.0.0.1"


def test_the_login_page_in_the_browser(running_server, new_context) -> None:
    context = new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    answer = page.goto("/login/")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "sv"
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # A style or script that the content security policy stops is told here, and so is a missing file.
    assert said == []
    context.close()


def test_the_server_logs_no_request_lines(running_server) -> None:
    """What somebody searches for stands in the address; the access log would keep it."""
    with urllib.request.urlopen(f"{running_server.url}/login/?q=sokt-efter-detta") as answer:  # noqa: S310 - our own
        assert answer.status == 200
    assert "sokt-efter-detta" not in running_server.log()


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("GET /" + "a" * 9_000 + " HTTP/1.1", 414),
        ("GET / HTTP/1.1\r\nCookie: " + "a" * 17_000, 431),
        ("not a request", 400),
    ],
)
def test_what_the_server_cannot_read_gets_a_page_of_ours(running_server, line: str, status: int) -> None:
    host, port = running_server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(f"{line}\r\nHost: {host}\r\n\r\n".encode())
        with connection.makefile("rb") as answer:
            said = answer.read().decode()
    assert said.startswith(f"HTTP/1.1 {status} ")
    assert page(status) in said.replace("\r\n", "\n")


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


def all_below(pid: int) -> list[int]:
    return [below for child in children(pid) for below in (child, *all_below(child))]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


ENDINGS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def signals_as_before():
    before = {ending: signal.getsignal(ending) for ending in ENDINGS}
    yield
    for ending, handler in before.items():
        signal.signal(ending, handler)


@pytest.mark.usefixtures("signals_as_before")
@pytest.mark.parametrize("ending", ENDINGS, ids=["Ctrl-C", "kill", "a closed window"])
def test_whatever_ends_the_demo_interrupts_it_once(ending: signal.Signals) -> None:
    let_end_by(interrupt)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(ending)
    signal.raise_signal(ending)


def test_the_demo_starts_both_parts_and_its_end_ends_them(start_demo) -> None:
    port = free_port()
    demo = start_demo(port)
    said = read_until(demo, "Ctrl-C")
    assert f"http://127.0.0.1:{port}/" in said
    assert len(children(demo.pid)) == 2
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/login/") as answer:
        assert "ÖVNING" in answer.read().decode()
    parts = all_below(demo.pid)
    assert len(parts) > 2
    demo.send_signal(signal.SIGHUP)
    demo.send_signal(signal.SIGHUP)
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


# --- What a machine lacks --------------------------------------------------------------------------------------------


def make_demo(tmp_path: Path, before: str) -> subprocess.CompletedProcess[str]:
    """`make demo` by a Python that first does this; the virtual environment would come into a folder of the test."""
    python = tmp_path / "python"
    python.write_text(
        f"#!{sys.executable}\nimport runpy, sys\n{before}\nsys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    python.chmod(0o755)
    return run_make(f"PYTHON={python}", f"VENV={tmp_path / 'venv'}")


def run_make(*given: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", "demo", *given]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("sys.version_info = (3, 9, 2, 'final', 0)", "Python 3.9 is too old: Samordna needs 3.11 or newer."),
        ("sys.modules['ensurepip'] = None", "sudo apt-get install python3-venv"),
        ("sys.modules['venv'] = None", "Python's venv module is missing."),
    ],
    ids=["too old", "no ensurepip", "no venv"],
)
def test_a_python_that_does_not_do_gets_a_sentence(tmp_path: Path, before: str, sentence: str) -> None:
    done = make_demo(tmp_path, before)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "venv").exists()


def test_no_python_at_all_gets_a_sentence(tmp_path: Path) -> None:
    done = run_make("PYTHON=no-such-python", f"VENV={tmp_path / 'venv'}")
    assert done.returncode != 0
    assert "Python is missing. Install Python 3.11 or newer" in done.stdout
