"""到会码: digits on the screen at the door, so that a slip signs in whoever is there, not whoever has its picture (S-88)."""

import datetime as dt
import hashlib
import hmac
import unicodedata

from reviews.rules.meetings import MeetingError

# Long enough to look up, type and press on a slow phone, the code before it being good as well; too short for
# a photograph that is sent home to be of use to more than the quickest.
DOOR_SECONDS = 60
# Of one slip within a minute. With two of ten thousand codes good at a time, guessing takes most of a day.
MOST_TRIES = 8


class DoorCodeError(MeetingError):
    def __init__(self) -> None:
        super().__init__("到会码不对，或者已经更换。请看签到屏上现在的四位数字。")


class TooManyTriesError(MeetingError):
    def __init__(self) -> None:
        super().__init__("输错的次数太多，请一分钟以后再试，或者到签到台登记。")


def door_code(key: str, at: dt.datetime) -> str:
    """Four digits, others every DOOR_SECONDS; `key` is known to the server alone."""
    turn = int(at.timestamp()) // DOOR_SECONDS
    digest = hmac.digest(key.encode(), str(turn).encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8]) % 10_000:04d}"


def is_door_code(key: str, typed: str, at: dt.datetime) -> bool:
    """The code of now or the one before, however it was typed."""
    digits = "".join(unicodedata.normalize("NFKC", typed).split())
    good = [door_code(key, moment) for moment in (at, at - dt.timedelta(seconds=DOOR_SECONDS))]
    return any(hmac.compare_digest(digits.encode(), code.encode()) for code in good)
