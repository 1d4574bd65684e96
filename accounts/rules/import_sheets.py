"""The three sheets of the register as a workbook: which columns there are and what each may hold (S-05, S-61)."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from accounts.rules.import_cells import choice_of, code_of, date_of, remark_on_date, text_of, yes_no_of
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role


@dataclasses.dataclass(frozen=True)
class Column:
    """`others` are further headings it is known by; a column that `only_checks` is compared and never written."""

    field: str
    heading: str
    read: Callable[[Any], Any] = text_of
    is_required: bool = False
    longest: int = 0
    others: tuple[str, ...] = ()
    labels: Mapping[Any, str] = dataclasses.field(default_factory=dict, hash=False)
    note: str = ""
    width: int = 16
    examples: tuple[Any, ...] = ()
    only_checks: bool = False
    remark: Callable[[Any], str] = lambda cell: ""

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(self.labels.values())


@dataclasses.dataclass(frozen=True)
class SheetForm:
    kind: str
    name: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> list[Column]:
        return [column for column in self.columns if column.is_required]

    def column(self, field: str) -> Column:
        return next(column for column in self.columns if column.field == field)


ORGANIZATIONS, PEOPLE, POSTS = "organizations", "people", "posts"
EXAMPLE = "示例"
YES_NO = {True: "是", False: "否"}


def _choice(field: str, heading: str, choices: Any, **rest: Any) -> Column:
    labels = {value: str(label) for value, label in choices.choices}
    stored = {label: value for value, label in labels.items()}
    return Column(field, heading, lambda cell: choice_of(cell, stored), is_required=True, labels=labels, **rest)


def _yes_no(field: str, heading: str, **rest: Any) -> Column:
    return Column(field, heading, yes_no_of, labels=YES_NO, width=12, **rest)


SHEETS: tuple[SheetForm, ...] = (
    SheetForm(
        ORGANIZATIONS,
        "党组织",
        (
            Column(
                "code",
                "代码",
                code_of,
                is_required=True,
                longest=40,
                others=("党组织代码", "组织代码", "单位代码"),
                note="唯一的代码，用来区分同名单位。已有的代码表示修改这个单位，新的代码表示新增。",
                examples=("示例-T01", "示例-T01-01"),
            ),
            Column(
                "name",
                "名称",
                is_required=True,
                longest=120,
                others=("党组织名称", "组织名称", "单位名称"),
                note="全称。可以与别的单位同名，以代码区分；“XX”等脱敏文字按原样保存。",
                width=34,
                examples=("XX镇党委", "XX镇XX村党支部"),
            ),
            Column(
                "short_name",
                "简称",
                longest=60,
                note="印发材料时用在职务前面，如“柳河镇”。可不填。",
                width=18,
                examples=("XX镇", "XX村"),
            ),
            Column(
                "parent",
                "上级代码",
                code_of,
                longest=40,
                others=("上级党组织代码", "隶属代码"),
                note="按隶属关系填上级党组织的代码（不是名称）。新增的必须填；修改时留空表示不变。",
                examples=("填您所在党委的代码", "示例-T01"),
            ),
            _choice("kind", "类型", OrganizationKind, note="从下拉列表中选择。", examples=("党委", "党支部")),
            _choice(
                "level",
                "层级",
                OrganizationLevel,
                note="从下拉列表中选择。",
                width=20,
                examples=("乡镇（街道）、部门", "村（社区）"),
            ),
            Column("domain", "领域", note="从下拉列表中选择，可不填。", examples=("农村", "农村")),
        ),
    ),
    SheetForm(
        POSTS,
        "任职",
        (
            Column(
                "person",
                "人员代码",
                code_of,
                is_required=True,
                longest=40,
                note="“人员”表中或系统中已有的人员代码。",
                examples=("示例-0001", "示例-0001"),
            ),
            Column(
                "person_name",
                "姓名",
                note="只用来核对，填了就必须与人员代码相符。",
                examples=("张某某", "张某某"),
                only_checks=True,
            ),
            Column(
                "organization",
                "党组织代码",
                code_of,
                is_required=True,
                longest=40,
                others=("组织代码", "单位代码"),
                note="任职单位的代码。",
                examples=("示例-T01", "示例-T01"),
            ),
            Column(
                "organization_name",
                "党组织名称",
                others=("组织名称", "单位名称"),
                note="只用来核对，填了就必须与代码相符。",
                width=34,
                examples=("XX镇党委", "XX镇党委"),
                only_checks=True,
            ),
            Column(
                "title",
                "职务",
                is_required=True,
                longest=120,
                note="按印发时的写法，如 党委书记、局长。一人兼几职的，一职一行。",
                width=24,
                examples=("党委书记", "人大主席"),
            ),
            _choice(
                "role",
                "角色",
                Role,
                note="决定在系统里能做什么。“组织部门”“系统管理员”只能由系统管理员授予。",
                examples=("党组织书记", "班子成员"),
            ),
            Column(
                "start",
                "任职日期",
                date_of,
                remark=remark_on_date,
                note="如 2020-01-15；只知道年月的写2020年1月，按当月1日登记；不清楚的留空。",
                examples=(dt.date(2020, 1, 15), None),
            ),
            Column(
                "end",
                "免职日期",
                date_of,
                remark=remark_on_date,
                note="仍在任的留空。这一天是任职的最后一天。",
                examples=(None, None),
            ),
            _yes_no(
                "is_first_responsible",
                "第一责任人",
                note="每个党组织同一时间只有一名第一责任人，一般是书记。",
                examples=("是", "否"),
            ),
            _yes_no("is_primary", "主要职务", note="党内职务是第一职务，填“是”的印在前面。", examples=("是", "否")),
            _yes_no(
                "is_unit_head",
                "单位主要负责人",
                note="本人是这个党组织所在单位的主要负责人（如局长、校长）填“是”。",
                examples=("否", "否"),
            ),
            Column(
                "duties",
                "分管领域",
                longest=200,
                note="班子成员“一岗双责”的分管工作，可不填。",
                width=24,
                examples=("", ""),
            ),
        ),
    ),
    SheetForm(
        PEOPLE,
        "人员",
        (
            Column(
                "code",
                "人员代码",
                code_of,
                is_required=True,
                longest=40,
                note="唯一的代码，用来区分同名同志。新增的人员还要在“任职”表中至少填一行。",
                examples=("示例-0001",),
            ),
            Column(
                "name",
                "姓名",
                is_required=True,
                longest=60,
                note="可填“***”等脱敏文字，按原样保存。",
                examples=("张某某",),
            ),
        ),
    ),
)


def sheet_form(kind: str) -> SheetForm:
    return next(sheet for sheet in SHEETS if sheet.kind == kind)
