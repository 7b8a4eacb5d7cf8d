"""Starts the made-up county on this machine: `make demo`.

Brings the database up to date, fills it when it is empty, then runs web server and worker until Ctrl-C. Answers on
127.0.0.1 only.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "samordna.config.settings.demo"
START_SECONDS = 60


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A port whose last connections are still dying is free; one that somebody listens on is not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def prepare() -> str:
    """Make ready what the servers need; returns how to log in."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    from samordna.web.translations import compile_all

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    compile_all()
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("fill_demo")
    call_command("collectstatic", interactive=False, verbosity=0)
    logins = settings.VAR_DIR / "logins.txt"
    return logins.read_text(encoding="utf-8") if logins.exists() else ""


class Demo:
    """Web server and worker, started and stopped together."""

    def __init__(self, port: int, logs: Path) -> None:
        self.url = f"http://127.0.0.1:{port}/"
        self.logs = logs
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "SAMORDNA_BIND": f"127.0.0.1:{port}",
            "PYTHONUNBUFFERED": "1",
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        config = "python:samordna.config.gunicorn"
        self.spawn("web", "-m", "gunicorn", "--config", config, "samordna.config.wsgi")
        self.spawn("worker", "manage.py", "worker")

    def spawn(self, name: str, *arguments: str) -> None:
        with (self.logs / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches this program only, which then stops both in order.
                start_new_session=True,
            )

    def stopped(self) -> str:
        """Name of a process that has ended by itself, or nothing."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), "")

    def wait_until_ready(self) -> bool:
        last = time.monotonic() + START_SECONDS
        while time.monotonic() < last and not self.stopped():
            try:
                with urllib.request.urlopen(self.url, timeout=5):  # noqa: S310 - our own address
                    return True
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        return False

    def stop(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def let_end_by(what: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    """Ctrl-C, a plain `kill`, and the window that is closed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, what)


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    # A second one while the two are ending would leave one of them behind.
    let_end_by(signal.SIG_IGN)
    raise KeyboardInterrupt


def serve(demo: Demo, logins: str) -> int:
    """Run until somebody stops it, or a part of it ends by itself."""
    try:
        demo.start()
        if not demo.wait_until_ready():
            print(f"The demo did not start. What it said stands in {demo.logs}.")
            return 1
        print(f"\nSamordna is ready at {demo.url}\n\n{logins}\nStop it with Ctrl-C.", flush=True)
        while not demo.stopped():
            time.sleep(0.5)
        print(f"The {demo.stopped()} process ended by itself. What it said stands in {demo.logs}.")
        return 1
    except KeyboardInterrupt:
        # The window may be gone.
        with suppress(OSError):
            print("\nStopping.", flush=True)
        return 0
    finally:
        let_end_by(signal.SIG_IGN)
        demo.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    if not is_free(port):
        print(f"Port {port} is taken by another program. Choose another: make demo PORT={port + 1}")
        return 1
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    # Also where Ctrl-C was switched off for what runs in the background.
    let_end_by(interrupt)
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        logins = prepare()
    except KeyboardInterrupt:
        return 1
    except ImproperlyConfigured as faults:
        print(faults)
        return 1

    logs = settings.VAR_DIR / "log"
    logs.mkdir(exist_ok=True)
    return serve(Demo(port, logs), logins)


if __name__ == "__main__":
    sys.exit(main())
