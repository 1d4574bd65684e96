"""The minutes, drafted from the record in plain values: what was planned, what happened, who said what (S-103)."""

import dataclasses
from collections.abc import Iterator

from common.chinese_text import chinese_number, join_names


@dataclasses.dataclass(frozen=True)
class CommentFacts:
    who: str
    praise: str = ""
    problems: tuple[str, ...] = ()
    demand: str = ""


@dataclasses.dataclass(frozen=True)
class QuestionFacts:
    who: str
    text: str
    answer: str = ""
    is_later: bool = False


@dataclasses.dataclass(frozen=True)
class TurnFacts:
    """One reporter's turn; `times` are sentences such as 述职8分25秒."""

    reporter: str
    times: tuple[str, ...] = ()
    comments: tuple[CommentFacts, ...] = ()
    questions: tuple[QuestionFacts, ...] = ()


@dataclasses.dataclass(frozen=True)
class SpeechFacts:
    who: str
    is_overall: bool = False
    achievements: str = ""
    problems: tuple[str, ...] = ()
    suggestions: str = ""
    points: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class MinutesFacts:
    """`items` are sentences of the agenda as it ran, `counts` sentences about sheets and ballots."""

    title: str
    time: str = ""
    place: str = ""
    host: str = ""
    guests: tuple[str, ...] = ()
    participants: str = ""
    items: tuple[str, ...] = ()
    turns: tuple[TurnFacts, ...] = ()
    written: tuple[str, ...] = ()
    written_comments: tuple[TurnFacts, ...] = ()
    counts: tuple[str, ...] = ()
    speeches: tuple[SpeechFacts, ...] = ()
    deadline: str = ""
    committee: str = ""


def compose_minutes(facts: MinutesFacts) -> str:
    """Paragraphs, one a line; headings are numbered by what there is."""
    parts = [
        ("会议议程", list(_agenda(facts))),
        ("述职和点评", list(_turns(facts))),
        ("书面述职", list(_written(facts))),
        ("评议和评分", list(facts.counts)),
        ("领导讲话", list(_speeches(facts))),
        ("会后要求", list(_demands(facts))),
    ]
    lines = [_opening(facts)]
    for number, (heading, body) in enumerate(((h, b) for h, b in parts if b), start=1):
        lines += [f"{chinese_number(number)}、{heading}", *body]
    return "\n".join(lines)


def without_comment(turns: tuple[TurnFacts, ...]) -> list[str]:
    """Who spoke without any recorded comment (S-103)."""
    return [turn.reporter for turn in turns if not turn.comments]


def _opening(facts: MinutesFacts) -> str:
    place = f"在{facts.place}" if facts.place else ""
    host = f"会议由{facts.host}主持。" if facts.host else ""
    guests = f"{join_names(list(facts.guests))}到会指导。" if facts.guests else ""
    people = f"{facts.participants}参加会议。" if facts.participants else ""
    return f"{facts.time}，{place}召开{facts.title}。".lstrip("，") + host + guests + people


def _agenda(facts: MinutesFacts) -> Iterator[str]:
    if facts.items:
        yield f"会议共有{len(facts.items)}项议程。"
        yield from facts.items


def _turns(facts: MinutesFacts) -> Iterator[str]:
    if facts.turns:
        yield f"{len(facts.turns)}名同志进行了大会述职。"
    for number, turn in enumerate(facts.turns, start=1):
        times = f"（{'，'.join(turn.times)}）" if turn.times else ""
        yield f"（{chinese_number(number)}）{turn.reporter}述职{times}。"
        yield from _said(turn)


def _said(turn: TurnFacts) -> Iterator[str]:
    for comment in turn.comments:
        yield from _comment(comment)
    for question in turn.questions:
        answer = f"{'会后答复' if question.is_later else '答'}：{question.answer}" if question.answer else ""
        yield f"{question.who}提问：{question.text}" + (answer and f"　{answer}") + _put_off(question)


def _put_off(question: QuestionFacts) -> str:
    return "（会后答复）" if question.is_later and not question.answer else ""


def _comment(comment: CommentFacts) -> Iterator[str]:
    yield f"{comment.who}点评："
    if comment.praise.strip():
        yield f"肯定成绩：{comment.praise}"
    for number, problem in enumerate(comment.problems, start=1):
        yield f"指出问题{number if len(comment.problems) > 1 else ''}：{problem}"
    if comment.demand.strip():
        yield f"提出要求：{comment.demand}"


def _written(facts: MinutesFacts) -> Iterator[str]:
    if facts.written:
        yield f"{len(facts.written)}名同志作了书面述职：{join_names(list(facts.written))}。"
    for turn in facts.written_comments:
        yield f"对{turn.reporter}的书面述职："
        yield from _said(turn)


def _speeches(facts: MinutesFacts) -> Iterator[str]:
    for number, speech in enumerate(facts.speeches, start=1):
        yield f"（{chinese_number(number)}）{speech.who}{'作点评讲话' if speech.is_overall else '讲话'}。"
        if speech.achievements.strip():
            yield f"肯定成绩：{speech.achievements}"
        for place, problem in enumerate(speech.problems, start=1):
            yield f"指出问题{place if len(speech.problems) > 1 else ''}：{problem}"
        if speech.suggestions.strip():
            yield f"提出建议：{speech.suggestions}"
        if speech.points:
            points = "；".join(
                f"{chinese_number(place)}是{point}" for place, point in enumerate(speech.points, start=1)
            )
            yield f"强调{len(speech.points)}个方面：{points}。"


def _demands(facts: MinutesFacts) -> Iterator[str]:
    if facts.committee:
        due = f"，{facts.deadline}报审" if facts.deadline else ""
        yield (
            "各述职单位要对述职评议中查找出的问题和点评指出的问题认真梳理，列出清单，"
            f"逐项研究整改措施，明确责任人和完成时限{due}，并向{facts.committee}作出承诺。"
        )
