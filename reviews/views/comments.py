"""Comments: by reporter, written, saved by itself, made final, corrected (S-107 to S-110)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry, Post, organization_year
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, Role
from common.conflicts import StaleRevision
from common.ids import mark_of
from common.pages import page_of
from rectification.models.usual_performance import evidence_of
from reporting.models import DutyReport, Reporter
from reviews.actions.comments import CommentWords, finalize_comment, reopen_comment, save_comment
from reviews.forms.comments import (
    CommentForm,
    ProblemFormSet,
    ReasonForm,
    comment_initial,
    problem_rows,
    with_rows,
    words_of_changed,
)
from reviews.models import Comment, Meeting
from reviews.models.briefings import current_briefing
from reviews.models.comment_board import comment_board
from reviews.permissions import (
    can_edit_comment,
    can_manage_meeting,
    can_read_comments,
    can_read_meeting_papers,
    can_write_comment,
)
from reviews.rules.comments import SecondLookError, personal_first
from reviews.rules.meetings import UNDER_WAY
from reviews.views.deeds import REFUSALS, take_over, visible_meeting


@require_GET
def comment_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All reporters for reviewers and commenters; the own organization's final ones for a reporter."""
    meeting = visible_meeting(request, pk)
    reads = can_read_meeting_papers(request.user, meeting) or meeting.is_commenter(request.user)
    rows = meeting.reporters
    if not reads:
        own = request.user.organizations_as(*OWN_ORGANIZATION_ROLES, Role.SECRETARY)
        rows = rows.filter(organization__in=own)
        if not rows:
            raise PermissionDenied
    page = page_of(request, rows.select_related("cycle", "report"))
    is_clerk = can_manage_meeting(request.user, meeting)
    chosen = meeting.possible_commenters.filter(person=request.user.person_id or 0)
    context = {
        "meeting": meeting,
        "page_obj": page,
        "board": comment_board(meeting, list(page), request.user, is_clerk=is_clerk),
        "missing": meeting.missing_comments() if reads else [],
        "reads": reads,
        "can_choose": not meeting.is_closed and (is_clerk or chosen.exists()),
    }
    return render(request, "reviews/comments/comment_list.html", context)


@require_GET
def comment_current(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for whoever is at the lectern now, in one click; the list while nobody is (S-95)."""
    meeting = visible_meeting(request, pk)
    if not can_read_comments(request.user, meeting):
        raise PermissionDenied
    slot = meeting.slots.filter(state__in=UNDER_WAY).select_related("reporter").first()
    if slot is None:
        messages.info(request, _("现在没有同志在述职或点评。"))
        return redirect("reviews:comment_list", pk)
    posts = meeting.possible_commenters.filter(person=request.user.person_id or 0)
    mine = [post for post in posts if can_write_comment(request.user, meeting, slot.reporter, post)]
    if not mine:
        messages.info(request, _("现在述职的同志没有安排您点评。"))
        return redirect("reviews:comment_list", pk)
    return redirect("reviews:comment_edit", pk, slot.reporter_id, mine[0].pk)


@require_GET
def comment_choose(request: HttpRequest, pk: int, reporter_id: int) -> HttpResponse:
    """On whose behalf: every post that may comment on this reporter; one's own goes straight on."""
    meeting = visible_meeting(request, pk)
    reporter = get_object_or_404(meeting.reporters, pk=reporter_id)
    posts = [post for post in meeting.possible_commenters if can_write_comment(request.user, meeting, reporter, post)]
    if not posts:
        raise PermissionDenied
    if len(posts) == 1:
        return redirect("reviews:comment_edit", pk, reporter_id, posts[0].pk)
    context = {"meeting": meeting, "reporter": reporter, "posts": posts}
    return render(request, "reviews/comments/comment_choose.html", context)


@require_http_methods(["GET", "POST"])
def comment_edit(request: HttpRequest, pk: int, reporter_id: int, post_id: int) -> HttpResponse:
    meeting, reporter, commenter = _subject(request, pk, reporter_id, post_id)
    if not can_write_comment(request.user, meeting, reporter, commenter):
        raise PermissionDenied
    comment = meeting.comments.filter(reporter=reporter, commenter=commenter).first()
    form = CommentForm(request.POST or None, initial=comment_initial(comment))
    rows = ProblemFormSet(request.POST or None, initial=problem_rows(comment), prefix="problems")
    status = 200
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        status = _saved(request, (meeting, reporter, commenter), form, rows)
        if status == 302:
            return redirect(request.path)
        comment = meeting.comments.filter(reporter=reporter, commenter=commenter).first()
    context = _desk(meeting, reporter, commenter, comment) | {"form": form, "formset": rows}
    context["conflict"] = comment if status == 409 else None
    return render(request, "reviews/comments/comment_edit.html", context, status=status)


def _saved(request: HttpRequest, about: Any, form: CommentForm, rows: Any) -> int:
    """302 when stored; otherwise the status of the page that says why not."""
    meeting, reporter, commenter = about
    facts = form.cleaned_data
    words = CommentWords(facts["praise"], rows.texts, facts["demand"])
    common = {"commenter": commenter, "words": words, "revision": facts["revision"] or 0}
    try:
        if "finalize" in request.POST:
            confirmed = facts["confirmed"]
            finalize_comment(meeting, reporter, **common, confirmed=confirmed, by=request.user)
            messages.success(request, _("点评已定稿，述职单位可以看到。"))
        else:
            save_comment(meeting, reporter, **common, by=request.user)
            messages.success(request, _("草稿已保存。"))
    except StaleRevision as error:
        take_over(form, error.current_revision)
        messages.error(request, str(error))
        return 409
    except SecondLookError as error:
        form.ask_for_second_look()
        form.add_error("confirmed", str(error))
        return 200
    except REFUSALS as error:
        form.add_error(None, str(error))
        return 200
    return 302


@require_POST
def comment_save(request: HttpRequest, pk: int, reporter_id: int, post_id: int) -> HttpResponse:
    """The automatic save; the contract stands at the top of static/js/autosave.js."""
    meeting, reporter, commenter = _subject(request, pk, reporter_id, post_id)
    form = CommentForm(request.POST)
    rows = ProblemFormSet(with_rows(request.POST), prefix="problems")
    if not (form.is_valid() and rows.is_valid()):
        return JsonResponse({"message": _("内容有误，请检查后再保存。")}, status=422)
    words = words_of_changed(request.POST, form, rows)
    try:
        comment = save_comment(
            meeting,
            reporter,
            commenter=commenter,
            words=words,
            revision=form.cleaned_data["revision"] or 0,
            save_id=mark_of(request.POST.get("save_id", "")),
            after=mark_of(request.POST.get("after", "")),
            by=request.user,
        )
    except StaleRevision as error:
        stored = meeting.comments.filter(reporter=reporter, commenter=commenter).first()
        return _conflict(stored, error) if stored else JsonResponse({"message": str(error)}, status=423)
    except REFUSALS as error:
        return JsonResponse({"message": str(error)}, status=423)
    at = timezone.localtime(comment.saved_at)
    answer = {"ok": True, "revision": comment.revision, "saved_at": f"{at:%H:%M:%S}"}
    return JsonResponse(answer)


def _conflict(comment: Comment, error: StaleRevision) -> JsonResponse:
    theirs = {"praise": comment.praise, "demand": comment.demand}
    for index, problem in enumerate(comment.problems.all()):
        theirs[f"problems-{index}-text"] = problem.text
    at = timezone.localtime(comment.saved_at)
    answer = {"conflict": True, "revision": error.current_revision, "theirs": theirs}
    return JsonResponse(answer | {"by": comment.written_by.display_name, "at": f"{at:%H:%M}"}, status=409)


@require_http_methods(["GET", "POST"])
def comment_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """A final comment changes only with a reason that stays (S-110)."""
    comment = get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)
    if not can_edit_comment(request.user, comment):
        raise PermissionDenied
    back = (comment.meeting_id, comment.reporter_id, comment.commenter_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_comment(comment, reason=form.cleaned_data["reason"], by=request.user)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已恢复为草稿，修改后请重新定稿。"))
            return redirect("reviews:comment_edit", *back)
    context = {"form": form, "comment": comment, "meeting": comment.meeting}
    return render(request, "reviews/comments/comment_reopen.html", context)


def _subject(request: HttpRequest, pk: int, reporter_id: int, post_id: int) -> tuple[Meeting, Reporter, Post]:
    meeting = visible_meeting(request, pk)
    reporter = get_object_or_404(meeting.reporters, pk=reporter_id)
    posts = Post.objects.select_related("person", "organization")
    return meeting, reporter, get_object_or_404(posts, pk=post_id)


def _desk(meeting: Meeting, reporter: Reporter, commenter: Post, comment: Comment | None) -> dict[str, Any]:
    """What lies beside the comment: the report, personal duties first, and the year's records."""
    report = DutyReport.objects.filter(reporter=reporter, submitted_at__isnull=False).first()
    content = report.handed_in if report else None
    return {
        "meeting": meeting,
        "reporter": reporter,
        "commenter": commenter,
        "comment": comment,
        "content": content,
        "sections": personal_first(content.sections) if content else [],
        "in_year": organization_year(reporter.organization, meeting.cycle.year),
        "evidence": evidence_of(reporter.organization, meeting.cycle),
        "briefing": current_briefing(meeting, reporter),
        "questions": meeting.questions.filter(reporter=reporter).with_people(),
        "entries": AuditEntry.objects.of(comment)[:10] if comment else [],
    }
