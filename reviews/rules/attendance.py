"""Who comes and how many: members typed as lines, the preset, the total (S-85 to S-87, S-195)."""

import dataclasses
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.figures import FigureSum, exact_count, sum_figures
from reviews.rules.meetings import MeetingKind
from reviews.rules.titles import place_of

# The list of a county's assembly, in its order (S-86).
PRESET = (
    "县委常委",
    "县人大主要领导",
    "乡镇党委书记、乡镇长、主任",
    "县直部门党委负责人",
    "其他县直部门主要负责人",
    "县级“两代表一委员”",
    "村党支部书记",
    "基层党员干部",
    "群众代表",
)


class AttendancePreset(models.TextChoices):
    """Categories to begin with; the first is the list of a county's assembly (S-86)."""

    ASSEMBLY = "assembly", _("述职评议大会（九类）")
    PANEL = "panel", _("述职评议会（四类：领导、部门、代表、述职单位）")
    SPECIAL = "special", _("专项述职会（党建责任人）")
    PROGRESS = "progress", _("总结会、推进会（各级书记和受表彰对象）")


_PRESETS: dict[str, tuple[str, ...]] = {
    AttendancePreset.ASSEMBLY: PRESET,
    AttendancePreset.PANEL: (
        "县委常委",
        "党的建设工作领导小组成员单位负责人",
        "县级“两代表一委员”和基层党员群众代表",
        "各述职单位班子成员",
    ),
    AttendancePreset.SPECIAL: (
        "县委党的建设工作领导小组成员",
        "乡镇党委书记",
        "乡镇党委副书记、组织委员",
        "县直有关部门负责人",
    ),
    AttendancePreset.PROGRESS: (
        "县委常委",
        "乡镇党委书记、组织委员",
        "县直部门党组织书记",
        "村（社区）党组织书记代表",
        "受表彰的先进集体和个人代表",
    ),
}

_OF_KIND = {
    MeetingKind.SPECIAL_REPORT: AttendancePreset.SPECIAL,
    MeetingKind.SUMMARY: AttendancePreset.PROGRESS,
    MeetingKind.PROGRESS: AttendancePreset.PROGRESS,
    MeetingKind.THEMATIC: AttendancePreset.PROGRESS,
}


def preset_of_kind(kind: str) -> str:
    """What a new meeting of this kind begins with."""
    return _OF_KIND.get(MeetingKind(kind), AttendancePreset.ASSEMBLY)


def preset_for(committee_name: str, preset: str = AttendancePreset.ASSEMBLY) -> tuple[str, ...]:
    """The preset in the words of the host committee: 县 becomes 市 or 区 where it is one."""
    names, end = _PRESETS[preset], place_of(committee_name)[-1:]
    return tuple(name.replace("县", end) for name in names) if end in "市州区旗" else names


_MASKED = re.compile(r"^[*＊XxＸ×某]+$")
# Not the full-width space: 张　三 is one name.
_GAP = re.compile(r"[ \t]+")
# Between names; inside brackets they belong to what is said of one person.
_BETWEEN = re.compile(r"[、，,；;](?![^（(]*[）)])")
_COMMA = re.compile(r"[，,](?![^（(]*[）)])")
_OFFICE = re.compile(r"(?:书记|主任|委员|代表|干部|党员|经理|[局县乡镇市区村科处部院校秘组所站]长)$")
_BETWEEN_AND_GAP = re.compile(r"(?<=[、，,；;])[ \t]+")


@dataclasses.dataclass(frozen=True)
class Member:
    name: str
    unit: str = ""
    post: str = ""


def parse_members(text: str) -> list[Member]:
    """One member a line: 姓名 单位 职务, apart by spaces or, where those occur inside, by `|`.

    A line of names alone may hold several: 张三、李四.
    """
    members: list[Member] = []
    for line in text.splitlines():
        if not line.strip(" \t"):
            continue
        person = _one_with_commas(line)
        if person is not None:
            members.append(person)
            continue
        names = _names_alone(line)
        if len(names) > 1:
            members += [Member(name) for name in names]
            continue
        parts = line.split("|", 2) if "|" in line else _GAP.split(line.strip(" \t"), maxsplit=2)
        name, unit, post = ([part.strip(" \t") for part in parts] + ["", ""])[:3]
        members.append(Member(name, unit, post))
    return members


def _one_with_commas(line: str) -> Member | None:
    """沙有田，沙湾村，党支部书记 is one person; told from three names by words no name ends in."""
    parts = [part.strip(" \t") for part in _COMMA.split(line.strip(" \t"), maxsplit=2)]
    if (
        "|" in line
        or len(parts) < 2
        or "、" in parts[0]
        or _OFFICE.search(parts[0])
        or any(_GAP.search(part) for part in parts)
    ):
        return None
    if not _OFFICE.search(parts[-1]):
        return None
    name, unit, post = parts if len(parts) == 3 else (parts[0], "", parts[1])
    return Member(name, unit, post)


def _names_alone(line: str) -> list[str]:
    """The names of a line that holds nothing else; none where unit or post are given as well."""
    line = _BETWEEN_AND_GAP.sub("", line.strip(" \t"))
    if "|" in line or _GAP.search(line):
        return []
    return [name for name in _BETWEEN.split(line) if name]


def write_members(members: Iterable[Member]) -> str:
    """The lines `parse_members` reads back as the same members."""
    return "\n".join(_line(member) for member in members)


def _line(member: Member) -> str:
    parts = [member.name, member.unit, member.post]
    inner = any(_GAP.search(part) for part in parts[:2]) or not member.name or (member.post and not member.unit)
    inner = inner or _BETWEEN.search(member.name) is not None
    if inner:
        return " | ".join(parts)
    return " ".join(part for part in parts if part)


def identity(member: Member, person_id: int | None = None) -> Hashable | None:
    """By what a person in two categories is recognized; None where that would be a guess.

    Names are no keys (S-05): only a register entry or name, unit and post together count, and a
    masked name never does.
    """
    if person_id is not None:
        return person_id
    if not member.unit or _MASKED.match(member.name):
        return None
    return member


@dataclasses.dataclass(frozen=True)
class Group:
    """A category: its head-count as typed (may be empty) and its members' identities."""

    count_text: str
    members: tuple[Hashable | None, ...] = ()

    @property
    def figure(self) -> str:
        return self.count_text if self.count_text.strip() else str(len(self.members) or "")


@dataclasses.dataclass(frozen=True)
class AttendanceTotal:
    """`total` people, `skipped` figures that cannot be added, `repeated` people counted once; `mark` as of a sum."""

    total: int
    skipped: int
    repeated: int
    mark: str = ""

    @property
    def people(self) -> str:
        """103人, 130余人, 约130人."""
        return f"{FigureSum(self.total, 0, self.mark).number}人"


def attendance_total(groups: Sequence[Group]) -> AttendanceTotal:
    """Sum of the categories; who is in two counts once (S-87), masked figures are skipped (S-195)."""
    figures = sum_figures((group.figure for group in groups), "人")
    seen: Counter[Hashable] = Counter()
    for group in groups:
        if exact_count(group.figure) is not None:
            seen.update({member for member in group.members if member is not None})
    repeated = sum(times - 1 for times in seen.values())
    return AttendanceTotal(max(int(figures.total) - repeated, 0), figures.skipped, repeated, figures.mark)


def total_words(typed: str, total: AttendanceTotal) -> str:
    """共103人; a typed total as typed (S-87); what could not be added is said (S-195)."""
    if typed.strip():
        counted = typed.rstrip().endswith(("人", "名", "位", "个"))
        return f"共{typed}" if counted else f"共{typed}人"
    if not total.total:
        return ""
    left_out = f"（另有{total.skipped}类人数未计）" if total.skipped else ""
    return f"共{total.people}{left_out}"


def spoken_total(typed: str, total: AttendanceTotal) -> str:
    """`total_words` as the host reads it aloud: 共89人以上 where some could not be counted."""
    if typed.strip() or not total.skipped or not total.total:
        return total_words(typed, total)
    return f"共{total.total}人以上"
