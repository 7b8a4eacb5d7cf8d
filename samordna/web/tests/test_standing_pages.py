"""The error pages that nginx and the application server give when the program cannot."""

import re

import pytest
from django.utils import translation

from samordna.web.standing_pages import FOLDER, PAGES, page
from tests.architecture.tree import ROOT


@pytest.mark.parametrize("status", PAGES)
def test_each_file_is_as_its_words_say(status: int) -> None:
    """Otherwise: `manage.py write_standing_pages`."""
    assert (FOLDER / f"{status}.html").read_text() == page(status)


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
