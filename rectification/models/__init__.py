from .amendments import Amendment
from .bulletins import Bulletin, BulletinLine, BulletinReceipt
from .escalations import Escalation
from .fulfilments import Fulfilment, FulfilmentFile
from .inquiries import Inquiry
from .inspections import Inspection
from .items import Evidence, ItemParty, Measure, Progress, RectificationItem, Verification
from .ladder import LadderRule, LadderStep, RectificationScheme
from .lists import Commitment, RectificationList
from .problems import Problem
from .standing_checks import StandingCheck
from .typical_cases import TypicalCase

__all__ = [
    "Amendment",
    "Bulletin",
    "BulletinLine",
    "BulletinReceipt",
    "Commitment",
    "Escalation",
    "Evidence",
    "Fulfilment",
    "FulfilmentFile",
    "Inquiry",
    "Inspection",
    "ItemParty",
    "LadderRule",
    "LadderStep",
    "Measure",
    "Problem",
    "Progress",
    "RectificationItem",
    "RectificationList",
    "RectificationScheme",
    "StandingCheck",
    "TypicalCase",
    "Verification",
]
