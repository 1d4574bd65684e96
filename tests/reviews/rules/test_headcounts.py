from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.headcounts import Headcount, headcount, headcounts


def test_five_oral_and_twelve_written_by_domain():
    rows = [("农村", True)] * 3 + [("机关", True)] * 2 + [("机关", False)] * 8 + [("学校", False)] * 4

    assert headcounts(rows) == [Headcount("农村", 3, 0), Headcount("机关", 2, 8), Headcount("学校", 0, 4)]
    assert headcount("合计", [oral for _, oral in rows]) == Headcount("合计", 5, 12)
    assert headcount("合计", [oral for _, oral in rows]).total == 17


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.booleans())))
def test_the_parts_add_up_to_the_whole(rows):
    whole = headcount("合计", [oral for _, oral in rows])
    parts = headcounts(rows)

    assert (sum(p.oral for p in parts), sum(p.written for p in parts), sum(p.total for p in parts)) == (
        whole.oral,
        whole.written,
        len(rows),
    )
