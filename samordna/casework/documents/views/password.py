"""The password is asked for again before something is signed, where the county wants it."""

from django.http import HttpRequest

from samordna.accounts.guessing import Door, asked_again
from samordna.casework.documents.forms import AskPassword
from samordna.casework.file.views.page import actor_of
from samordna.organisations import queries as places


def asks_password(request: HttpRequest) -> AskPassword | None:
    """The question about the password, where it is asked and there is one (V-53, K-19)."""
    actor = actor_of(request)
    wanted = places.settings_of(actor.department_id).ask_password_when_signing
    asked = wanted and actor.login_method == "password"
    return (lambda typed: asked_again(request, typed, Door.SIGN)) if asked else None
