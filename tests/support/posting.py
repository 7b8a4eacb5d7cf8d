"""Forms are posted as browsers post ours: written in one line, and in parts only where there is a file.

Django's test client posts everything in parts, which no page of ours does, and which takes a tenth of a test of forms.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test.client import MULTIPART_CONTENT, Client
from django.utils.http import urlencode

IN_ONE_LINE = "application/x-www-form-urlencoded"


def _has_file(data: Mapping[str, Any]) -> bool:
    values = (
        one for value in data.values() for one in (value if isinstance(value, list | tuple) else [value])
    )
    return any(hasattr(one, "read") for one in values)


def pytest_configure(config: pytest.Config) -> None:
    """For every client of the run."""
    post = Client.post

    def as_browsers_do(
        self: Client, path: str, data: Any = None, content_type: str = MULTIPART_CONTENT, **more: Any
    ) -> Any:
        if content_type == MULTIPART_CONTENT and isinstance(data, Mapping) and not _has_file(data):
            data, content_type = urlencode(data, doseq=True), IN_ONE_LINE
        return post(self, path, data, content_type, **more)

    Client.post = as_browsers_do  # type: ignore[method-assign]
