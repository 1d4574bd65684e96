"""Setting up a round, counting what was given out, opening the box, voiding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField, ModelForm
from reporting.models import RaterCategory
from reviews.actions.ballot_rounds import FACTS, Issue
from reviews.models import BallotRound, SlipPile
from reviews.rules.ballot_rounds import LEAST_SMALLEST_GROUP, SMALLEST_GROUP
from reviews.rules.slips import MOST_SLIPS


class RoundForm(ModelForm):
    """Facts of a round, and for each category without names how many vote."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = BallotRound
        fields = FACTS
        help_texts = {
            "mode": _(
                "县级以上建议用三信封模式：密钥分给监票人、纪检、组织部，凑齐两个才能开箱。"
                "简易模式只有一个信封，保管信封的人与管理数据库的人串通就能看到选票内容。"
            ),
            "smallest_group": _("某一类别的有效票不足这个数时，与相邻类别合并计票，任何人都看不到合并前的数字。"),
            "grace_seconds": _("宣布截止以后，正在提交的手机还可以在这段时间内送达。"),
            "expected": _("实到超过应到半数，才能进行测评。"),
        }

    def __init__(self, *args: Any, categories: list[RaterCategory], voters: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = categories
        self.fields["expected"].required = True
        self.fields["smallest_group"].min_value = LEAST_SMALLEST_GROUP
        if not self.instance.pk:
            self.fields["smallest_group"].initial = SMALLEST_GROUP
        for category in categories:
            self.fields[f"voters_{category.pk}"] = forms.IntegerField(
                label=_("%(letter)s票（%(name)s）应投票人数") % {"letter": category.letter, "name": category.name},
                min_value=0,
                max_value=MOST_SLIPS,
                initial=voters.get(category.pk),
            )

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    @property
    def voters(self) -> dict[int, int]:
        return {category.pk: self.cleaned_data[f"voters_{category.pk}"] for category in self.categories}


class IssueForm(Form):
    """What the clerks counted of each pile before voting opens."""

    def __init__(self, *args: Any, round_: BallotRound, piles: list[SlipPile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.piles = piles
        self.fields["present"] = forms.IntegerField(label=_("实到人数"), min_value=0, initial=round_.present)
        for pile in piles:
            for name, label in (("issued", _("发出")), ("unissued", _("未发")), ("spoiled", _("作废"))):
                self.fields[f"{name}_{pile.pk}"] = forms.IntegerField(
                    label=f"{pile.name}{label}", min_value=0, initial=getattr(pile, name)
                )

    @property
    def issue(self) -> dict[int, Issue]:
        names = ("issued", "unissued", "spoiled")
        return {pile.pk: Issue(*(self.cleaned_data[f"{name}_{pile.pk}"] for name in names)) for pile in self.piles}


class EnvelopeForm(Form):
    """The keys as scanned or typed; never shown again."""

    witnesses = forms.CharField(label=_("在场监票人"), max_length=200, help_text=_("姓名，用“、”隔开。"))

    def __init__(self, *args: Any, needed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed
        for number in range(1, needed + 1):
            self.fields[f"key_{number}"] = forms.CharField(
                label=_("第%(number)s个信封的密钥") % {"number": number} if needed > 1 else _("信封的密钥"),
                max_length=200,
                help_text=_("扫描二维码，或者逐组输入32个字母和数字。"),
                widget=forms.TextInput(
                    attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
                ),
            )
        self.order_fields([*(f"key_{number}" for number in range(1, needed + 1)), "witnesses"])

    @property
    def envelopes(self) -> list[str]:
        return [self.cleaned_data[f"key_{number}"] for number in range(1, self.needed + 1)]


class CloseForm(Form):
    """The call to hand in, with the time that is given for it."""

    grace_seconds = forms.IntegerField(label=_("再等多少秒"), min_value=0, max_value=1800)


class WitnessForm(Form):
    witnesses = forms.CharField(label=_("在场监销人"), max_length=200, help_text=_("姓名，用“、”隔开。"))


class RoundVoidForm(Form):
    reason = LongTextField(label=_("作废原因"), rows=3, max_length=300)


class SlipVoidForm(Form):
    """Slips that were not given out, one a line, as a scanner or a person typed them."""

    codes = LongTextField(
        label=_("未发的测评码"), rows=8, help_text=_("逐张扫描二维码，或者输入十六位测评码，每行一个。")
    )

    @property
    def texts(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["codes"].splitlines() if line.strip()]
