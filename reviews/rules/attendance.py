"""Who comes and how many: members typed as lines, the preset, the total (S-85 to S-87, S-195)."""

import dataclasses
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from common.figures import exact_count, sum_counts
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


def preset_for(committee_name: str) -> tuple[str, ...]:
    """The preset in the words of the host committee: 县 becomes 市 or 区 where it is one."""
    end = place_of(committee_name)[-1:]
    return tuple(name.replace("县", end) for name in PRESET) if end in "市州区旗" else PRESET


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
    """`total` people, `skipped` figures that cannot be added, `repeated` people counted once."""

    total: int
    skipped: int
    repeated: int


def attendance_total(groups: Sequence[Group]) -> AttendanceTotal:
    """Sum of the categories; who is in two counts once (S-87), masked figures are skipped (S-195)."""
    figures = sum_counts(group.figure for group in groups)
    seen: Counter[Hashable] = Counter()
    for group in groups:
        if exact_count(group.figure) is not None:
            seen.update({member for member in group.members if member is not None})
    repeated = sum(times - 1 for times in seen.values())
    return AttendanceTotal(max(figures.total - repeated, 0), figures.skipped, repeated)


def total_words(typed: str, total: AttendanceTotal) -> str:
    """共103人; a typed total as typed (S-87); what could not be added is said (S-195)."""
    if typed.strip():
        counted = typed.rstrip().endswith(("人", "名", "位", "个"))
        return f"共{typed}" if counted else f"共{typed}人"
    if not total.total:
        return ""
    left_out = f"（另有{total.skipped}类人数未计）" if total.skipped else ""
    return f"共{total.total}人{left_out}"


def spoken_total(typed: str, total: AttendanceTotal) -> str:
    """`total_words` as the host reads it aloud: 共89人以上 where some could not be counted."""
    if typed.strip() or not total.skipped or not total.total:
        return total_words(typed, total)
    return f"共{total.total}人以上"
