"""Addresses of the messages: writing, checking and sending, answering, recipients, taking back, voiding."""

from django.urls import path

from samordna.casework.messages.views import answering, checking, outside, recipients, voiding, writing

_CASE = "cases/<uuid:case_id>/"
_MESSAGE = f"{_CASE}messages/<uuid:message_id>/"

urlpatterns = [
    path(f"{_CASE}<slug:slug>/draft/", writing.draft, name="draft"),
    path(f"{_CASE}<slug:slug>/check/", checking.check, name="check"),
    path(f"{_CASE}<slug:slug>/discard/", writing.discard, name="discard"),
    path(f"{_MESSAGE}answer/", answering.answer, name="answer"),
    path(f"{_MESSAGE}add/", recipients.add, name="add_recipients"),
    path(f"{_MESSAGE}<uuid:delivery_id>/send-on/", recipients.on, name="send_on"),
    path(f"{_MESSAGE}<uuid:delivery_id>/set-aside/", recipients.aside, name="set_aside"),
    path(f"{_MESSAGE}<uuid:delivery_id>/outside/", outside.external, name="external"),
    path(f"{_MESSAGE}take-back/", voiding.take_back, name="take_back"),
    path(f"{_MESSAGE}anew/", voiding.anew, name="message_anew"),
    path(f"{_MESSAGE}void/", voiding.void, name="void_message"),
]
