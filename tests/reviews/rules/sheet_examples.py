"""One sheet in each of the three modes."""

import dataclasses
from decimal import Decimal

from reviews.rules.sheets import Grade, Item, Person, Sheet

GRADES = (
    Grade("good", "好", Decimal(100), Decimal(90), Decimal(100)),
    Grade("fairly_good", "较好", Decimal(80), Decimal(80), Decimal(89)),
    Grade("fair", "一般", Decimal(60), Decimal(70), Decimal(79)),
    Grade("poor", "差", Decimal(40), Decimal(0), Decimal(69)),
)
ITEMS = (Item("11", "履行责任", Decimal(20)), Item("12", "工作实效", Decimal("12.5")))
OWN = (Item("21", "学校党建"),)
PEOPLE = (
    Person("1", 1, "甲乡党委", "赵某", "党委书记"),
    Person("2", 2, "县一中党委", "钱某", "党委书记", oral=False, items=OWN, link="/reports/2/"),
)
POINTS = Sheet("评分表", "points", GRADES, ITEMS, PEOPLE, overall=True, remark=True, rules=("实名。",))
TICKS = dataclasses.replace(POINTS, mode="grade")
BANDS = dataclasses.replace(POINTS, mode="band")
