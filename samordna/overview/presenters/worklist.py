"""What the page of a list shows around its rows: the lists with their counts, the segments, the foot."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from samordna.assignments.states import SystemRole
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.overview.commands import Found, Shown
from samordna.overview.presenters.rows import columns, legend, rows_html
from samordna.overview.processes import Overview
from samordna.overview.queries import Counts
from samordna.overview.states import EARLIER, MOST_COUNTED, PAGE_SIZE, PRESENT, Chosen, ListName

LABELS: dict[ListName, str | Promise] = {
    ListName.TODO: pgettext_lazy("list", "To do"),
    ListName.OVERDUE: pgettext_lazy("list", "Overdue"),
    ListName.WAITING: pgettext_lazy("list", "Waiting for others"),
    ListName.ONGOING: pgettext_lazy("list", "Ongoing"),
    ListName.DRAFTS: pgettext_lazy("list", "Drafts"),
    ListName.UNHANDLED: pgettext_lazy("list", "Without handler"),
    ListName.ENDED: pgettext_lazy("list", "Ended"),
    ListName.VOIDED: pgettext_lazy("list", "Voided"),
}
_EMPTY: dict[ListName, str | Promise] = {
    ListName.TODO: gettext_lazy("Nothing to do just now."),
    ListName.OVERDUE: gettext_lazy("Nothing is overdue."),
    ListName.WAITING: gettext_lazy("You wait for nobody just now."),
    ListName.ONGOING: gettext_lazy("There are no ongoing cases."),
    ListName.DRAFTS: gettext_lazy("There are no drafts."),
    ListName.UNHANDLED: gettext_lazy("All cases have a handler."),
    ListName.ENDED: gettext_lazy("There are no ended cases."),
    ListName.VOIDED: gettext_lazy("There are no voided cases."),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One list in the left column."""

    label: str | Promise
    href: str
    count: str
    todo: bool
    current: bool


def is_superuser(actor: Actor) -> bool:
    """Sees which cases nobody at the unit watches (V-25)."""
    return SystemRole.SUPERUSER in actor.system_roles


def worklist(
    overview: Overview, shown: Shown, actor: Actor, chosen: Chosen, at: datetime, *, appended: bool = False
) -> dict[str, Any]:
    """Everything that the template of a list needs. `appended`: the rows come below those already shown."""
    process, page, counts = overview.process, shown.page, shown.page.counts
    superuser = is_superuser(actor)
    lists = [name for name in PRESENT if name != ListName.UNHANDLED or superuser]
    return {
        "heading": overview.heading,
        "present": [_link(overview, name, chosen, counts) for name in lists],
        "earlier": [_link(overview, name, chosen, counts) for name in EARLIER],
        "ours_href": _address(overview, Chosen(chosen.name, mine=False)),
        "mine_href": _address(overview, Chosen(chosen.name, mine=True)),
        "mine": chosen.mine,
        "new_href": _new_address(process, actor),
        "todo_count": 0 if chosen.mine else counts.of[ListName.TODO],
        "lead": _lead(chosen, counts),
        "columns": columns(process, page.lines),
        "rows": rows_html(
            process, page.lines, shown.persons, at=at, page=reverse(overview.shown), mark_unhandled=superuser
        ),
        "legend": legend(),
        "empty": _empty(overview, chosen, counts) if not page.lines else None,
        "range": _range(chosen, counts, len(page.lines), appended=appended),
        "more_href": _address(overview, Chosen(chosen.name, chosen.mine, chosen.page + 1))
        if page.more
        else "",
        "back_href": _address(overview, Chosen(chosen.name, chosen.mine, chosen.page - 1))
        if chosen.page > 1 and not appended
        else "",
        "appends": chosen.page == 1 or appended,
        "assignment": str(actor.assignment_id),
        "changes_href": _changes_address(overview, chosen, counts.newest),
        "at": at,
    }


def changes(overview: Overview, count: int, most: int, chosen: Chosen) -> dict[str, Any]:
    """The bar that says how many cases have changed, and the link that loads the list anew."""
    shown = f"{most - 1}+" if count >= most else str(count)
    text = ngettext("%(count)s changed – show", "%(count)s changed – show", count) % {"count": shown}
    return {"text": text, "href": _address(overview, Chosen(chosen.name, chosen.mine))}


def results(overview: Overview, found: Found, actor: Actor, at: datetime) -> dict[str, Any]:
    """The cases that a search found."""
    process = overview.process
    number = len(found.lines)
    return {
        "searched": True,
        "found": number,
        "found_text": ngettext("%(count)d case found", "%(count)d cases found", number) % {"count": number},
        "cut_off": number == PAGE_SIZE,
        "columns": columns(process, found.lines),
        "rows": rows_html(
            process,
            found.lines,
            found.persons,
            at=at,
            page=reverse(overview.search),
            mark_unhandled=is_superuser(actor),
        ),
        "legend": legend(),
        "new_href": _new_address(process, actor),
    }


def _new_address(process: Process[Any], actor: Actor) -> str:
    """Where a case is begun; nothing for who may not."""
    return reverse(f"{process.namespace}:new") if actor.rights(process.module).may_initiate else ""


def _link(overview: Overview, name: ListName, chosen: Chosen, counts: Counts) -> Link:
    count = counts.of[name]
    return Link(
        label=LABELS[name],
        href=_address(overview, Chosen(name, chosen.mine)),
        count=_capped(name, count),
        todo=name == ListName.TODO and count > 0,
        current=name == chosen.name,
    )


def _capped(name: ListName, count: int) -> str:
    return f"{MOST_COUNTED - 1}+" if name in EARLIER and count >= MOST_COUNTED else str(count)


def _address(overview: Overview, chosen: Chosen) -> str:
    """The address of a list: what is as at the start is not written out."""
    said = {
        "list": "" if chosen.name == ListName.ONGOING else chosen.name.value,
        "mine": "1" if chosen.mine else "",
        "page": "" if chosen.page == 1 else str(chosen.page),
    }
    asked = urlencode({name: value for name, value in said.items() if value})
    return f"?{asked}" if asked else reverse(overview.shown)


def _changes_address(overview: Overview, chosen: Chosen, newest: datetime | None) -> str:
    since = (newest or datetime.min.replace(year=2000, tzinfo=UTC)).astimezone(UTC)
    asked = {"since": since.replace(tzinfo=None).isoformat() + "Z", "list": chosen.name.value}
    return f"{reverse(overview.changes)}?{urlencode(asked | ({'mine': '1'} if chosen.mine else {}))}"


def _lead(chosen: Chosen, counts: Counts) -> str:
    count = counts.of[chosen.name]
    number = _capped(chosen.name, count)
    cases = ngettext("%(count)s case", "%(count)s cases", count) % {"count": number}
    if chosen.name in EARLIER:
        return _("%(list)s: %(cases)s, the latest first") % {"list": LABELS[chosen.name], "cases": cases}
    if chosen.name == ListName.ONGOING and counts.of[ListName.TODO]:
        return _("%(list)s: %(cases)s, those that wait for you first") % {
            "list": LABELS[chosen.name],
            "cases": cases,
        }
    return _("%(list)s: %(cases)s") % {"list": LABELS[chosen.name], "cases": cases}


def _range(chosen: Chosen, counts: Counts, shown: int, *, appended: bool) -> str:
    before = (chosen.page - 1) * PAGE_SIZE
    total = _capped(chosen.name, counts.of[chosen.name])
    return _("Shows %(first)s–%(last)s of %(total)s") % {
        "first": 1 if appended else before + 1,
        "last": before + shown,
        "total": total,
    }


def _empty(overview: Overview, chosen: Chosen, counts: Counts) -> dict[str, str]:
    """What an empty list says, and where there is something."""
    waiting = counts.of[ListName.WAITING]
    if chosen.page > 1:
        return {
            "text": _("The list ends before this page."),
            "href": _address(overview, Chosen(chosen.name, chosen.mine)),
            "link": _("Show the first page"),
        }
    told = {"text": str(_EMPTY[chosen.name])}
    if chosen.name == ListName.TODO and waiting:
        told["more"] = ngettext(
            "%(count)d case waits for others.", "%(count)d cases wait for others.", waiting
        ) % {"count": waiting}
        told |= {
            "href": _address(overview, Chosen(ListName.WAITING, chosen.mine)),
            "link": _("Show what you wait for"),
        }
    elif chosen.mine:
        told |= {"href": _address(overview, Chosen(chosen.name)), "link": _("Show the whole unit's")}
    return told
