"""How many slips are printed, and why one cannot be used."""

from .ballot_rounds import BallotError

LEAST_SPARE = 5
SPARE_SHARE = 10  # percent
MOST_SLIPS = 5000
TO_A_SHEET = 8


class SlipError(BallotError):
    """A slip that cannot be used; the sentence says what to do."""


class UnknownSlipError(SlipError):
    def __init__(self) -> None:
        super().__init__("没有这个测评码。请核对输入，或者扫描测评码上的二维码。")


class VoidedSlipError(SlipError):
    def __init__(self) -> None:
        super().__init__("这个测评码已经注销，不能使用。请向工作人员换领。")


class UsedOnPaperError(SlipError):
    def __init__(self) -> None:
        super().__init__("这个测评码已经用于纸质测评票，不能再用手机提交。")


class UsedOnPhoneError(SlipError):
    def __init__(self) -> None:
        super().__init__("这个测评码已经用手机提交过测评，不能再录入纸质测评票。")


def slips_for(voters: int) -> int:
    """More slips than voters, so that the last one in the hall draws from a pile as well; whole sheets of paper."""
    wanted = voters + max(LEAST_SPARE, -(-voters * SPARE_SHARE // 100))
    return -(-wanted // TO_A_SHEET) * TO_A_SHEET
