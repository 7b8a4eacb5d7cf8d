"""The application server's own answers, to requests that it cannot hand to the program, as pages of ours."""

import re
from typing import Any

from gunicorn.workers.sync import SyncWorker  # type: ignore[import-untyped]

_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ([^\r]*)")


class PageWorker(SyncWorker):  # type: ignore[misc] # gunicorn has no types
    """Gunicorn's own worker, which tells in Swedish that an address or a browser's headers are too long."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        super().handle_error(req, _InPages(client), addr, exc)


class _InPages:
    """A connection on which gunicorn's English page is replaced by ours of the same status, else of 400."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def sendall(self, data: bytes) -> None:
        self._client.sendall(_page_for(data))


def _page_for(answer: bytes) -> bytes:
    # By now the program is loaded; when gunicorn asks for this module it is not.
    from samordna.web.standing_pages import PAGES, page  # noqa: PLC0415

    found = _STATUS.match(answer)
    status = int(found[1]) if found else 400
    body = page(status if status in PAGES else 400).encode()
    headers = (
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        "Cache-Control: no-store",
        f"Content-Length: {len(body)}",
    )
    first = found[0] if found else b"HTTP/1.1 400 Bad Request"
    return b"\r\n".join([first, *(header.encode() for header in headers), b"", body])
