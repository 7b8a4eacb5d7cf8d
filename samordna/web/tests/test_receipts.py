"""A form that is posted twice acts once, also when both posts arrive at the same moment."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse, HttpResponseRedirect

from samordna.kernel.refusal import Refusal, Refused
from samordna.web.models import FormReceipt
from samordna.web.receipts import forget_receipts, once, unless_acted


class Act:
    """An act whose effects can be counted in the database."""

    def __init__(self, answer=None, raises=None, takes=0.0):
        self.answer, self.raises, self.takes = answer, raises, takes

    def __call__(self):
        FormReceipt.objects.create(user_id=-1, key=uuid4(), at=datetime.now(UTC))
        time.sleep(self.takes)
        if self.raises:
            raise self.raises
        return self.answer or HttpResponseRedirect(f"/case/{uuid4()}/")

    @staticmethod
    def times():
        return FormReceipt.objects.filter(user_id=-1).count()


@pytest.fixture
def post(make_request):
    key = str(uuid4())
    return lambda: make_request(post={"form_key": key})


@pytest.mark.usefixtures("db")
def test_the_second_post_gets_the_same_redirect_and_does_nothing(post):
    first, second = once(post(), Act()), once(post(), Act())
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Act.times() == 1


@pytest.mark.usefixtures("db")
def test_another_user_with_the_same_key_acts(post):
    once(post(), Act())
    request = post()
    request.actor = replace(request.actor, user_id=request.actor.user_id + 1)
    once(request, Act())
    assert Act.times() == 2


@pytest.mark.usefixtures("db")
def test_an_act_that_was_refused_can_be_tried_again(post):
    with pytest.raises(Refused):
        once(post(), Act(raises=Refused(Refusal("no", "Nej."))))
    assert FormReceipt.objects.count() == 0
    assert once(post(), Act()).status_code == 302
    assert Act.times() == 1


@pytest.mark.usefixtures("db")
def test_a_page_in_answer_leaves_no_receipt(post):
    assert once(post(), Act(answer=HttpResponse("Rätta det här"))).status_code == 200
    assert once(post(), Act()).status_code == 302


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("key", [None, "", "not a key"])
def test_without_a_key_each_post_acts(make_request, key):
    data = {} if key is None else {"form_key": key}
    once(make_request(post=data), Act())
    once(make_request(post=data), Act())
    assert Act.times() == 2


@pytest.mark.race
def test_two_posts_at_the_same_moment_act_once(committed_db, in_threads, post):
    answers = in_threads(*(lambda: once(post(), Act(takes=0.2)) for _ in range(4)))
    assert {answer["Location"] for answer in answers} == {answers[0]["Location"]}
    assert Act.times() == 1


@pytest.mark.race
def test_when_the_first_fails_the_waiting_one_acts(committed_db, in_threads, post):
    def fails():
        return once(post(), Act(raises=Refused(Refusal("no", "Nej.")), takes=0.3))

    def waits():
        time.sleep(0.1)
        return once(post(), Act())

    answers = in_threads(fails, waits)
    assert isinstance(answers[0], Refused)
    assert answers[1].status_code == 302
    assert Act.times() == 1


@pytest.mark.usefixtures("db")
def test_what_is_kept_of_a_form_comes_before_the_act_or_not_at_all(post):
    kept = []
    assert unless_acted(post(), lambda: kept.append("before"))
    assert once(post(), Act()).status_code == 302
    assert not unless_acted(post(), lambda: kept.append("after"))
    assert kept == ["before"]
    assert Act.times() == 1


@pytest.mark.usefixtures("db")
def test_without_a_key_everything_is_kept(make_request):
    kept = []
    assert unless_acted(make_request(post={}), lambda: kept.append("it"))
    assert kept == ["it"]


@pytest.mark.race
def test_what_is_kept_while_the_form_acts_is_gone_afterwards(committed_db, in_threads, post):
    """The act throws away what is kept of its form; keeping waits for it, and finds that nothing is to be kept."""
    of_the_form = FormReceipt.objects.filter(user_id=-2)

    def acts():
        of_the_form.delete()
        time.sleep(0.3)
        return HttpResponseRedirect("/case/")

    def keeps():
        time.sleep(0.1)
        return unless_acted(
            post(), lambda: FormReceipt.objects.create(user_id=-2, key=uuid4(), at=datetime.now(UTC))
        )

    answer, _ran = in_threads(lambda: once(post(), acts), keeps)
    assert answer.status_code == 302
    assert not of_the_form.exists()


@pytest.mark.usefixtures("db")
def test_old_receipts_are_forgotten(post):
    once(post(), Act())
    assert forget_receipts(before=datetime.now(UTC) - timedelta(days=1)) == 0
    assert forget_receipts(before=datetime.now(UTC) + timedelta(days=1)) == 2
