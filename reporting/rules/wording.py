"""Simple measures of how a text is worded. Each can be explained in a sentence and is only ever a hint.

Masked words (XX, ***) are the author's choice and never counted against anybody (S-79).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

# --- What is still to be written ----------------------------------------------------------------

# 机制有待完善 and 亟待补充力量 say something about the work, 等待 and 招待 are other words.
_PLACEHOLDER = re.compile(
    r"此处(?:待|补充|填写|插入)[\u4e00-\u9fff]{0,4}"
    r"|(?<![有尚亟需还仍等优招接对])待(?:补充?|补写|补齐数据|完善|填写?|核实)(?=[^\u4e00-\u9fff]|$|数据|内容|具体|材料)"
)


def find_placeholders(text: str) -> list[str]:
    """The placeholders of a text as written, e.g. 此处待补, 待完善."""
    return _PLACEHOLDER.findall(text)


# --- The committee instead of oneself (S-78) ------------------------------------------------------

_SELF = re.compile(r"本人|我(?![们国省市县区镇乡街村党校院局单所委厅部])")
_COMMITTEE = re.compile(r"党（?工?）?委|党组|班子|我们")
# 党委书记 names the author's own post, not the collective.
_POSTS = re.compile(r"(?:党（?工?）?委|党组|班子)(?:副?书记|成员|委员)")


@dataclasses.dataclass(frozen=True)
class Voices:
    """How often a text names the collective (党委, 党组, 班子, 我们) and its author (我, 本人)."""

    collective: int
    self: int

    @property
    def is_committee_only(self) -> bool:
        """述“党委”代替述“自己”: the collective is named, and more often than the author."""
        return self.collective > self.self


def count_voices(text: str) -> Voices:
    return Voices(len(_COMMITTEE.findall(_POSTS.sub("", text))), len(_SELF.findall(text)))


# --- Business instead of party building (S-81) ----------------------------------------------------

BUSINESS = re.compile(
    r"招商|引资|GDP|生产总值|产值|营业收入|营收|税收|财政收入|固定资产|规上|亩产|播种面积|销售额|利润|旅游收入"
    r"|投产|竣工|开工|项目建设|工程进度|贷款|信贷|门诊量|升学率|上线率"
)
_PARTY = re.compile(r"党|支部|书记|组织生活|三会一课|民主评议|主题教育|先锋|红色|第一议题|一岗双责|政治")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
FEWEST_SENTENCES = 4
MOST_BUSINESS = 50  # percent of the sentences of a section


@dataclasses.dataclass(frozen=True)
class BusinessTalk:
    """`only` of `sentences` speak of business (`words`, each once) without a word of the party's work."""

    sentences: int
    only: int
    words: tuple[str, ...]

    @property
    def is_too_much(self) -> bool:
        return self.sentences >= FEWEST_SENTENCES and 100 * self.only > MOST_BUSINESS * self.sentences


def measure_business(text: str) -> BusinessTalk:
    sentences = [sentence for sentence in _SENTENCE.findall(text) if sentence.strip()]
    only = [sentence for sentence in sentences if BUSINESS.search(sentence) and not _PARTY.search(sentence)]
    words = dict.fromkeys(word for sentence in only for word in BUSINESS.findall(sentence))
    return BusinessTalk(len(sentences), len(only), tuple(words))


# --- The same paragraph twice ---------------------------------------------------------------------

SHORTEST_REPEATED = 30  # characters; a shorter paragraph may well be said twice


@dataclasses.dataclass(frozen=True)
class Repeated:
    """A paragraph and the numbers of the texts in which it stands, in their order."""

    paragraph: str
    texts: tuple[int, ...]


def find_repeated(texts: Iterable[str]) -> Iterator[Repeated]:
    """Paragraphs written more than once, white space apart."""
    found: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for line in text.splitlines():
            paragraph = re.sub(r"\s", "", line)
            if len(paragraph) >= SHORTEST_REPEATED:
                found.setdefault(paragraph, []).append(number)
    for paragraph, numbers in found.items():
        if len(numbers) > 1:
            yield Repeated(paragraph, tuple(numbers))
