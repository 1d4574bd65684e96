"""Comments of a meeting by reporter: who has commented, who is to, what is missing (S-107)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from accounts.models import Post, User
from reporting.models import Reporter

from .comments import Comment
from .meetings import Meeting


@dataclasses.dataclass(frozen=True)
class Turn:
    """One commenter's place at one reporter; `comment` only where the user may see it."""

    commenter: Post
    comment: Comment | None
    exists: bool
    may_write: bool


@dataclasses.dataclass(frozen=True)
class BoardRow:
    reporter: Reporter
    is_oral: bool
    turns: tuple[Turn, ...]
    is_missing: bool


def comment_board(meeting: Meeting, reporters: Sequence[Reporter], user: User, *, is_clerk: bool) -> list[BoardRow]:
    """Rows for these reporters; the number of queries does not grow with them."""
    slots = {
        slot.reporter_id: slot
        for slot in meeting.slots.filter(reporter__in=reporters).prefetch_related(
            "commenters__person", "commenters__organization"
        )
    }
    rows = meeting.comments.filter(reporter__in=reporters)
    rows = rows.select_related("commenter__person", "commenter__organization", "written_by__person")
    comments: dict[int, dict[int, Comment]] = {}
    for comment in rows.prefetch_related("problems"):
        comments.setdefault(comment.reporter_id, {})[comment.commenter_id] = comment
    visible = set(Comment.objects.visible_to(user).filter(meeting=meeting).values_list("pk", flat=True))
    board = []
    for reporter in reporters:
        slot = slots.get(reporter.pk)
        given = comments.get(reporter.pk, {})
        named = list(slot.commenters.all()) if slot else []
        expected = named or ([meeting.host] if meeting.host else [])
        people = {post.pk: post for post in [*expected, *(c.commenter for c in given.values())]}
        board.append(
            BoardRow(
                reporter=reporter,
                is_oral=slot is not None,
                turns=tuple(
                    Turn(
                        commenter=post,
                        comment=given[pk] if pk in given and given[pk].pk in visible else None,
                        exists=pk in given,
                        may_write=not meeting.is_closed and (is_clerk or post.person_id == user.person_id),
                    )
                    for pk, post in people.items()
                ),
                is_missing=slot is not None and not any(c.is_final for c in given.values()),
            )
        )
    return board
