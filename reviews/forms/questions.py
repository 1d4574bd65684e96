"""A question and its answer (S-94)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from common.forms import Form, LongTextField, RevisionMixin


class AskerField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.printed}{obj.person.label}"


class QuestionForm(RevisionMixin, Form):
    asker = AskerField(label=_("提问人"), queryset=Post.objects.none())
    asker_name = forms.CharField(
        label=_("其他提问人"),
        max_length=120,
        required=False,
        help_text=_("出席指导的领导、代表等不在上面的，照单位、职务、姓名填写，如“市委组织部副部长XX”。"),
    )
    text = LongTextField(label=_("问题"), rows=3)
    answer = LongTextField(
        label=_("答复"), rows=4, required=False, help_text=_("当场答复的记在这里；会后答复的先空着。")
    )
    answers_later = forms.BooleanField(label=_("会后答复"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, askers: list[Post] | None = None, may_name_guests: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if askers is None or not may_name_guests:
            del self.fields["asker_name"]
        if askers is None:
            del self.fields["asker"]
            return
        field = self.fields["asker"]
        rows = Post.objects.filter(pk__in=[post.pk for post in askers]).select_related("person", "organization")
        field.queryset = rows  # type: ignore[attr-defined]
        field.required = not may_name_guests
        if len(askers) == 1 and not may_name_guests:
            field.initial = askers[0].pk

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "asker_name" in self.fields and bool(data.get("asker")) == bool(data.get("asker_name")):
            self.add_error("asker_name", _("提问人和其他提问人，请填写其中一个。"))
        return data


class QuestionAnswerForm(RevisionMixin, Form):
    answer = LongTextField(label=_("答复"), rows=6)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
