"""What the county and its departments have chosen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from django.db.models import Q, QuerySet

from samordna.kernel.prepared import Prepared
from samordna.kernel.workingdays import Deadline
from samordna.organisations import settings_catalogue
from samordna.organisations.models import Setting
from samordna.organisations.settings_catalogue import ENTRIES, Entry, Settings


def setting(key: str, department_id: int | None = None) -> Any:
    """The value of one setting, read; the department's own, else the county's, else the built-in one."""
    county, department = _written(department_id, key=key)
    entry = ENTRIES[key]
    return entry.shape.read(settings_catalogue.effective(entry, county.get(key), department.get(key)))


def settings_of(department_id: int | None) -> Settings:
    """All values that hold for a department, or (None) for the county."""
    return settings_catalogue.settings_from(*_written(department_id))


def settings_from(rows: Iterable[Sequence[Any]], department_id: int | None) -> Settings:
    """The same from the rows of `WRITTEN`, those of the department or (None) the county's alone."""
    return settings_catalogue.settings_from(*_sorted(rows, department_id))


def deadlines_of(department_ids: Collection[int | None], name: str) -> dict[int | None, Deadline]:
    """One deadline as it holds for each of several departments, in one statement."""
    written = dict[int | None, Any](_OF_ALL.rows(key="deadlines"))
    entry = ENTRIES["deadlines"]
    return {owner: _deadlines(entry, written.get(None), written.get(owner))[name] for owner in department_ids}


def department_values(department_id: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the county and the department themselves have written, as stored: for the page that edits it."""
    return _written(department_id)


def _written(department_id: int | None, key: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    # No place has the id 0: the county's settings alone.
    return _sorted(WRITTEN.rows(department_id=department_id or 0), department_id, key)


def _sorted(
    rows: Iterable[Sequence[Any]], department_id: int | None, key: str = ""
) -> tuple[dict[str, Any], dict[str, Any]]:
    county: dict[str, Any] = {}
    department: dict[str, Any] = {}
    for owner, name, value in rows:
        if name in ENTRIES and key in {"", name}:
            if owner is None:
                county[name] = value
            elif owner == department_id and not ENTRIES[name].county_only:
                department[name] = value
    return county, department


def _rows(*, department_id: int) -> QuerySet[Setting, Any]:
    own = Setting.objects.filter(Q(department=None) | Q(department_id=department_id))
    return own.values_list("department_id", "key", "value")


# A county has some tens of departments, and few of them another value than the county's.
_OF_ALL = Prepared(lambda key: Setting.objects.filter(key=key).values_list("department_id", "value"), key=str)
WRITTEN = Prepared(_rows, department_id=int)


def _deadlines(entry: Entry, county: Any, department: Any) -> Mapping[str, Deadline]:
    return cast(
        Mapping[str, Deadline], entry.shape.read(settings_catalogue.effective(entry, county, department))
    )
