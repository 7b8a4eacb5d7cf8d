from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from samordna.notifications.commands import deliver_due, enqueue
from samordna.notifications.queries import mails_in_folder
from samordna.sip import events

AT = datetime(2026, 5, 13, 11, 0, tzinfo=UTC)


class LoggedIn:
    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None
        return self.get_response(request)


urlpatterns = [path("", include("samordna.notifications.urls"))]


@pytest.fixture
def mail_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "mail"
    with override_settings(
        EMAIL_BACKEND="samordna.notifications.folder.FolderBackend",
        EMAIL_FILE_PATH=str(folder),
        IS_EXERCISE=True,
    ):
        yield folder


def test_mails_are_put_in_the_folder_and_read_from_it(db: None, mail_folder: Path) -> None:
    assert mails_in_folder() == []
    for number in range(2):
        enqueue(
            event=events.PLAN_LOCKED, unit_id=3, unit_name="Åsens vårdcentral", address="asen@example.se",
            key=str(number), at=AT,
        )  # fmt: skip
    assert deliver_due(at=AT).sent == 2
    mails = mails_in_folder()
    assert [(mail.to, mail.subject) for mail in mails] == [
        ("asen@example.se", "Samordna: en plan har låsts")
    ] * 2
    assert "Enhet: Åsens vårdcentral" in mails[0].body
    assert not [file for file in mail_folder.iterdir() if file.suffix != ".eml"]


def test_a_mail_sent_twice_is_one_file(mail_folder: Path) -> None:
    for _ in range(2):
        EmailMessage("s", "b", "a@example.se", ["b@example.se"], headers={"Message-ID": "<../1@x>"}).send()
    assert [file.name for file in mail_folder.iterdir()] == ["..1@x.eml"]


@pytest.mark.requirement("V-12")
def test_the_page_shows_them_in_practice_only(db: None, mail_folder: Path) -> None:
    enqueue(event=events.PLAN_LOCKED, unit_id=3, address="asen@example.se", key="1", at=AT)
    deliver_due(at=AT)
    client = Client()
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[f"{__name__}.LoggedIn"]):
        page = client.get("/notifications/folder/").content.decode()
        assert "Samordna: en plan har låsts" in page
        assert "Till asen@example.se" in page
        assert client.post("/notifications/folder/").status_code == 405
        with override_settings(IS_EXERCISE=False):
            assert client.get("/notifications/folder/").status_code == 404
