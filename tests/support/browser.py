"""Chromium as the users have it; each context is one user at one computer."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.support.left_out import chromium

# Nothing is asked of the network outside this machine.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# Milliseconds. Long after anybody would have given up, so that nothing fails because the machine is slow.
PATIENCE = 90_000
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    expect.set_options(timeout=PATIENCE)
    # Playwright runs an event loop in this thread; Django would take database calls beside it for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # Chromium refuses its sandbox to root.
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def new_context(browser: Browser, running_server: Any) -> NewContext:
    """Opens one more computer: own cookies, Swedish, Swedish time. `base_url` is the shared server's unless given."""

    def open_context(**options: Any) -> BrowserContext:
        settings = {
            "base_url": running_server.url,
            "locale": "sv-SE",
            "timezone_id": "Europe/Stockholm",
            "viewport": {"width": 1280, "height": 900},
        }
        context = browser.new_context(**{**settings, **options})
        context.set_default_timeout(PATIENCE)
        return context

    return open_context
