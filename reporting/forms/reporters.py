"""Who reports, how, and in which order."""

from typing import Any

from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post
from common.forms import Form
from reporting.actions.reporters import ReporterChoice
from reporting.models import Cycle, Reporter
from reporting.rules.cycles import ReportMode

REASON_HELP = _("书面述职的原因，如“由于时间关系”。可不填。")


def post_label(post: Post) -> str:
    return f"{post.person.name}　{post.title}"


class CandidateForm(forms.Form):
    """One direct subordinate: whether it reports, who does, and how."""

    chosen = forms.BooleanField(label=_("列入"), required=False)
    mode = forms.ChoiceField(label=_("述职方式"), choices=ReportMode.choices, initial=ReportMode.ORAL, required=False)
    mode_reason = forms.CharField(label=_("书面述职原因"), max_length=120, required=False)
    field_order = ("chosen", "post", "mode", "mode_reason")

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"organization-{organization.pk}", **kwargs)
        self.organization = organization
        self.posts = {post.pk: post for post in organization.current_posts}
        self.fields["post"] = forms.TypedChoiceField(
            label=_("述职人"),
            choices=[(post.pk, post_label(post)) for post in self.posts.values()],
            coerce=lambda value: self.posts[int(value)],
            required=False,
        )
        for field in self.fields.values():
            if isinstance(field.widget, forms.Select):
                field.widget.attrs["class"] = "form-select"
            elif isinstance(field.widget, forms.TextInput):
                field.widget.attrs["class"] = "form-control"

    @property
    def choice(self) -> ReporterChoice:
        facts = self.cleaned_data
        return ReporterChoice(facts["post"], facts["mode"] or ReportMode.ORAL, facts["mode_reason"])


class CandidatesForm:
    """All candidates of a cycle on one page."""

    def __init__(self, data: Any, cycle: Cycle) -> None:
        current = Post.objects.current().select_related("person")
        organizations = (
            cycle.candidates()
            .select_related("domain")
            .prefetch_related(Prefetch("posts", current, to_attr="current_posts"))
        )
        self.rows = [CandidateForm(data, organization=organization) for organization in organizations]
        self.error = ""

    def is_valid(self) -> bool:
        answers = [row.is_valid() for row in self.rows]
        valid = all(answers)
        if valid and not self.choices:
            self.error = _("请至少选择一个单位。")
        return valid and not self.error

    @property
    def choices(self) -> list[ReporterChoice]:
        return [row.choice for row in self.rows if row.cleaned_data["chosen"] and row.cleaned_data["post"]]


class ReporterEditForm(Form):
    post = forms.ModelChoiceField(None, label=_("述职人"), empty_label=None)
    mode = forms.ChoiceField(label=_("述职方式"), choices=ReportMode.choices, widget=forms.RadioSelect)
    mode_reason = forms.CharField(label=_("书面述职原因"), max_length=120, required=False, help_text=REASON_HELP)

    def __init__(self, *args: Any, reporter: Reporter, **kwargs: Any) -> None:
        initial = {"post": reporter.post_id, "mode": reporter.mode, "mode_reason": reporter.mode_reason}
        super().__init__(*args, initial=initial, **kwargs)
        posts = reporter.organization.posts
        # Who was appointed stays possible, even after leaving the post (S-08).
        chosen = posts.current() | posts.filter(pk=reporter.post_id)
        self.fields["post"].queryset = chosen.select_related("person", "organization")
        self.fields["post"].label_from_instance = post_label
