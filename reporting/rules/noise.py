"""Lines that came along with a text from a website or from a printed page and are no part of it (S-198).

They are only ever pointed at: an import proposes to leave them out, the writing page names them, a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LONGEST = 60  # a sentence of the report that happens to say 仅供参考 is longer
_MARKS = re.compile(r"[\W_]+")
# Of websites that collect such texts: what may be done with it, what it is offered for, where it came from.
_PHRASES = re.compile(
    r"仅供(?:内部)?(?:个人)?(?:学习|参考|交流)|仅作(?:学习|参考)|请勿照搬|照搬照抄|切勿照抄|(?:禁止|严禁|请勿|不得)(?:外传|转载|商用|抄袭)"
    r"|会员(?:材料|文章|专享|资料)|(?:举报|投诉)成功|免费下载|(?:欢迎|请|扫码)关注.{0,10}公众号|公众号[：:]|加(?:微信|QQ)(?:号|[：:\d])"
    r"|(?:文章|资料|内容|素材|材料|文档)(?:来源|来自|均来自|转载自)(?:于)?.{0,6}(?:网络|互联网|网站)"
    r"|版权(?:归|所有)|如有侵权|侵权(?:必究|联系)|(?:点击|扫码|付费|更多.{0,6})下载|(?:范文|文库|文秘)(?:网|之家)"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|cn|net|org)(?:\.cn)?\b", re.IGNORECASE)
# 第3页 共12页, - 3 -, 3/12: what a printed page or a PDF adds. A number alone may be a figure of a table.
_PAGE = re.compile(
    r"第\s*[\d一二三四五六七八九十]+\s*页(?:\s*[，,/／]?\s*共\s*[\d一二三四五六七八九十]+\s*页)?"
    r"|[-—–－·]+\s*\d{1,3}\s*[-—–－·]+|\d{1,3}\s*[/／]\s*\d{1,3}\s*页?|Page\s*\d+(?:\s*of\s*\d+)?",
    re.IGNORECASE,
)
_OFTEN = 3
_ENDS_A_SENTENCE = "。；;：:，,！？"

WEBSITE, PAGE, HEADER = "网站水印", "页码", "页眉页脚"


def noise_of(line: str) -> str:
    """What kind of foreign line it is by its own words; empty for a line of the text."""
    text = line.strip()
    if not text or len(text) > _LONGEST:
        return ""
    if _PAGE.fullmatch(text):
        return PAGE
    if _PHRASES.search(_MARKS.sub("", text)) or _PHRASES.search(text):
        return WEBSITE
    address = _ADDRESS.search(text)
    # An address within a sentence may be meant; alone, or nearly, it is a mark.
    return WEBSITE if address and len(_MARKS.sub("", text.replace(address[0], ""))) <= 8 else ""


def noise_among(lines: Sequence[str]) -> dict[int, str]:
    """Place and kind of each foreign line of a text, headers that come again on every page included."""
    found = {at: kind for at, line in enumerate(lines) if (kind := noise_of(line))}
    often = Counter(line.strip() for line in lines)
    for at, line in enumerate(lines):
        text = line.strip()
        if at not in found and often[text] >= _OFTEN and _may_head_a_page(text):
            found[at] = HEADER
    return found


def _may_head_a_page(text: str) -> bool:
    return "述职报告" in text and len(text) <= 40 and not text.endswith(tuple(_ENDS_A_SENTENCE))
