import pytest

from rectification.rules.merges import check_merge
from rectification.rules.problems import ProblemRefused


@pytest.mark.parametrize(
    ("organizations", "merged", "promised", "says"),
    [
        ([1], 0, 0, "至少选择两个"),
        ([1, 2], 1, 0, "已经归并"),
        ([None, None, 1], 0, 0, "两个以上共性问题"),
        ([1, 1], 0, 1, "清单拟定期间"),
    ],
)
def test_what_cannot_be_merged_is_told(organizations: list[int | None], merged: int, promised: int, says: str) -> None:
    with pytest.raises(ProblemRefused, match=says):
        check_merge(organizations=organizations, merged=merged, promised=promised)


@pytest.mark.parametrize("organizations", [[1, 2], [1, 1], [None, 1, 1]])
def test_what_can(organizations: list[int | None]) -> None:
    check_merge(organizations=organizations, merged=0, promised=0)
    if len(set(organizations)) > 1:
        check_merge(organizations=organizations, merged=0, promised=1)
