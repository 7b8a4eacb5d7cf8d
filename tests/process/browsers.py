"""Browsers without a window: cookies and forms over real sockets, and posts that reach the server at one moment."""

import select
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.bad_input.pages import Page, PageForm
from tests.journeys.steps.county import PASSWORD

# A machine may be slow; nothing is asserted about time.
PATIENCE = 120
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Answer:
    """What came back, and the page that the user then has before her: after a redirect the one it leads to."""

    status: int
    location: str
    page: Page

    @property
    def done(self) -> bool:
        """Acts answer with a redirect; what was refused answers with a page."""
        return self.status == 302

    def sees(self, *words: str) -> bool:
        text = " ".join(self.page.text.split())
        return all(word in text for word in words)


@dataclass(frozen=True)
class Post:
    """A form as somebody filled it in, not yet sent. One made from the same page twice is a double click."""

    browser: "Browser"
    address: str
    fields: Fields


class Browser:
    """One user's browser at this server; each page it opens is a tab of its own."""

    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.cookies: dict[str, str] = {}

    def log_in(self, username: str) -> "Browser":
        form = self.fill("/login/", username=username, password=PASSWORD)
        answer = together(form)[0]
        assert answer.done, answer.page.text
        return self

    def open(self, address: str) -> Page:
        """The page there, or where it leads."""
        for _step in range(5):
            connection = HTTPConnection(self.host, timeout=PATIENCE)
            connection.request("GET", address, headers=self.headers())
            status, location, body = self.read(connection)
            if not location:
                assert status == 200, f"{status} at {address}: {body}"
                return Page(body)
            address = location
        raise AssertionError(f"led in a circle: {address}")

    def fill(self, address: str, action: str = "", **values: object) -> Post:
        """The form of the page at `address` (the one that posts to `action`), with these values in it."""
        return self.fill_page(self.open(address), action or address, **values)

    def fill_page(self, page: Page, action: str, **values: object) -> Post:
        here = [one for one in page.forms if one.method == "post" and (one.action or action) == action]
        # A menu's form posts to an address of its own, so what is left are the page's; the largest is meant.
        assert here, f"no form to {action}: {[form.action for form in page.forms]} {page.text}"
        form: PageForm = max(here, key=lambda one: len(one.names()))
        typed = {name: [str(value)] for name, value in values.items()}
        return Post(self, action, form.posted() | typed)

    def headers(self) -> dict[str, str]:
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": sent, "Origin": f"http://{self.host}"}

    def read(self, connection: HTTPConnection) -> tuple[int, str, str]:
        answer: HTTPResponse = connection.getresponse()
        body = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        connection.close()
        return answer.status, answer.headers.get("Location", ""), body


def together(*posts: Post) -> list[Answer]:
    """Send them at the same moment: each is held until a worker of its own has it in hand and waits for the body.

    The server must have a worker for each.
    """
    bodies = [urlencode(post.fields, doseq=True).encode() for post in posts]
    held = [_announced(post, len(body)) for post, body in zip(posts, bodies, strict=True)]
    for connection in held:
        ready, _writable, _errors = select.select([connection.sock], [], [], PATIENCE)
        assert ready, "no worker took the request: are there fewer workers than posts?"
    for connection, body in zip(held, bodies, strict=True):
        connection.send(body)
    read = [post.browser.read(connection) for post, connection in zip(posts, held, strict=True)]
    return [_followed(post, *answer) for post, answer in zip(posts, read, strict=True)]


def _announced(post: Post, length: int) -> HTTPConnection:
    connection = HTTPConnection(post.browser.host, timeout=PATIENCE)
    connection.putrequest("POST", post.address)
    headers: dict[str, Any] = post.browser.headers() | {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(length),
        "Expect": "100-continue",
    }
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection


def _followed(post: Post, status: int, location: str, body: str) -> Answer:
    assert status < 500, f"{status} at {post.address}: {body}"
    return Answer(status, location, post.browser.open(location) if location else Page(body))
