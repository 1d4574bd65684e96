"""Why the booth does not take a ballot. Each sentence is shown on the phone; none repeats what was sent."""

from .ballot_rounds import BallotError

MOST_OF_ONE_SLIP = 200  # changes of mind; more than that is no person


class NotAcceptingError(BallotError):
    def __init__(self, *, is_over: bool) -> None:
        super().__init__("投票已经截止，不能再提交。" if is_over else "投票还没有开始，请听主持人宣布。")


class UnfitBallotError(BallotError):
    """Of a length or form that no page of ours makes."""

    def __init__(self) -> None:
        super().__init__("提交的内容不完整，请重新打开测评页面。")


class OtherBallotError(BallotError):
    """The same submission id with another content."""

    def __init__(self) -> None:
        super().__init__("这次提交与先前送达的内容不同，请再点一次提交。")


class TooManyBallotsError(BallotError):
    def __init__(self) -> None:
        super().__init__("这个测评码修改的次数太多，请联系工作人员。")
