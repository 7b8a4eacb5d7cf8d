"""An upgrade meets rows, and the models of its time: each migration that writes rows runs on a county with cases."""

from samordna.cases.models import UnitCase
from samordna.casework.case.commands.case import end_case, remove_unit
from samordna.kernel import clock
from samordna.sip.process import SIP
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.identities import change_number
from tests.support.upgrades import data_migrations, upgrade


def test_every_migration_of_rows_runs_on_rows(db: None) -> None:
    county = f.county()
    s.locked_follow_up(county)
    ended, left = f.accepted_case(county), f.accepted_case(county)
    end_case(
        process=SIP, actor=f.actor(county.anna), case_id=ended, reason="MOVED", comment="", at=clock.now()
    )
    remove_unit(
        process=SIP, actor=f.actor(county.anna), case_id=left, unit_id=county.health_centre.pk, at=clock.now()
    )
    change_number(left, county.anna, "19410110-6393")
    shown = set(UnitCase.objects.values_list("case_id", "unit_id", "bucket"))
    done = data_migrations()
    for room, name in done:
        upgrade(room, name)
    assert ("cases", "0014_fill_what_units_were_told") in done
    assert set(UnitCase.objects.values_list("case_id", "unit_id", "bucket")) == shown
