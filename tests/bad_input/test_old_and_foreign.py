"""Forms from another tab, from before somebody else acted, and addresses put together from two cases."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from samordna.casework.messages.commands import voiding
from samordna.kernel import clock
from samordna.sip.evaluation import commands as evaluation
from samordna.sip.follow_up import commands as follow_up
from samordna.sip.plan.commands import plan
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages
from tests.authorisation.test_table import SLUGS, routes
from tests.bad_input.pages import Page
from tests.bad_input.postings import Opened, Posting, opened
from tests.bad_input.stored import acts_logged, changed, digest
from tests.bad_input.table import BY_NAME, each
from tests.bad_input.world import World

# What a page and the rules make of a form or an address, alike on both databases.
pytestmark = pytest.mark.once("sqlite")


def _words(form: Opened) -> list[str]:
    return [value for name in form.texts for value in form.filled.get(name, ()) if value]


def _kept(form: Opened, content: str) -> list[str]:
    page = Page(content)
    standing = [" ".join(value.split()) for value in [*page.values(), page.text]]
    return [words for words in _words(form) if not any(" ".join(words.split()) in text for text in standing)]


@each
@pytest.mark.requirement("L-02")
def test_a_form_from_a_tab_at_another_unit_is_refused_with_the_text(world: World, posting: Posting) -> None:
    form = opened(world, posting)
    elsewhere = form.with_values(
        assignment=world.people["stranger"].pk, assignment_unit="Vårdcentralen Björken"
    )
    answer = form.post(elsewhere)
    assert answer.status_code == 409
    assert "Vårdcentralen Björken" in answer.content.decode()
    assert not _kept(form, answer.content.decode())
    assert not changed(form.before)
    assert acts_logged() == form.logged


def _sign_and_lock(world: World) -> None:
    stages.sign_plan(world.cases["open"], world.county.anna)
    stages.lock_plan(world.cases["open"], world.county.anna)


def _void_plan(world: World) -> None:
    _sign_and_lock(world)
    plan.void_plan(
        actor=f.actor(world.county.anna), case_id=world.cases["open"], reason="Fel", at=clock.now()
    )


def _send(name: str, case: str) -> Callable[[World], None]:
    def act(world: World) -> None:
        sent = opened(world, BY_NAME[name])
        assert sent.post().status_code == 302
        if case:
            check = f"{reverse('sip:check', args=[world.cases[case], _SLUG[name]])}"
            page = Page(sent.client.get(check).content.decode())
            form = next(one for one in page.forms if "message_id" in one.names())
            assert sent.client.post(check, form.posted()).status_code == 302

    return act


_SLUG = {"initiative": "initiative", "summons": "summons", "information": "information"}


def _void_message(world: World) -> None:
    voiding.void_message(
        process=SIP,
        actor=f.actor(world.county.anna),
        case_id=world.cases["sent"],
        message_id=world.message("sent"),
        reason="Fel",
        at=clock.now(),
    )


def _lock_follow_up(world: World) -> None:
    stages.report(world.cases["follow_up"], world.county.anna, 1, stages.ReportStatus.DONE)
    stages.lock_follow_up(world.cases["follow_up"], world.county.anna)


def _void_follow_up(world: World) -> None:
    who = {"actor": f.actor(world.county.anna), "case_id": world.cases["follow_up"], "at": clock.now()}
    follow_up.void_follow_up(reason="Fel", **who)


def _end_by_evaluation(world: World) -> None:
    case_id = world.cases["evaluation"]
    stages.write_evaluation(case_id, world.county.anna)
    stages.sign_evaluation(case_id, world.county.anna)
    stages.lock_evaluation(case_id, world.county.anna)


def _void_evaluation(world: World) -> None:
    who = {"actor": f.actor(world.county.anna), "case_id": world.cases["evaluation"], "at": clock.now()}
    stages.write_evaluation(world.cases["evaluation"], world.county.anna)
    stages.sign_evaluation(world.cases["evaluation"], world.county.anna)
    evaluation.void_evaluation(reason="Fel", **who)


def _sign_sbar(world: World) -> None:
    stages.sign_sbar(world.cases["sbar"], world.county.anna)


def _end(case: str) -> Callable[[World], None]:
    return lambda world: stages.end_case(world.cases[case], world.county.anna)


# The form that stood open, and what somebody did meanwhile.
OVERTAKEN: dict[str, tuple[str, Callable[[World], None]]] = {
    **{
        f"{name} after the lock": (name, _sign_and_lock)
        for name in (
            "goal",
            "new goal",
            "activity",
            "new activity",
            "law",
            "new participant",
            "participant by hand",
        )
    },
    **{
        f"{name} after the voiding": (name, _void_plan)
        for name in ("goal", "activity", "law", "new participant", "participant by hand")
    },
    **{
        f"{name} after the end": (name, _end("open"))
        for name in ("goal", "new activity", "law", "new participant")
    },
    **{
        f"{name} after it was sent": (name, _send(name, case))
        for name, case in (("initiative", "new"), ("summons", "accepted"))
    },
    **{
        f"{name} after the end": (name, _end("accepted"))
        for name in ("summons", "information", "consent", "person", "relative", "correct number", "end")
    },
    "initiative after the end": ("initiative", _end("new")),
    "answer after the voiding": ("answer", _void_message),
    "outside after the voiding": ("outside", _void_message),
    "void after the voiding": ("void message", _void_message),
    "report after the lock": ("report", _lock_follow_up),
    "report after the voiding": ("report", _void_follow_up),
    "void after the voiding of the follow-up": ("void follow-up", _void_follow_up),
    "evaluation after the lock": ("evaluation", _end_by_evaluation),
    "evaluation after the voiding": ("evaluation", _void_evaluation),
    "sbar after signing": ("sbar", _sign_sbar),
}


@pytest.mark.parametrize("what", OVERTAKEN)
@pytest.mark.requirement("V-56", "V-72")
def test_an_old_form_is_refused_with_its_text_when_it_was_overtaken(world: World, what: str) -> None:
    name, meanwhile = OVERTAKEN[what]
    form = opened(world, BY_NAME[name])
    meanwhile(world)
    before, logged = digest(), acts_logged()
    answer = form.post()
    assert answer.status_code in {200, 409}, answer.headers.get("Location", answer.status_code)
    assert not _kept(form, answer.content.decode())
    assert not changed(before)
    assert acts_logged() == logged


def _own_values(world: World) -> dict[str, Any]:
    """For every kind of id an address may have: what belongs to other cases than the one in the address."""
    facts = world.facts("locked")
    plan_versions = [one.id for doc in facts.documents if doc.kind == Part.PLAN for one in doc.versions]
    return {
        "message_id": world.message("accepted"),
        "delivery_id": world.delivery("sent", external=True),
        "version_id": plan_versions[0],
        "goal": world.goal("locked"),
        "activity": world.activity("locked"),
        "participant": world.participant("locked"),
        "unit_id": world.county.frida.unit_id,
        "change_id": world.change_id(),
    }


IDS = ("message_id", "delivery_id", "version_id", "lineage", "unit_id")


def _says_why(client: Client, answer: HttpResponse) -> bool:
    return "notice-error" in client.get(answer.headers["Location"], follow=True).content.decode()


def _names(pattern: URLPattern) -> set[str]:
    return set(pattern.pattern.regex.groupindex)


def _address(
    name: str, pattern: URLPattern, case_id: UUID, foreign: dict[str, Any], own: dict[str, Any]
) -> str:
    kind = "goal"
    if name.startswith("sip:participant"):
        kind = "participant"
    elif name.startswith("sip:activity") and name != "sip:activity_new":
        kind = "activity"
    values = {**foreign, "lineage": foreign[kind], "slug": SLUGS.get(name, ""), "case_id": case_id, **own}
    return reverse(name, kwargs={key: values[key] for key in _names(pattern)})


@pytest.mark.requirement("L-02")
def test_an_id_of_another_case_is_not_found_in_the_own_one(world: World) -> None:
    """The user may see both cases; put together into one address they are nothing."""
    foreign, wrong, client = _own_values(world), [], world.browser("anna")
    before, logged = digest(), acts_logged()
    for name, pattern in routes().items():
        if not name.startswith("sip:") or "case_id" not in _names(pattern) or not _names(pattern) & set(IDS):
            continue
        own = {"message_id": world.message("sent")} if "delivery_id" in _names(pattern) else {}
        case = "sent" if {"message_id", "unit_id"} & _names(pattern) else "open"
        if "delivery_id" in own or "delivery_id" in _names(pattern):
            foreign["delivery_id"] = next(
                d.id for m in world.facts("accepted").messages for d in m.deliveries
            )
        for values in (foreign, {**foreign, **dict.fromkeys([*foreign], uuid4()), "unit_id": 999_999_999}):
            where = _address(name, pattern, world.cases[case], values, own)
            for method in ("get", "post"):
                answer = getattr(client, method)(
                    where, {"version": "1", "reason": "Fel på datum", "act": "save"}
                )
                # By GET, where a form is posted to, one is led to the form's page of the own case.
                led = answer.status_code == 302 and (method == "get" or _says_why(client, answer))
                if answer.status_code not in {404, 405} and not led:
                    wrong.append(f"{name} {method}: {answer.status_code}")
    wrong += [f"{table} has changed" for table in changed(before)]
    assert acts_logged() == logged
    assert not wrong, "\n".join(wrong)


@pytest.mark.requirement("L-02")
def test_the_addresses_of_somebody_elses_case_are_not_there(world: World) -> None:
    """Whatever the address is about, and with the ids that do belong to the case."""
    values, wrong, client = _own_values(world), [], world.browser("stranger")
    before, logged = digest(), acts_logged()
    values["message_id"], values["unit_id"] = world.message("locked"), world.county.social.pk
    values["delivery_id"] = world.facts("locked").messages[0].deliveries[0].id
    for name, pattern in routes().items():
        if not name.startswith("sip:") or "case_id" not in _names(pattern):
            continue
        where = _address(name, pattern, world.cases["locked"], values, {})
        for method in ("get", "post"):
            answer = getattr(client, method)(where, {"act": "save", "version": "1", "reason": "MOVED"})
            if method == "get" and answer.status_code == 302:
                # Where a form is posted to, one is led to the form's page: that is not there either.
                answer = client.get(answer.url)
            if answer.status_code not in {404, 405} and name not in {"sip:discard", "sip:discard_unsaved"}:
                wrong.append(f"{name} {method}: {answer.status_code}")
    wrong += [f"{table} has changed" for table in changed(before)]
    assert not wrong, "\n".join(wrong)
    assert acts_logged() == logged
