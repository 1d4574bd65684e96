"""The hosting script, composed from plain values in the order of S-182.

Cues in （ ） are for the host only (S-101).
"""

import dataclasses
import difflib
import re
from collections.abc import Sequence

from common.chinese_text import chinese_number, join_names
from reviews.rules.agenda import announcement, item_number
from reviews.rules.meetings import AgendaItemKind

BLANK = "………………………………"
WELCOME = "（大家欢迎）"


@dataclasses.dataclass(frozen=True)
class SlotFacts:
    """`reporter` is unit, post and name; `commenters` are others than the host."""

    reporter: str
    by_host: bool
    commenters: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class ItemFacts:
    kind: str
    title: str
    speaker: str = ""
    speaker_is_host: bool = False
    document: str = ""
    recipients: str = ""


@dataclasses.dataclass(frozen=True)
class ScriptFacts:
    """Everything the script says. `reported` counts those who did or will report orally."""

    committee: str
    title: str = ""
    basis: str = ""
    cited: tuple[str, ...] = ()
    purpose: str = ""
    guests: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    total: str = ""
    items: tuple[ItemFacts, ...] = ()
    slots: tuple[SlotFacts, ...] = ()
    reported: int = 0
    oral_phrase: str = "党组织书记"
    written: tuple[str, ...] = ()
    written_phrase: str = "党组织书记"
    list_deadline: str = ""
    is_together: bool = False


def compose_script(facts: ScriptFacts) -> str:
    """Paragraphs, one a line."""
    lines = ["同志们：", *_opening(facts), *_attendance(facts)]
    if facts.items:
        lines.append(f"今天的会议{announcement(len(facts.items))}，下面逐项进行。")
    for place, item in enumerate(facts.items, start=1):
        lines += _item(facts, place, item)
    lines += [*_summary(facts), *_closing(facts), "今天的会议就到这里，现在散会。"]
    return "\n".join(lines)


def _opening(facts: ScriptFacts) -> list[str]:
    """Basis and purpose (S-84): a whole paragraph stands as typed, a phrase gets its sentence.

    Basis documents are cited by their titles (S-202).
    """
    basis, purpose = facts.basis, facts.purpose
    cited = f"依据{''.join(facts.cited)}" if facts.cited else ""
    lines = []
    if _is_whole(basis):
        lines += [basis, *([f"会议{cited}召开。"] if cited else [])]
    elif basis.strip() or cited or facts.title:
        said = "，".join([each for each in (basis if basis.strip() else "", cited) if each])
        lines.append(f"{said}，今天我们召开{facts.title}。" if said else _today(facts))
    if _is_whole(purpose):
        lines.append(f"会议{purpose}" if purpose.startswith("主要") else purpose)
    elif purpose.strip():
        lead = "会议" if purpose.startswith("主要") else "会议的主要任务是"
        lines.append(f"{lead}{purpose}。")
    return lines


def _today(facts: ScriptFacts) -> str:
    return f"今天，我们召开{facts.title}。"


def _is_whole(text: str) -> bool:
    return text.rstrip().endswith(("。", "！", "？", "…", "”"))


def _attendance(facts: ScriptFacts) -> list[str]:
    """Without guests the sentence about them is not there (S-85)."""
    lines = []
    if facts.guests:
        guests = join_names([f"{guest}同志" for guest in facts.guests])
        lines.append(f"出席指导今天会议的有：{guests}。{WELCOME}")
    if facts.categories or facts.total:
        total = f"，{facts.total}" if facts.categories and facts.total else facts.total
        lines.append(f"参加会议的有：{'，'.join(facts.categories)}{total}。")
    return lines


def _item(facts: ScriptFacts, place: int, item: ItemFacts) -> list[str]:
    number = item_number(place)
    written_has_own_item = any(i.kind == AgendaItemKind.WRITTEN_REVIEW for i in facts.items)
    if item.kind == AgendaItemKind.REPORTS:
        lines = [f"{number}，{item.title}。", *_slots(facts)]
        return lines if written_has_own_item else [*lines, *_written(facts)]
    if item.kind == AgendaItemKind.WRITTEN_REVIEW:
        return [f"{number}，{item.title}。", *_written(facts)]
    if item.kind in _READ_OUT and (item.document or item.recipients):
        return _read_out(number, item)
    if item.kind in (AgendaItemKind.SUPERIOR_SPEECH, AgendaItemKind.SECRETARY_SPEECH) or item.speaker:
        return _spoken(number, item)
    if item.kind == AgendaItemKind.SCORING:
        return [f"{number}，{item.title}。请参加评分的同志对照评分项目，客观公正地逐人打分。"]
    return [f"{number}，{item.title}。", BLANK]


_READ_OUT = (AgendaItemKind.DECISION, AgendaItemKind.AWARD, AgendaItemKind.EXCHANGE)


def _read_out(number: str, item: ItemFacts) -> list[str]:
    """A decision with its title, awards and talks with their people (S-106)."""
    speaker = item.speaker and (item.speaker if item.speaker.endswith("同志") else f"{item.speaker}同志")
    if item.kind == AgendaItemKind.DECISION:
        lines = [f"{number}，请{speaker or '有关领导'}宣读{item.document or item.title}。{WELCOME}", BLANK]
        return [*lines, f"受表彰的有：{item.recipients}。（鼓掌）"] if item.recipients else lines
    if item.kind == AgendaItemKind.AWARD:
        who = f"请{item.recipients}上台领奖" if item.recipients else f"颁发{item.document}"
        return [f"{number}，{item.title}。{who}，请{speaker or '有关领导'}颁奖。（鼓掌）", BLANK]
    return [f"{number}，{item.title}。依次请{item.recipients or speaker}发言。{WELCOME}", BLANK]


def _slots(facts: ScriptFacts) -> list[str]:
    if facts.is_together:
        return _together(facts)
    lines = []
    for index, slot in enumerate(facts.slots):
        opening = "首先，请" if index == 0 else "请"
        lines += [f"{opening}{slot.reporter}同志述职，由{_commenters(slot)}进行点评。", BLANK]
    return lines


def _together(facts: ScriptFacts) -> list[str]:
    """All reports, then the comments in the same order (practice.md 3.2)."""
    lines = []
    for index, slot in enumerate(facts.slots):
        lines += [f"{'首先，请' if index == 0 else '请'}{slot.reporter}同志述职。", BLANK]
    if facts.slots:
        lines.append(f"{len(facts.slots)}名{facts.oral_phrase}的述职已经完毕，下面逐一进行点评。")
    for index, slot in enumerate(facts.slots):
        opening = "首先，" if index == 0 else ""
        lines += [f"{opening}由{_commenters(slot)}对{slot.reporter}同志的述职进行点评。", BLANK]
    return lines


def _commenters(slot: SlotFacts) -> str:
    names = join_names([f"{name}同志" for name in slot.commenters])
    if not names:
        return "我"
    return f"我和{names}" if slot.by_host else names


def _written(facts: ScriptFacts) -> list[str]:
    """Absent when nobody reports in writing (S-93)."""
    if not facts.written:
        return []
    others = "其他" if facts.slots else ""
    names = join_names([f"{name}同志" for name in facts.written])
    who = f"{others}{len(facts.written)}名{facts.written_phrase}"
    return [f"由于时间关系，{who}印发了书面述职材料，请大家认真阅读评议。他们是：{names}。"]


def _spoken(number: str, item: ItemFacts) -> list[str]:
    if item.speaker_is_host:
        return [f"{number}，{item.title}。下面，由我讲几点意见。", BLANK]
    if not item.speaker:
        return [f"{number}，{item.title}。{WELCOME}", BLANK]
    speaker = item.speaker if item.speaker.endswith("同志") else f"{item.speaker}同志"
    speeches = (AgendaItemKind.SUPERIOR_SPEECH, AgendaItemKind.SECRETARY_SPEECH)
    if item.kind in speeches:
        return [f"{number}，请{speaker}讲话。{WELCOME}", BLANK]
    return [f"{number}，{item.title}，请{speaker}主讲。", BLANK]


def _summary(facts: ScriptFacts) -> list[str]:
    if not facts.reported:
        return []
    who = f"{facts.reported}名{facts.oral_phrase}进行了述职"
    if facts.written:
        who += f"，{len(facts.written)}名{facts.written_phrase}作了书面述职"
    text = (
        f"同志们，今天{who}，点评既肯定了一年来基层党建工作取得的成效，"
        "又指出了存在的问题和不足，提出了下一步工作的要求。大家要把点评听进去、把问题领回去。"
    )
    return [text]


def _closing(facts: ScriptFacts) -> list[str]:
    """What everybody does next; closing the meeting opens the same steps (S-99)."""
    if not facts.reported and not facts.written:
        return []
    deadline = f"在{facts.list_deadline}" if facts.list_deadline else "会后抓紧"
    committee = facts.committee
    text = (
        "会后，各单位要对述职评议中查找出的问题和点评提出的意见认真梳理，列出清单，"
        f"逐项研究整改措施，明确责任人和完成时限，{deadline}报{committee}审定，"
        f"并向{committee}作出承诺。清单要逐条对账销号，督查部门跟踪问效，"
        "年底将严格考核、兑现奖惩。"
    )
    return [text]


_FIGURE = "[0-9]{1,9}|[一二三四五六七八九十]+"
_ITEMS = re.compile(rf"(?:共有|共|有)({_FIGURE})项议程")
_REPORTED = re.compile(rf"({_FIGURE})名[^，。；]*?(?:进行了|作了|作|现场|大会)述职")
_WRITTEN = re.compile(rf"({_FIGURE})名[^，。；]*?(?:印发了书面述职|作了书面述职|书面述职)")
_SAID = {chinese_number(number): number for number in range(100)} | {"两": 2}


def count_warnings(text: str, facts: ScriptFacts) -> list[str]:
    """Counts in an edited script that disagree with the system's (S-200): told, never changed."""
    written = list(_WRITTEN.finditer(text))
    spans = {match.span() for match in written}
    oral = [match for match in _REPORTED.finditer(text) if match.span() not in spans and "书面" not in match.group()]
    found: list[str] = []
    for matches, count, name in (
        (_ITEMS.finditer(text), len(facts.items), "项议程"),
        (oral, facts.reported, "名大会述职人"),
        (written, len(facts.written), "名书面述职人"),
    ):
        for match in matches:
            said = match.group(1)
            number = int(said) if said.isdecimal() else _SAID.get(said)
            if number is not None and number != count:
                found.append(f"文字中写的是“{match.group()}”，现在实际是{count}{name}。")
    return list(dict.fromkeys(found))


def lost_edits(generated: str, text: str) -> list[str]:
    """Lines somebody wrote that composing the script anew would take away (S-182)."""
    changes = difflib.ndiff(generated.splitlines(), text.splitlines())
    return [line[2:] for line in changes if line.startswith("+ ")]


def dropped_lines(generated: str, text: str) -> Sequence[str]:
    """Composed lines that somebody took out or replaced."""
    changes = difflib.ndiff(generated.splitlines(), text.splitlines())
    return [line[2:] for line in changes if line.startswith("- ")]
