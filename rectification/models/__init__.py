from .bulletins import Bulletin, BulletinLine, BulletinReceipt
from .inspections import Inspection
from .items import Evidence, Measure, Progress, RectificationItem, Verification
from .lists import Commitment, RectificationList
from .problems import Problem

__all__ = [
    "Bulletin",
    "BulletinLine",
    "BulletinReceipt",
    "Commitment",
    "Evidence",
    "Inspection",
    "Measure",
    "Problem",
    "Progress",
    "RectificationItem",
    "RectificationList",
    "Verification",
]
