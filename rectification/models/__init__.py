from .bulletins import Bulletin, BulletinLine, BulletinReceipt
from .inquiries import Inquiry
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
    "Inquiry",
    "Inspection",
    "Measure",
    "Problem",
    "Progress",
    "RectificationItem",
    "RectificationList",
    "Verification",
]
