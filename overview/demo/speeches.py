"""What was said at last year's meeting to everybody: a question, the superior's overall comment, the secretary's speech."""

from overview.demo.cast import clerk, on
from reviews.actions.live import show_item
from reviews.actions.questions import add_question
from reviews.actions.speeches import SpeechWords, add_speech, save_speech
from reviews.models import Meeting
from reviews.rules.speeches import SpeechKind

COMMON = ("责任落得不够实", "党的建设与业务工作融合度不高", "各领域党建用力不够均衡", "工作创新力度不够大")
SPEECH = """刚才，各位书记作了述职，市委组织部作了点评，讲得都很实在。下面，我再讲三个方面的意见。
一、把第一责任扛起来
书记抓党建，是分内的事、天大的事。书记不上手，一班人就上不了心。
二、把查找出的问题改到位
述职不是过关，点评不是结论，清单才是开始。能改的马上改，一时改不了的定出时间表。
三、把基层基础打牢
人往基层走，钱往基层投，***项重点工作年底逐项对账。"""


def load_speeches(meeting: Meeting) -> None:
    _go_through_the_agenda(meeting)
    slot = meeting.slots.select_related("reporter").order_by("position").first()
    with on("2026-01-15", 11, 20):
        if slot is not None and meeting.host is not None:
            add_question(
                meeting,
                slot.reporter,
                asker=meeting.host,
                text="村级活动场所的缺口怎么补，什么时候补齐？",
                answer="两个村今年开工，其余XX个村列入明年计划。",
                by=clerk(),
            )
        overall = add_speech(
            meeting, kind=SpeechKind.OVERALL, speaker="高树林", speaker_title="市委组织部副部长", by=clerk()
        )
        parts = {
            "achievements": "一年来，清溪县各级党组织书记抓党建的责任更实，办法更多，基层有变化、群众有感受。",
            "suggestions": "压实书记责任，抓好问题整改；分领域统筹推进，补齐短板。",
        }
        save_speech(overall, words=SpeechWords(parts, COMMON), revision=overall.revision, by=clerk())
        speaker = meeting.host.person.name if meeting.host else "***"
        add_speech(
            meeting, kind=SpeechKind.SECRETARY, speaker=speaker, speaker_title="县委书记", body=SPEECH, by=clerk()
        )


def _go_through_the_agenda(meeting: Meeting) -> None:
    for place, item in enumerate(meeting.agenda_items.order_by("position")[1:]):
        with on("2026-01-15", 10, 40 + place * 5):
            show_item(item, by=clerk())
