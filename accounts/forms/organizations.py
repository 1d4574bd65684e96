from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.classes import RankFilterField
from accounts.models import Domain, Organization, User
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import REGISTER_ROLES
from common.forms import Form, ModelForm


class LabelledChoice(forms.ModelChoiceField):
    """Rows shown with their code, since names repeat (S-05)."""

    def label_from_instance(self, obj: Organization) -> str:
        return obj.label


class OrganizationForm(ModelForm):
    parent = LabelledChoice(queryset=Organization.objects.none(), label=_("上级党组织"), required=False)

    class Meta:
        model = Organization
        fields = ("code", "name", "short_name", "parent", "kind", "level", "domain")
        error_messages = {"code": {"unique": _("这个代码已有单位使用，请换一个。")}}
        help_texts = {"code": _("唯一的代码，用来区分同名单位，如 QX-012。")}

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        reach = [p.organization for p in user.active_posts if p.role in REGISTER_ROLES]
        choices = Organization.objects.none()
        for organization in reach:
            choices = choices | Organization.objects.under(organization)
        root = self.instance.pk is not None and self.instance.parent not in choices
        self.fields["parent"].queryset = choices.distinct()
        # The committee at the top of one's reach keeps its own superior, which one cannot choose.
        self.fields["parent"].disabled = root
        self.fields["parent"].required = not root
        if root:
            self.fields["parent"].queryset = Organization.objects.filter(pk=self.instance.parent_id)


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
