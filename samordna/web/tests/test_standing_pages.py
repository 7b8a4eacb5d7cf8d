"""The error pages that nginx and the application server give when the program cannot."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from samordna.web.standing_pages import FOLDER, PAGES, page
from tests.architecture.tree import ROOT


def test_they_are_collected_with_the_static_files(settings: Any, tmp_path: Path) -> None:
    """Anew each time: an upgrade changes their words."""
    settings.STATIC_ROOT = tmp_path
    (folder := tmp_path / FOLDER).mkdir(parents=True)
    (old := folder / "502.html").write_text("the words of before")
    os.utime(old, (0, 0))
    # All else is found as before; it need not be copied here.
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["vendor", "fonts", "*.svg"]
    )
    assert {file.name: file.read_text() for file in folder.iterdir()} == {
        f"{status}.html": page(status) for status in PAGES
    }
    assert (tmp_path / "web" / "samordna.css").exists()


@pytest.mark.parametrize("status", PAGES)
def test_each_page_is_swedish_leads_on_and_asks_for_nothing_else(status: int) -> None:
    said = page(status)
    assert '<html lang="sv">' in said
    with translation.override("en"):
        assert str(PAGES[status].heading) not in said, "not translated"
    assert re.findall(r'(?:href|src)="([^"]*)"', said) == ["/"]


def test_what_nginx_answers_by_itself_is_among_them() -> None:
    """The example that operators copy names a page for each status, and each page exists."""
    example = (ROOT / "docs" / "operations.md").read_text()
    named = re.findall(r"error_page ([\d =]+) /web/errors/(\d+)\.html;", example)
    statuses = {int(one) for codes, _file in named for one in codes.replace("=", "").split()}
    assert {400, 403, 404, 405, 413, 414, 494, 500, 502, 503, 504} <= statuses
    assert [file for _codes, file in named if int(file) not in PAGES] == []
