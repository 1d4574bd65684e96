"""When problems may become one (S-111)."""

from collections.abc import Sequence

from .problems import ProblemRefused


def check_merge(*, organizations: Sequence[int | None], merged: int, promised: int) -> None:
    """Raise ProblemRefused unless the problems, one entry of `organizations` each (None: a common one), can be merged.

    `merged` of them are merged already; `promised` stand in a list that may not be rewritten any more.
    """
    if len(organizations) < 2:
        raise ProblemRefused("请至少选择两个问题再归并。")
    if merged:
        raise ProblemRefused("所选问题中有已经归并的，请先解除归并，或者不选它们。")
    if organizations.count(None) > 1:
        raise ProblemRefused("所选的有两个以上共性问题，一次只能归并到一个共性问题。")
    if len(set(organizations)) == 1 and promised:
        raise ProblemRefused("同一单位的问题要在清单拟定期间归并；清单已经报审或承诺的，不能再归并。")
