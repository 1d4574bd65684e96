"""Whom to remind, which records to show, and the robot of the committee's chat group."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reporting.models import Robot
from reporting.models.owed import Owed
from reporting.rules.reminders import OwedKind, ReminderChannel, ReminderState, RobotKind


class ReminderForm(Form):
    """The units ticked on the exact list; at first all that have not been told today."""

    organizations = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("请至少勾选一个单位。"),
            "invalid_choice": _("勾选的单位中有的已经报送，请核对最新名单后再发。"),
        },
    )

    def __init__(self, *args: Any, owed: Owed, told: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [debtor.organization for debtor in owed.debtors]
        self.fields["organizations"].choices = [(unit.pk, unit.label) for unit in units]
        asked = set(self.data.getlist("organizations")) if self.is_bound else {str(unit.pk) for unit in units}
        self.ticked = asked - {str(pk) for pk in told}


class ReminderFilterForm(Form):
    q = forms.CharField(label=_("单位或代码"), required=False)
    kind = forms.ChoiceField(label=_("事项"), required=False, choices=[("", _("全部")), *OwedKind.choices])
    channel = forms.ChoiceField(label=_("方式"), required=False, choices=[("", _("全部")), *ReminderChannel.choices])
    state = forms.ChoiceField(label=_("结果"), required=False, choices=[("", _("全部")), *ReminderState.choices])


class RobotForm(Form):
    kind = forms.ChoiceField(label=_("平台"), choices=RobotKind.choices)
    url = forms.CharField(
        label=_("机器人地址（Webhook）"),
        max_length=400,
        required=False,
        help_text=_("在工作群里添加机器人后复制。地址中有密钥，保存后不再完整显示；不更换就空着。"),
    )
    is_active = forms.BooleanField(label=_("启用"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, robot: Robot | None, **kwargs: Any) -> None:
        self.robot = robot
        kwargs["initial"] = {
            "kind": robot.kind if robot else RobotKind.WECOM,
            "is_active": robot.is_active if robot else True,
            "seen": robot.revision if robot else 0,
        }
        super().__init__(*args, **kwargs)

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"] or (self.robot.url if self.robot else "")
        try:
            parts = urlsplit(url)
            host = parts.hostname
        except ValueError:
            raise forms.ValidationError(_("地址不完整，请从群机器人的设置中重新复制。")) from None
        if parts.scheme not in {"http", "https"} or not host:
            raise forms.ValidationError(_("请填写以http://或https://开头的机器人地址。"))
        if host not in settings.REMINDER_ROBOT_HOSTS:
            raise forms.ValidationError(
                _("服务器没有开放对%(host)s的访问，请系统管理员在配置项REMINDER_ROBOT_HOSTS中列出。") % {"host": host}
            )
        return url
