"""Who follows a secretary, from which day, and what becomes of what is open."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DateInput
from accounts.models import Organization, Person, Post, User
from accounts.permissions import can_manage_account, can_manage_post
from common import clock
from common.forms import Form
from common.ids import id_of
from overview.actions.secretaries import SecretaryChanged, Succession
from overview.succession import OpenWork
from reporting.models import Reporter

KEEP, CLOSE = "keep", "close"


class SearchForm(Form):
    q = forms.CharField(label=_("姓名、人员代码或单位"), required=False, max_length=60)


class ReportersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Reporter) -> str:
        return f"{obj.cycle}"


class PostsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.organization.label} {obj.title}（{obj.get_role_display()}）"


def _too_early(begun: dt.date) -> str:
    text = _("接任日期应晚于现任的任职日期（%(year)s年%(month)s月%(day)s日）。现任登记有误的，请在其人员页面修改任职。")
    return text % {"year": begun.year, "month": begun.month, "day": begun.day}


class SecretaryReplaceForm(Form):
    """Fields appear only where there is something to decide."""

    title = forms.CharField(
        label=_("接任职务"), max_length=120, help_text=_("按印发时的写法填写，如 党委书记，党组书记、局长。")
    )
    start = forms.DateField(
        label=_("接任日期"), widget=DateInput(), help_text=_("新任职从这一天开始，原任职到前一天为止。")
    )
    ends = PostsField(
        Post.objects.none(), label=_("接任同志同时结束的职务"), required=False, widget=forms.CheckboxSelectMultiple
    )
    account = forms.ChoiceField(
        label=_("原任同志的登录账号"),
        choices=[(KEEP, _("保留，按其他任职使用")), (CLOSE, _("停用"))],
        widget=forms.RadioSelect,
    )
    reporters = ReportersField(
        Reporter.objects.none(),
        label=_("改由接任同志述职"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("这些年度的报告还没有报送。不勾选的仍由原任同志述职；已写的内容都保留。"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organization: Organization, person: Person | None, work: OpenWork, user: User, **kwargs: Any
    ) -> None:
        self.organization, self.person, self.incumbent = organization, person, organization.incumbent
        others = self._other_posts(user)
        initial = {
            "title": organization.secretary_title,
            "start": clock.today(),
            "seen": self.incumbent.pk if self.incumbent else "",
            "ends": [post.pk for post in others if post.organization_id == organization.pk],
            "reporters": [reporter.pk for reporter in work.to_hand_over],
            "account": self._account_choice(),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["ends"].queryset = Post.objects.filter(pk__in=[post.pk for post in others]).select_related(
            "organization"
        )
        self.fields["reporters"].queryset = Reporter.objects.filter(
            pk__in=[reporter.pk for reporter in work.to_hand_over]
        ).select_related("cycle__committee", "organization")
        for name, wanted in (
            ("ends", others),
            ("reporters", work.to_hand_over),
            ("account", self._may_close_account(user)),
        ):
            if not wanted:
                del self.fields[name]

    def _other_posts(self, user: User) -> list[Post]:
        if self.person is None:
            return []
        posts = self.person.posts.unended().select_related("organization")
        return [post for post in posts if post != self.incumbent and can_manage_post(user, post)]

    def _may_close_account(self, user: User) -> bool:
        person = self.incumbent.person if self.incumbent else None
        has_account = person is not None and User.objects.filter(person=person, is_active=True).exists()
        return has_account and person.pk != user.person_id and can_manage_account(user, person)

    def _account_choice(self) -> str:
        """Somebody with another post still needs to sign in."""
        if self.incumbent is None:
            return KEEP
        others = self.incumbent.person.posts.unended().exclude(pk=self.incumbent.pk)
        return KEEP if others.exists() else CLOSE

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        start, old = facts.get("start"), self.seen_post()
        if start and old and old.start and start <= old.start:
            self.add_error("start", _too_early(old.start))
        if start and start > clock.today() and facts.get("account") == CLOSE:
            self.add_error("account", _("接任日期还没有到，现任同志仍要使用账号。请先选“保留”，到期后再停用。"))
        for post in facts.get("ends", []):
            if start and post.start and post.start >= start:
                self.add_error("ends", _("“%(title)s”的任职日期不早于接任日期，不能同时结束。") % {"title": post.title})
        return facts

    def succession(self, **newcomer: str) -> Succession:
        facts = self.cleaned_data
        return Succession(
            start=facts["start"],
            title=facts["title"],
            person=self.person,
            ends=list(facts.get("ends", [])),
            keeps_account=facts.get("account", KEEP) == KEEP,
            reporters=list(facts.get("reporters", [])),
            **newcomer,
        )

    def seen_post(self) -> Post | None:
        """Who the page said is in the post."""
        return self.organization.posts.filter(pk=id_of(self.cleaned_data.get("seen", ""))).first()

    def tell_of(self, error: SecretaryChanged) -> None:
        """Say who is in the post now; pressing the button again then means replacing that person."""
        self.add_error(None, str(error))
        self.data = self.data.copy()
        self.data["seen"] = error.now.pk if error.now else ""
