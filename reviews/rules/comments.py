"""When a comment is fit to be final (S-108, S-109)."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from reviews.rules.meetings import MeetingError


class CommentIncompleteError(MeetingError):
    """The comment says nothing at all; nothing is made final."""

    def __init__(self) -> None:
        super().__init__("点评内容还是空的，请先填写后再定稿。")


class SecondLookError(MeetingError):
    """Praise without a single problem: asked about once, then the commenter decides (S-109)."""

    def __init__(self) -> None:
        super().__init__("只肯定了成绩，没有指出问题。点评要见人见事、触及痛点；确认没有问题要指出的，请再次确认定稿。")


def check_final(*, praise: str, problems: Sequence[str], demand: str, confirmed: bool) -> None:
    """Raise unless the three parts can become final; `confirmed` answers the second look."""
    named = [text for text in problems if text.strip()]
    if not (praise.strip() or named or demand.strip()):
        raise CommentIncompleteError
    if not named and not confirmed:
        raise SecondLookError


class Section(Protocol):
    @property
    def key(self) -> str: ...


AnySection = TypeVar("AnySection", bound=Section)


def personal_first(sections: Sequence[AnySection]) -> list[AnySection]:
    """Commenters see first what the secretary did in person; the rest keeps its order (S-78)."""
    return sorted(sections, key=lambda section: section.key != "personal_duty")
