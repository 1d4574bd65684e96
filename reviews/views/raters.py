"""Who scores at a meeting (S-118, S-121)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Person, Post, people_to_activate
from common.pages import page_of
from reviews.actions.score_sheets import add_raters, remove_rater, take_raters
from reviews.forms.score_sheets import RaterAddForm, RaterFilterForm, RaterPostFilterForm, RaterTakeForm
from reviews.models import Meeting, Rater
from reviews.permissions import can_manage_raters
from reviews.rules.meetings import SheetState
from reviews.rules.score_sheets import ScoringError

from .refusals import refused


def meeting_of_clerk(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for who keeps its raters; 404 when it is not visible, 403 when it is another's."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    if not can_manage_raters(request.user, meeting):
        raise PermissionDenied
    return meeting


@require_GET
def rater_list(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_of_clerk(request, pk)
    scheme = meeting.cycle.scheme
    form = RaterFilterForm(request.GET, scheme=scheme)
    raters = meeting.raters.select_related("person__user", "category").prefetch_related("person__posts__organization")
    submitted = Count("sheets", filter=Q(sheets__state=SheetState.SUBMITTED))
    raters = raters.annotate(submitted=submitted).order_by("category__position", "person__pinyin", "id")
    if form.is_valid():
        raters = _matching(raters, form.cleaned_data["q"], form.cleaned_data["category"])
    context = {
        "meeting": meeting,
        "form": form,
        "page_obj": page_of(request, raters),
        "to_activate": people_to_activate(request.user).filter(rater_of__meeting=meeting).values_list("pk", flat=True),
        "categories": scheme.categories.annotate(count=Count("raters", filter=Q(raters__meeting=meeting))),
    }
    return render(request, "reviews/raters/rater_list.html", context)


def _matching(raters: QuerySet[Rater], words: str, category: object) -> QuerySet[Rater]:
    if words:
        people = Person.objects.filter(
            Q(name__icontains=words) | Q(code__icontains=words) | Q(posts__organization__name__icontains=words)
        )
        raters = raters.filter(person__in=people.values("pk"))
    return raters.filter(category=category) if category else raters


@require_http_methods(["GET", "POST"])
def rater_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_of_clerk(request, pk)
    filter_form = RaterPostFilterForm(request.GET)
    posts = _available_posts(meeting)
    form = RaterAddForm(request.POST or None, scheme=meeting.cycle.scheme, posts=posts)
    status = 200
    if request.method == "POST" and form.is_valid():
        category = form.cleaned_data["category"]
        people = Person.objects.filter(posts__in=form.cleaned_data["posts"]).distinct()
        status = refused(form, lambda: add_raters(meeting, people=people, category=category, by=request.user))
        if not status:
            messages.success(request, _("已添加到“%(category)s”。") % {"category": category})
            return redirect(request.get_full_path())
    if filter_form.is_valid():
        posts = _posts_matching(posts, filter_form.cleaned_data["q"], filter_form.cleaned_data["role"])
    context = {
        "meeting": meeting,
        "form": form,
        "filter_form": filter_form,
        "page_obj": page_of(request, posts),
        "chosen": request.POST.getlist("posts"),
    }
    return render(request, "reviews/raters/rater_add.html", context, status=status or 200)


@require_http_methods(["GET", "POST"])
def rater_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Raters from the attendance list, group by group, in one action."""
    meeting = meeting_of_clerk(request, pk)
    known = Count("attendees__person", distinct=True)
    groups = meeting.attendance_groups.annotate(named=Count("attendees", distinct=True), known=known)
    data = request.POST if request.method == "POST" else None
    form = RaterTakeForm(data, scheme=meeting.cycle.scheme, groups=[group for group in groups if group.known])
    status = 200
    if request.method == "POST" and form.is_valid():
        added: list[Rater] = []
        status = refused(form, lambda: added.extend(take_raters(meeting, categories=form.chosen, by=request.user)))
        if not status:
            messages.success(request, _("已从参会名单带入%(n)s人，已在评分人名单中的不变。") % {"n": len(added)})
            return redirect("reviews:rater_list", meeting.pk)
    boxes = {name: form[name] for name in form.fields}
    context = {
        "meeting": meeting,
        "form": form,
        "rows": [(group, boxes.get(f"group_{group.pk}")) for group in groups],
    }
    return render(request, "reviews/raters/rater_take.html", context, status=status or 200)


def _available_posts(meeting: Meeting) -> QuerySet[Post]:
    """Posts held today in the committee's subtree by people who are not on the list yet."""
    posts = Post.objects.current().filter(organization__path__startswith=meeting.committee.path)
    posts = posts.exclude(person__in=meeting.raters.values("person"))
    return posts.select_related("person", "organization").order_by("organization__path", "-is_first_responsible", "pk")


def _posts_matching(posts: QuerySet[Post], words: str, role: str) -> QuerySet[Post]:
    if words:
        named = Q(person__name__icontains=words) | Q(title__icontains=words)
        posts = posts.filter(named | Q(organization__name__icontains=words) | Q(organization__code__icontains=words))
    return posts.filter(role=role) if role else posts


@require_POST
def rater_remove(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user)
    rater = get_object_or_404(Rater.objects.select_related("meeting", "person"), pk=pk, meeting__in=visible)
    meeting = meeting_of_clerk(request, rater.meeting_id)
    try:
        remove_rater(rater, by=request.user)
    except ScoringError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已将%(name)s移出评分人名单。") % {"name": rater.person.name})
    return redirect("reviews:rater_list", meeting.pk)
