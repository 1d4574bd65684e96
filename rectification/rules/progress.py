"""What can be wrong with a report of progress (S-156)."""


class ProgressRefused(Exception):
    """The report of progress cannot be taken; `str(error)` says why."""


class NoProgress(Exception):
    def __init__(self) -> None:
        super().__init__("还没有填报过整改进展，不能申请销号。请先填报进展、上传佐证材料。")
