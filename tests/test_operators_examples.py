"""The examples of docs/operations.md as an operator copies them: environment, services, proxy.

They run as they stand there, but for paths, ports and how long the proxy waits (`places`, in one place).
"""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import ROOT, text_of
from tests.support.database import Databases
from tests.support.left_out import nginx
from tests.support.server import START_SECONDS, free_port

pytestmark = pytest.mark.nginx
NAME = "sip.example.se"
DOCUMENT = text_of(ROOT / "docs" / "operations.md")


def examples(language: str) -> list[str]:
    """The blocks of the document that are written in this language."""
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)


@dataclass
class Site:
    """What an operator has set up by the document, in a folder."""

    folder: Path
    environment: dict[str, str]
    places: dict[str, str]
    started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def here(self, text: str) -> str:
        for there, here in self.places.items():
            assert there in DOCUMENT, there
            text = text.replace(there, here)
        return text

    def start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.started[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    def ask(self, address: str, method: str = "GET", body: bytes = b"", **headers: str) -> "Told":
        """By the site's name and with its certificate, as a browser does."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))
        host, port = self.places["listen 443"].removeprefix("listen ").split(":")
        plain = socket.create_connection((host, int(port)), timeout=START_SECONDS)
        connection = HTTPSConnection(NAME)
        connection.sock = trusted.wrap_socket(plain, server_hostname=NAME)
        # It may be refused before all of it was sent; the answer is there.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, address, body or None, headers)
        answer = connection.getresponse()
        told = Told(answer.status, dict(answer.headers.items()), answer.read().decode())
        connection.close()
        return told

    def ask_port(self, port: str, address: str) -> "Told":
        """Without a name, as whoever watches does."""
        host, number = port.split(":")
        with socket.create_connection((host, int(number)), timeout=START_SECONDS) as plain:
            plain.sendall(f"GET {address} HTTP/1.0\r\n\r\n".encode())
            answer = b""
            while part := plain.recv(65536):
                answer += part
        head, _blank, body = answer.decode().partition("\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.splitlines()[1:])
        return Told(int(head.split()[1]), headers, body)


@dataclass(frozen=True)
class Told:
    status: int
    headers: dict[str, str]
    body: str


@pytest.fixture(scope="module")
def site(
    databases: Databases, migrated_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    for above in (folder, folder.parent, folder.parent.parent):
        # The proxy's own user reads the pages here.
        above.chmod(0o755)
    database = databases.copy(migrated_database)
    web, tls, plain = (f"127.0.0.1:{free_port()}" for _ in range(3))
    places = {
        "/srv/samordna/.venv/bin": str(Path(sys.executable).parent),
        "/srv/samordna": str(ROOT),
        "/var/lib/samordna": str(folder / "var"),
        "/etc/ssl/certs/sip.example.se.pem": str(folder / "certificate.pem"),
        "/etc/ssl/private/sip.example.se.key": str(folder / "key.pem"),
        "/etc/samordna/environment": str(folder / "environment"),
        "postgresql://samordna@/samordna?host=/run/postgresql": databases.url(database),
        "http://127.0.0.1:8000": f"http://{web}",
        "listen 443": f"listen {tls}",
        "listen 80": f"listen {plain}",
        "proxy_read_timeout 65s": "proxy_read_timeout 20s",
    }
    site = Site(folder, {}, places)
    (folder / "environment").write_text(site.here(examples("sh")[0]))
    site.environment = {**inherited(), **variables(site, web)}
    install(site)
    certificate(folder)
    start(site)
    try:
        yield site
    finally:
        for process in site.started.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait()
        databases.drop(database)


def inherited() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SAMORDNA_", "DJANGO_", "PYTEST_"))
    }


def variables(site: Site, web: str) -> dict[str, str]:
    """The environment file, with the key that it asks for, and a port that is free here."""
    given = dict(line.split("=", 1) for line in (site.folder / "environment").read_text().splitlines())
    assert given["SAMORDNA_SECRET_KEY"] == ""
    return {**given, "SAMORDNA_SECRET_KEY": "0123456789" + "abcdefghij" * 5, "SAMORDNA_BIND": web}


def install(site: Site) -> None:
    """Every step of *Installing* that does not make the virtual environment, which this one is."""
    section = DOCUMENT[DOCUMENT.index("## Installing") : DOCUMENT.index("## Environment")]
    steps = [
        line.split() for line in section.splitlines() if line.startswith("    .venv/bin/python manage.py")
    ]
    assert [step[2] for step in steps] == ["check", "migrate", "compile_translations", "collectstatic"]
    for step in steps:
        done = subprocess.run(
            [sys.executable, *step[1:]],
            cwd=ROOT,
            env=site.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def certificate(folder: Path) -> None:
    name = f"-subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
    made = f"req -x509 -newkey rsa:2048 -nodes -days 2 {name}"
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(["openssl", *made.split(), *files], check=True, capture_output=True)


def start(site: Site) -> None:
    """The two services by the lines of their units, then the proxy."""
    for name, unit in zip(("web", "worker"), examples("ini"), strict=True):
        line = re.search(r"^ExecStart=(.*)$", unit, re.M)
        assert line
        site.start(name, shlex.split(site.here(line[1])))
    # What Debian's own nginx.conf has around a site.
    own = ("user root;\n" if os.geteuid() == 0 else "") + "daemon off;\nevents {}\n"
    folders = "".join(
        f"{kind}_temp_path {site.folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    around = f"{own}pid {site.folder}/nginx.pid;\nhttp {{\n{folders}{site.here(examples('nginx')[0])}}}\n"
    (site.folder / "nginx.conf").write_text(around)
    program = str(nginx())
    site.start("nginx", [program, "-e", "stderr", "-c", str(site.folder / "nginx.conf")])
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last:
        assert all(process.poll() is None for process in site.started.values()), site.log("web") + site.log(
            "nginx"
        )
        with suppress(OSError):
            if site.ask("/livez").status == 200:
                return
        time.sleep(0.2)
    raise AssertionError(site.log("web") + site.log("nginx"))


def test_port_80_leads_to_the_site(site: Site) -> None:
    told = site.ask_port(site.places["listen 80"].removeprefix("listen "), "/sip/?a=1")
    assert (told.status, told.headers["Location"]) == (301, "https://sip.example.se/sip/?a=1")


def test_health_is_answered_at_the_proxy_and_at_the_port(site: Site) -> None:
    for told in (site.ask("/livez"), site.ask_port(site.environment["SAMORDNA_BIND"], "/livez")):
        assert (told.status, told.body) == (200, "ok\n")
    for told in (site.ask("/readyz"), site.ask_port(site.environment["SAMORDNA_BIND"], "/readyz")):
        assert (told.status, json.loads(told.body)["sending"]) == (200, "never_turned_on")


def test_the_login_page_comes_with_its_style_and_its_headers(site: Site) -> None:
    told = site.ask("/login/")
    assert told.status == 200
    assert '<html lang="sv"' in told.body
    assert told.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    style = re.search(r'href="(/static/web/samordna\.[0-9a-f]+\.css)"', told.body)
    assert style
    assert site.ask(style[1]).status == 200


def test_a_form_is_posted_through_the_proxy(site: Site) -> None:
    page = site.ask("/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
    assert token
    cookie = page.headers["Set-Cookie"].split(";")[0]
    assert "Secure" in page.headers["Set-Cookie"]
    told = site.ask(
        "/login/",
        "POST",
        f"csrfmiddlewaretoken={token[1]}&username=ingen&password=fel".encode(),
        Cookie=cookie,
        Origin=f"https://{NAME}",
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert told.status == 200
    assert "Användarnamnet eller lösenordet" in told.body


def test_an_upload_over_the_limit_gets_a_page_of_ours(site: Site) -> None:
    told = site.ask("/login/", "POST", b"a" * (5 * 1024 * 1024 + 1))
    assert (told.status, '<html lang="sv"' in told.body, "nginx" in told.body) == (413, True, False)


def test_a_name_that_is_not_the_sites_gets_a_page_of_ours(site: Site) -> None:
    told = site.ask("/login/", Host="elsewhere.example")
    assert (told.status, '<html lang="sv"' in told.body) == (400, True)


def test_a_server_that_does_not_answer_gets_a_page_of_ours(site: Site) -> None:
    """Frozen, so that the proxy gives up (504); then stopped (502); then started again."""
    processes = [site.started["web"].pid, *children(site.started["web"].pid)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    slow = site.ask("/login/")
    for process in processes:
        os.kill(process, signal.SIGCONT)
    assert (slow.status, '<html lang="sv"' in slow.body, "nginx" in slow.body) == (504, True, False)
    command = [str(part) for part in site.started["web"].args]  # type: ignore[union-attr]
    site.started["web"].terminate()
    site.started["web"].wait()
    gone = site.ask("/login/")
    assert (gone.status, '<html lang="sv"' in gone.body, "nginx" in gone.body) == (502, True, False)
    site.start("web", command)
    last = time.monotonic() + START_SECONDS
    while site.ask("/livez").status != 200 and time.monotonic() < last:
        time.sleep(0.2)
    assert site.ask("/login/").status == 200


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_every_line_of_the_services_is_an_object(site: Site) -> None:
    site.ask("/login/")
    site.ask("/login/", Host="elsewhere.example")
    site.ask_port(site.environment["SAMORDNA_BIND"], "/ " + "x" * 10_000)
    for name in ("web", "worker"):
        lines: list[Any] = [json.loads(line) for line in site.log(name).splitlines()]
        assert {"event", "level", "timestamp"} <= set.intersection(*(set(line) for line in lines)), name
        assert len(lines) > 1 or name == "worker"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_units_are_units(site: Site) -> None:
    for name, unit in zip(("web", "worker"), examples("ini"), strict=True):
        file = site.folder / f"samordna-{name}.service"
        # The user exists on the operator's machine.
        file.write_text(site.here(unit).replace("User=samordna\n", ""))
        done = subprocess.run(
            ["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False
        )
        about = [line for line in (done.stdout + done.stderr).splitlines() if file.name in line]
        assert about == []
