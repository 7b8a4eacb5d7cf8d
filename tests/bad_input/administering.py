"""The forms of Administrera, filled in as they should be."""

from django.urls import reverse

from samordna.kernel import clock
from tests.bad_input.postings import Posting
from tests.bad_input.world import World


def _user(world: World) -> str:
    return reverse("assignments:user", args=[world.people["bertil"].user_id])


def _department(world: World) -> int:
    return world.county.home_care.department_id or 0


def _setting(key: str, world: World) -> str:
    return reverse("organisations:department_setting", args=[_department(world), key])


POSTINGS = (
    Posting(
        "end assignment",
        lambda w: reverse(
            "assignments:assignment_end", args=[w.people["bertil"].user_id, w.people["bertil"].pk]
        ),
        lambda w: {"ends_on": clock.today(clock.now()).isoformat()},
        who="administrator",
        required=("ends_on",),
    ),
    Posting(
        "end role",
        lambda w: reverse("assignments:user", args=[w.people["olle"].user_id]),
        lambda w: {},
        lambda w: reverse("assignments:role_end", args=[w.people["olle"].user_id, w.grant_id]),
        who="administrator",
    ),
    Posting(
        "appoint",
        _user,
        lambda w: {"initiate": "on"},
        lambda w: reverse("assignments:appoint", args=[w.people["bertil"].pk]),
        who="administrator",
    ),
    Posting(
        "close user",
        _user,
        lambda w: {},
        lambda w: reverse("assignments:user_active", args=[w.people["bertil"].user_id]),
        who="administrator",
    ),
    Posting(
        "new password",
        _user,
        lambda w: {},
        lambda w: reverse("assignments:user_password", args=[w.people["bertil"].user_id]),
        who="administrator",
    ),
    Posting(
        "rights",
        lambda w: reverse("assignments:rights_of", args=[_department(w)]),
        lambda w: {"answer": "TEACHER"},
        who="administrator",
    ),
    Posting(
        "close place",
        lambda w: reverse("organisations:close", args=[w.spare.pk]),
        lambda w: {},
        who="administrator",
    ),
    Posting(
        "notices",
        lambda w: reverse("organisations:notices", args=[w.county.home_care.pk]),
        lambda w: {"events": "plan.locked"},
        who="administrator",
    ),
    Posting(
        "open place",
        lambda w: reverse("organisations:place", args=[w.closed.pk]),
        lambda w: {},
        lambda w: reverse("organisations:reopen", args=[w.closed.pk]),
        who="administrator",
    ),
    Posting(
        "goal headings",
        lambda w: _setting("goal_headings", w),
        lambda w: {"value": "Det här vill jag\nSå vill jag bo"},
        who="administrator",
        required=("value",),
    ),
    Posting(
        "routing advice",
        lambda w: _setting("routing_advice", w),
        lambda w: {"REGION": "Ring växeln", "MUNICIPALITY": "Ring vårdcentralen"},
        who="administrator",
    ),
    Posting(
        "deadlines",
        lambda w: _setting("deadlines", w),
        lambda w: {"initiative_kind": "working_days", "initiative_amount": "2", "initiative_hour": "15.00"},
        who="administrator",
    ),
)
