from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.classes import RankFilterField
from accounts.models import Domain, Organization, User
from accounts.rules.import_cells import plain_code
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from common.forms import Form, ModelForm
from common.ids import ids_of


class LabelledChoice(forms.ModelChoiceField):
    """Rows shown with their code, since names repeat (S-05)."""

    def label_from_instance(self, obj: Organization) -> str:
        return obj.label


# More are not chosen from a list: it would be megabytes of page.
MOST_CHOICES = 300


class CodedChoice(forms.ModelChoiceField):
    """One of very many organizations, typed by its code."""

    widget = forms.TextInput

    def to_python(self, value: str | None) -> Organization | None:
        return super().to_python(plain_code(value) if value else value)


class OrganizationForm(ModelForm):
    parent = LabelledChoice(queryset=Organization.objects.none(), label=_("上级党组织"), required=False)

    class Meta:
        model = Organization
        fields = ("code", "name", "short_name", "parent", "kind", "level", "domain")
        error_messages = {"code": {"unique": _("这个代码已有单位使用，请换一个。")}}
        help_texts = {"code": _("唯一的代码，用来区分同名单位，如 QX-012。")}

    def clean_code(self) -> str:
        return plain_code(self.cleaned_data["code"])

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = Organization.objects.kept_by(user)
        held = self.instance.parent_id
        possible = choices.filter(pk=held) if held else choices.exclude(path__startswith=self.instance.path or "-")
        root = self.instance.pk is not None and not possible.exists()
        if choices.order_by()[MOST_CHOICES : MOST_CHOICES + 1].values_list("pk"):
            self._ask_for_code()
        # The committee at the top of one's reach keeps its own superior, which one cannot choose.
        self.fields["parent"].disabled = root
        self.fields["parent"].required = not root
        self.fields["parent"].queryset = Organization.objects.filter(pk=held) if root else choices

    def _ask_for_code(self) -> None:
        help_text = _("填写上级党组织的代码，在党组织列表中可以查到。")
        chosen = Organization.objects.filter(pk__in=ids_of([str(self.initial.get("parent") or "")])).first()
        self.initial["parent"] = chosen.code if chosen else None
        self.fields["parent"] = CodedChoice(
            queryset=Organization.objects.none(),
            to_field_name="code",
            label=_("上级党组织代码"),
            help_text=help_text,
            error_messages={"invalid_choice": _("没有这个代码，或者不在您管理的范围内。")},
        )


class OrganizationFilterForm(Form):
    q = forms.CharField(label=_("名称或代码"), required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=[("", _("全部")), *OrganizationKind.choices], required=False)
    level = forms.ChoiceField(label=_("层级"), choices=[("", _("全部")), *OrganizationLevel.choices], required=False)
    domain = forms.ModelChoiceField(
        label=_("领域"), queryset=Domain.objects.all(), required=False, empty_label=_("全部")
    )
    rank = RankFilterField()


class DomainForm(ModelForm):
    class Meta:
        model = Domain
        fields = ("code", "name")
        help_texts = {"code": _("英文字母、数字或连字符，如 park。")}
