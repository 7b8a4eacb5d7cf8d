import pytest
from samordna.sip.tests import factories as f
from samordna.sip.tests.situations import SITUATIONS
from samordna.sip.steps.rows import part_views, rows
from samordna.cases.states import Bucket
pytestmark = pytest.mark.django_db
@pytest.mark.parametrize("key", list(SITUATIONS))
def test_gen(key):
    part,name=key
    c=f.county()
    seen=SITUATIONS[key](c)
    facts=f.facts_of(seen.case_id)
    cells=[]
    for col in ("sender","receiver","coordinator","others"):
        unit=getattr(seen,col)
        if unit is None: cells.append("–"); continue
        v=part_views(facts,unit.pk)[part]
        cells.append(v.symbol.seen_at(seen.at).value+(", task" if v.task and not(v.symbol.acts_from and v.symbol.acts_from>seen.at) else ""))
    rs=rows(facts)
    awake=any(r.bucket in (Bucket.TODO,Bucket.DRAFT) or r.due_at for r in rs)
    open("/tmp/gen.md","a").write("| %s | %s | %s |%s\n"%(part.value,name," | ".join(cells), "" if awake or not facts.case.active else "  SLEEPS"))
