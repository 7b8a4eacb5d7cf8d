"""A second list is a second address: what it says comes from the process of the module that the address names."""

from datetime import datetime

import pytest
from django.test import Client, override_settings
from django.urls import path, reverse

from samordna.assignments.models import Assignment, ModuleRight
from samordna.assignments.tests.factories import actor_for_assignment
from samordna.casework.case.commands.new_case import begin_case
from samordna.casework.tests import toy
from samordna.casework.tests.toy import TOY
from samordna.kernel.module import Module
from samordna.overview import views
from samordna.overview.processes import OVERVIEWS, Overview
from samordna.overview.tests.factories import person
from samordna.sip.process import SIP

MADE_UP = Overview(TOY, "Made up", "made_up", "made_up_changes", "made_up_search")
urlpatterns = [
    path("made-up/", views.worklist, {"module": Module.SPU}, name=MADE_UP.shown),
    path("made-up/changes/", views.changes, {"module": Module.SPU}, name=MADE_UP.changes),
    path("made-up/search/", views.search, {"module": Module.SPU}, name=MADE_UP.search),
    *toy.urlpatterns,
]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.usefixtures("page")
def test_it_has_its_own_cases_columns_sentences_and_addresses(
    client: Client, anna: Assignment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(OVERVIEWS, TOY.module, MADE_UP)
    for right in list(ModuleRight.objects.filter(module=Module.SIP)):
        right.pk, right.module = None, Module.SPU
        right.save()
    of_sip = begin_case(
        process=SIP,
        actor=actor_for_assignment(anna, at),
        person_id=person(at=at).pk,
        at=at,
    )
    actor = actor_for_assignment(anna, at)
    case_id = begin_case(process=TOY, actor=actor, person_id=person(at=at).pk, at=at)
    shown = client.get("/made-up/").content.decode()
    said = (
        "<h1>Made up</h1>",
        'hx-get="/made-up/changes/?',
        "Send the notice",
        "Paper",
        f"toy/cases/{case_id}/notice/",
        f'href="{reverse("toy:new")}"',
    )
    assert [word for word in said if word not in shown] == []
    assert [word for word in (str(of_sip), f'href="{reverse("sip:new")}"') if word in shown] == []
