"""An empty page, a list, a case, a message."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from tools.bench.bare.models import Case, Message

ROWS = 50


def hello(_request: HttpRequest) -> HttpResponse:
    """Nothing is asked of the database."""
    return HttpResponse("hello")


def cases(request: HttpRequest) -> HttpResponse:
    """Session, user, and the unit's active cases by an index, through a template."""
    rows = Case.objects.filter(unit=1, active=True).order_by("-changed_at")[:ROWS]
    return render(request, "bare/cases.html", {"name": request.user.get_username(), "cases": rows})


def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case and its messages."""
    found = get_object_or_404(Case, pk=case_id)
    messages = Message.objects.filter(case=found).order_by("sent_at")
    return render(request, "bare/case.html", {"case": found, "messages": messages})


def send(request: HttpRequest, case_id: int) -> HttpResponse:
    """One insert."""
    Message.objects.create(case_id=case_id, sender="Anna", text=request.POST["text"], sent_at=timezone.now())
    return redirect("/")
