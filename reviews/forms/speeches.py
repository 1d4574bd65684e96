"""A speech: who speaks, its text or its three parts, a file to take the text from (S-96, S-204)."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField, RevisionMixin
from documents.word.package import MOST_BYTES, WordRefused
from documents.word.reader import read_word
from reviews.actions.speeches import WORDS, SpeechWords
from reviews.forms.comments import BaseProblemFormSet
from reviews.models import Speech
from reviews.rules.meetings import MeetingError
from reviews.rules.speeches import SpeechKind, decode_text


def text_of(upload: UploadedFile) -> str:
    """Paragraphs of a .txt or .docx. Raises ValidationError with what to do for any other file."""
    if (upload.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("文件超过20兆。请删去图片后另存，再上传。"))
    name = str(upload.name).lower()
    try:
        text = read_word(upload).text if name.endswith(".docx") else decode_text(upload.read())
    except (WordRefused, MeetingError) as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    if not text.strip():
        raise forms.ValidationError(_("文件里没有文字。请换一个文件。"))
    return text


class SpeechFileField(forms.FileField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("讲话稿文件（.docx 或 .txt）"),
            widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> str:
        upload = super().clean(data, initial)
        return text_of(upload) if upload else ""


class SpeechAddForm(Form):
    kind = forms.ChoiceField(label=_("类型"), choices=SpeechKind.choices)
    speaker = forms.CharField(label=_("讲话人"), max_length=80, strip=False)
    speaker_title = forms.CharField(label=_("讲话人职务"), max_length=120, required=False, strip=False)
    body = SpeechFileField(required=False, help_text=_("可不选，在下一页粘贴或者直接写。文件里的自然段原样保留。"))


class SpeechUploadForm(RevisionMixin, Form):
    body = SpeechFileField(help_text=_("文件里的自然段原样保留。"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SpeechForm(Form):
    speaker = forms.CharField(label=_("讲话人"), max_length=80, strip=False)
    speaker_title = forms.CharField(label=_("讲话人职务"), max_length=120, required=False, strip=False)
    title = forms.CharField(
        label=_("标题"), max_length=200, required=False, strip=False, help_text=_("不填时为“在……会议上的讲话”。")
    )
    subtitle = forms.CharField(
        label=_("副标题"), max_length=200, required=False, strip=False, help_text=_("印在标题下面，前面加“――”。")
    )
    salutation = forms.CharField(label=_("称谓"), max_length=60, required=False, strip=False)
    body = LongTextField(
        label=_("讲话正文"),
        rows=24,
        required=False,
        help_text=_("每行一个自然段；一级标题写“一、……”，二级标题写“（一）……”，印发时自动排版。"),
    )
    achievements = LongTextField(label=_("成绩"), rows=6, required=False)
    suggestions = LongTextField(label=_("建议"), rows=6, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, speech: Speech, **kwargs: Any) -> None:
        stored = {name: getattr(speech, name) for name in (*WORDS, "revision")}
        super().__init__(*args, initial=stored, **kwargs)
        if speech.is_overall:
            self.fields["body"].label = _("讲话全文（可不填）")
            self.fields["body"].widget.attrs["rows"] = 10
        else:
            del self.fields["achievements"], self.fields["suggestions"]

    def words(self, problems: BaseProblemFormSet, changed: QueryDict | None = None) -> SpeechWords:
        """All of them, or only the parts an automatic save says it changed (static/js/autosave.js)."""
        names = changed.getlist("changed") if changed is not None else [*self.fields, problems.prefix + "-"]
        fields = {name: self.cleaned_data[name] for name in WORDS if name in self.fields and name in names}
        rows = any(name.startswith(f"{problems.prefix}-") for name in names)
        return SpeechWords(fields, problems.texts if rows else None)
