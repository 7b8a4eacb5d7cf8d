"""What each installation may start with, what its headers say, and what its log lines leave out."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import override_settings

from samordna.config.databases import database_from_url
from samordna.config.environment import Environment, level, number
from samordna.config.logging import logging_settings
from samordna.web.middleware import RequestIdMiddleware

pytestmark = pytest.mark.once("sqlite")

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "samordna.config.settings.production",
    "SAMORDNA_SECRET_KEY": "k3y-for-this-test-only-" + "0123456789abcdefghijklmnop" * 2,
    "SAMORDNA_HOSTS": "samordna.example.org",
    "SAMORDNA_DATABASE_URL": "postgresql://samordna@db.example.org/samordna",
    "SAMORDNA_FROM_ADDRESS": "sip@example.org",
}


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAMORDNA_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_djangos_deployment_check() -> None:
    done = manage(PRODUCTION, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout


MANDATORY = ["SAMORDNA_SECRET_KEY", "SAMORDNA_HOSTS", "SAMORDNA_DATABASE_URL", "SAMORDNA_FROM_ADDRESS"]


def test_production_tells_all_that_is_missing_at_once() -> None:
    done = manage({"DJANGO_SETTINGS_MODULE": PRODUCTION["DJANGO_SETTINGS_MODULE"]}, "check")
    assert done.returncode != 0
    assert [name for name in MANDATORY if f"{name} is not set" not in done.stderr] == []
    assert "Traceback" not in done.stderr


WRONG = {
    "SAMORDNA_SECRET_KEY": "zebra",
    "SAMORDNA_HOSTS": "https://sip.example.se",
    "SAMORDNA_FROM_ADDRESS": "samordna",
    "SAMORDNA_SMTP_PORT": "smtp",
    "SAMORDNA_SMTP_TLS": "true",
    "SAMORDNA_SMTP_USER": "samordna",
    "SAMORDNA_HSTS_PRELOAD": "yes",
    "SAMORDNA_DATABASE_URL": "mysql://anna:zebra@db/county",
    "SAMORDNA_DATABASE_SECONDS": "60",
    "SAMORDNA_SESSION_IDLE_SECONDS": "0",
    "SAMORDNA_LOG_LEVEL": "verbose",
    "SAMORDNA_WEB_WORKERS": "two",
}


def test_production_tells_all_that_is_wrong_at_once_and_never_the_key() -> None:
    done = manage({**PRODUCTION, **WRONG}, "check")
    told = done.stderr.splitlines()
    assert done.returncode != 0
    assert [name for name in WRONG if name not in done.stderr] == []
    assert len(told) == len(set(told))
    assert "Traceback" not in done.stderr
    assert "zebra" not in done.stderr


@pytest.mark.parametrize(
    "key", ["k", "k3y-of-forty-nine-signs-" + "0123456789" * 2 + "abcde", "ab" * 40, " " * 60]
)
def test_a_key_that_can_be_guessed_is_none(key: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="at least 50 random"):
        _told(key, Environment.secret)


@pytest.mark.parametrize("hosts", ["*", "sip.example.se:443", "sip.example.se/", ".example.se", " , "])
def test_hosts_are_names_and_nothing_else(hosts: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="without https"):
        _told(hosts, Environment.hosts)
    assert _told("sip.example.se, 10.0.0.1", Environment.hosts) == ["sip.example.se", "10.0.0.1"]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://db/county",
        "postgresql://db:fem/county",
        "postgresql://db/",
        "postgresql://db/county?sslmod=require",
        "postgresql://db/county?connect_timeout=2s",
        "postgresql://db:70000/county",
        "postgresql://[::1/county",
        "sqlite://",
        "sqlite:/x",
        "county",
    ],
)
def test_an_address_that_is_none_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SAMORDNA_DATABASE_URL") as told:
        database_from_url(url.replace("//db", "//anna:hemligt@db"))
    assert "hemligt" not in str(told.value)


def test_numbers_and_levels_are_told_by_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="SAMORDNA_WEB_WORKERS"):
        number("SAMORDNA_WEB_WORKERS", 2, {"SAMORDNA_WEB_WORKERS": "two"})
    with pytest.raises(ImproperlyConfigured, match="at most 50"):
        number("SAMORDNA_SECONDS", 4, {"SAMORDNA_SECONDS": "51"}, most=50)
    with pytest.raises(ImproperlyConfigured, match="SAMORDNA_LOG_LEVEL"):
        level({"SAMORDNA_LOG_LEVEL": "verbose"})


def test_the_database_is_never_waited_for_as_long_as_the_server_is() -> None:
    """Beyond that the server or the proxy gives up first, and what was typed is lost."""
    told = manage({"SAMORDNA_DATABASE_SECONDS": "60"}, "check")
    assert told.returncode != 0
    assert "SAMORDNA_DATABASE_SECONDS" in told.stderr


def _told(value: str, read: Callable[[Environment, str], object]) -> object:
    environment = Environment({"SAMORDNA_X": value})
    found = read(environment, "SAMORDNA_X")
    environment.demand_all()
    return found


def test_production_takes_sqlite_when_it_is_asked_for(tmp_path: Path) -> None:
    url = {"SAMORDNA_DATABASE_URL": f"sqlite://{tmp_path}/county.sqlite3"}
    assert manage({**PRODUCTION, **url}, "check").returncode == 0


def test_the_demo_is_not_installed_in_production() -> None:
    shown = manage(PRODUCTION, "diffsettings", "--all").stdout
    installed = next(line for line in shown.splitlines() if "INSTALLED_APPS" in line)
    assert "samordna.sip" in installed
    assert "samordna.demo" not in installed
    done = manage(PRODUCTION, "fill_demo")
    assert done.returncode != 0
    assert "Unknown command" in done.stderr


def test_an_address_of_a_database() -> None:
    there = database_from_url("postgresql://anna:p%40ss@db.example.org:6432/county?sslmode=require")
    assert (there["USER"], there["PASSWORD"], there["HOST"], there["PORT"], there["NAME"]) == (
        "anna",
        "p@ss",
        "db.example.org",
        "6432",
        "county",
    )
    assert there["OPTIONS"]["sslmode"] == "require"
    assert database_from_url("postgresql://db/county?connect_timeout=9")["OPTIONS"]["connect_timeout"] == "9"
    assert database_from_url("sqlite:////var/lib/county.sqlite3")["NAME"] == "/var/lib/county.sqlite3"
    with pytest.raises(ImproperlyConfigured):
        database_from_url("mysql://db.example.org/county")


@pytest.mark.django_db
def test_a_page_says_how_the_browser_may_treat_it(client) -> None:
    headers = client.get("/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.requirement("L-09")
def test_pages_are_swedish_until_the_user_chooses_english(client) -> None:
    wish = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}
    assert 'lang="sv"' in client.get("/login/", **wish).content.decode()
    client.post("/language/", {"language": "en"}, **wish)
    assert 'lang="en"' in client.get("/login/", **wish).content.decode()


def test_passwords_are_kept_with_argon2_in_little_memory() -> None:
    with override_settings(
        PASSWORD_HASHERS=["samordna.accounts.hashers.Argon2Hasher", *settings.PASSWORD_HASHERS]
    ):
        kept = get_hasher("argon2").encode("Korrekt häst", "saltsaltsalt")
        assert kept.startswith("argon2$argon2id$v=19$m=20480,t=2,p=1$")
        assert identify_hasher(kept).verify("Korrekt häst", kept)
        assert not identify_hasher(kept).verify("korrekt häst", kept)


@pytest.fixture
def log_line(capsys):
    """Logs through the installation's own formatter and gives the line."""
    formatter = logging_settings(level="INFO")["formatters"]["json"]
    made = formatter["()"](
        foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
    )

    def written(message: str, *arguments: object, error: BaseException | None = None) -> dict:
        info = (type(error), error, error.__traceback__) if error else None
        record = logging.LogRecord("samordna.test", logging.ERROR, __file__, 1, message, arguments, info)
        return json.loads(made.format(record))

    return written


@pytest.mark.parametrize("number", ["19390421-7464", "193904217464", "390421-7464", "390421+7464"])
def test_a_log_line_names_nobody(log_line, number: str) -> None:
    line = log_line("Not Found: /sok/%s", number)
    assert line["event"] == "Not Found: /sok/[number]"
    assert line["level"] == "error"


def test_the_lines_of_a_request_carry_the_number_that_its_error_page_tells(log_line, rf) -> None:
    answer = RequestIdMiddleware(lambda _request: HttpResponse(log_line("failed")["request_id"]))(rf.get("/"))
    assert answer.content.decode() == answer["X-Request-ID"]
    assert "request_id" not in log_line("afterwards")


def test_a_log_line_leaves_out_what_an_error_quotes(log_line) -> None:
    try:
        raise ValueError("duplicate key: (name)=(Anna Andersson)")
    except ValueError as error:
        line = log_line("failed", error=error)
    assert line["exception"] == "ValueError"
    assert "test_settings.py" in line["places"][0]
    assert "Anna" not in json.dumps(line)


def test_a_server_that_cannot_start_says_so_in_a_line_of_its_log() -> None:
    started = subprocess.run(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "python:samordna.config.gunicorn",
            "samordna.config.wsgi",
        ],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUCTION, **WRONG},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in started.stderr.splitlines()]
    assert started.returncode != 0
    faults = [fault for line in lines for fault in line.get("faults", [])]
    assert [name for name in WRONG if not any(fault.startswith(name) for fault in faults)] == []
