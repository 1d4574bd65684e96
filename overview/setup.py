"""From an empty installation to an open year: what is done and what is next, read from the data each time."""

import dataclasses
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.activations import SlipFilterForm
from accounts.models import Organization, Person, Post, User
from accounts.permissions import can_grant_role
from accounts.rules.roles import Role
from reporting.models import Cycle
from reporting.permissions import can_create_cycle
from reporting.rules.cycles import CyclePhase

SHOWN = 10


@dataclasses.dataclass
class SetUpStep:
    """`url` is the ordinary page for it; empty where `user` may not do it, and `text` then says who may.

    `links` lead to each single thing that is missing. `state` is done, current or ahead.
    """

    label: str
    text: str
    url: str = ""
    action: str = ""
    links: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    is_done: bool = False
    state: str = "ahead"


def set_up_steps(committee: Organization, user: User) -> list[SetUpStep]:
    steps = [*_register_steps(committee, user), *_cycle_steps(committee, user)]
    for step in steps:
        step.state = "done" if step.is_done else "ahead"
    current = next((step for step in steps if not step.is_done), None)
    if current is not None:
        current.state = "current"
    return steps


def is_set_up(committee: Organization) -> bool:
    """Whether the committee has ever opened a year."""
    return committee.cycles.exclude(phase=CyclePhase.PREPARATION).exists()


def _register_steps(committee: Organization, user: User) -> Iterator[SetUpStep]:
    text = _("%(label)s，类型“%(kind)s”，%(level)s。名称、简称会印在各种文书上，请先核对。") % {
        "label": committee.label,
        "kind": committee.get_kind_display(),
        "level": committee.get_level_display(),
    }
    page = reverse("accounts:organization_edit", args=[committee.pk])
    if not committee.short_name:
        text += _("还没有填简称，职务前面会印全称。")
    yield SetUpStep(_("核对本级党委"), text, page, _("核对或修改"), is_done=True)
    yield _department_step(committee, user)
    children = committee.children.count()
    text = _("已登记%(count)s个直属下级党组织。") % {"count": children} if children else _("年度述职的单位从这里来。")
    page = reverse("accounts:subordinate_create", args=[committee.pk])
    excel = [(_("用 Excel 导入单位、人员和任职"), reverse("accounts:import_create"))]
    yield SetUpStep(_("登记下级党组织"), text, page, _("登记一批"), excel, is_done=children > 0)
    yield _secretaries_step(committee, children)
    yield _accounts_step(committee, children)


def _department_step(committee: Organization, user: User) -> SetUpStep:
    posts = Post.objects.current().filter(organization=committee, role=Role.ORGANIZATION_DEPARTMENT)
    ready = posts.filter(person__user__is_active=True)
    waiting = [post for post in posts.select_related("person") if not ready.filter(pk=post.pk).exists()]
    links = [(post.person.label, reverse("accounts:person_show", args=[post.person_id])) for post in waiting]
    role = Role.ORGANIZATION_DEPARTMENT
    page = f"{reverse('accounts:person_create', args=[committee.pk])}?role={role}"
    if ready.exists():
        text = _("已开通%(count)s个组织部账号。年度由组织部账号建立和办理。") % {"count": ready.count()}
    elif waiting:
        text = _("已登记组织部人员，还没有开通登录账号。请打开其人员页面，在“登录账号”处开通。")
    else:
        text = _(
            "登记组织部工作人员（角色选“组织部门”），再在其人员页面开通登录账号。年度由组织部账号建立和办理。"
            "已有名册的，可以连同单位、书记一起用 Excel 导入。"
        )
        links = [(_("用 Excel 导入单位、人员和任职"), reverse("accounts:import_create"))]
    if not can_grant_role(user, role, committee):
        return SetUpStep(_("开通组织部账号"), text, is_done=ready.exists())
    if waiting and not ready.exists():
        return SetUpStep(_("开通组织部账号"), text, links[0][1], _("去开通账号"), links)
    return SetUpStep(_("开通组织部账号"), text, page, _("登记组织部人员"), links, is_done=ready.exists())


def _secretaries_step(committee: Organization, children: int) -> SetUpStep:
    led = Post.objects.unended().filter(is_first_responsible=True).values("organization")
    missing = committee.children.exclude(pk__in=led).order_by("code")
    count = missing.count()
    pages = [(each.label, reverse("overview:secretary_replace", args=[each.pk])) for each in missing[:SHOWN]]
    if not children:
        return SetUpStep(_("登记各单位书记"), _("先登记下级党组织。"))
    if not count:
        return SetUpStep(_("登记各单位书记"), _("各单位都有第一责任人。"), is_done=True)
    text = _("还有%(count)s个单位没有登记书记，述职人从各单位现任人员中选。") % {"count": count}
    return SetUpStep(_("登记各单位书记"), text, pages[0][1], _("登记下一个"), pages)


def _accounts_step(committee: Organization, children: int) -> SetUpStep:
    heads = Post.objects.current().filter(is_first_responsible=True, organization__parent=committee)
    waiting = Person.objects.filter(posts__in=heads).exclude(user__is_active=True).distinct()
    count = waiting.count()
    label = _("开通书记账号")
    if not heads.exists():
        return SetUpStep(label, _("先登记各单位书记。"))
    if not count:
        return SetUpStep(label, _("各单位书记都有登录账号，可以自己报送报告。"), is_done=True)
    pages = [(each.label, reverse("accounts:person_show", args=[each.pk])) for each in waiting[:SHOWN]]
    text = _("还有%(count)s名书记没有登录账号，没有账号不能报送报告。可以成批印发激活单，也可以在其人员页面逐个开通。")
    heads_page = f"{reverse('accounts:slip_list')}?who={SlipFilterForm.HEADS}"
    if count > SHOWN:
        pages.append((_("查看全部%(count)s名") % {"count": count}, heads_page))
    return SetUpStep(label, text % {"count": count}, heads_page, _("成批印发激活单"), pages)


def _cycle_steps(committee: Organization, user: User) -> Iterator[SetUpStep]:
    cycle = committee.cycles.order_by("-year").first()
    may = can_create_cycle(user, committee)
    elsewhere = "" if may else _("请用组织部账号登录办理。")
    text = (
        _("已建立%(year)s年度。") % {"year": cycle.year} if cycle else _("选考核年度和一套考核方案，以后可以逐项修改。")
    )
    page = reverse("reporting:cycle_create") if may and not cycle else ""
    yield SetUpStep(_("建立年度"), text + ("" if cycle else elsewhere), page, _("建立年度"), is_done=cycle is not None)
    yield _reporters_step(cycle, elsewhere)
    yield _opening_step(cycle, elsewhere)


def _reporters_step(cycle: Cycle | None, elsewhere: str) -> SetUpStep:
    label = _("列入述职人")
    if cycle is None:
        return SetUpStep(label, _("先建立年度。"))
    count = cycle.reporters.count()
    text = _("已列入%(count)s名述职人。") % {"count": count} if count else _("哪些单位述职、谁来述、大会述还是书面述。")
    page = "" if elsewhere else reverse("reporting:reporter_add", args=[cycle.pk])
    return SetUpStep(label, text + ("" if count else elsewhere), page, _("列入述职人"), is_done=count > 0)


def _opening_step(cycle: Cycle | None, elsewhere: str) -> SetUpStep:
    label = _("开始报送")
    if cycle is None:
        return SetUpStep(label, _("先建立年度、列入述职人。"))
    if cycle.phase != CyclePhase.PREPARATION:
        page = reverse("reporting:cycle_show", args=[cycle.pk])
        return SetUpStep(label, _("年度已经开始，书记登录后在首页看到要写的报告。"), page, _("打开年度"), is_done=True)
    text = _("核对方案和名单以后进入报告阶段，书记登录后在首页看到要写的报告。")
    links = []
    if not cycle.scheme.report_deadline:
        text = _("先定报告报送时限，再核对名单，进入报告阶段；书记登录后在首页看到要写的报告。")
        links = (
            [] if elsewhere else [(_("定报告报送时限"), reverse("reporting:scheme_deadlines", args=[cycle.scheme.pk]))]
        )
    page = "" if elsewhere else reverse("reviews:cycle_advance", args=[cycle.pk])
    return SetUpStep(label, text + elsewhere, page, _("进入报告阶段"), links)
