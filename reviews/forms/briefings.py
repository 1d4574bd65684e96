from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField, RevisionMixin


class BriefingForm(RevisionMixin, Form):
    strengths = LongTextField(label=_("成绩亮点（2—3条）"), rows=4, required=False, help_text=_("一行一条，注明来源。"))
    problems = LongTextField(label=_("主要问题（3—5条）"), rows=7, required=False, help_text=_("一行一条，注明来源。"))
    questions = LongTextField(label=_("提问题目（1—2个）"), rows=3, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
