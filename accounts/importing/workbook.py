"""The register as a workbook: an empty one to fill in, and what somebody may see of it."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation

from accounts.models import Domain, Organization, Person, Post, User
from accounts.rules.import_sheets import ORGANIZATIONS, PEOPLE, POSTS, SHEETS, YES_NO, Column, SheetForm
from common.csv_tables import write_csv
from common.workbooks import NewColumn, NewSheet, write_workbook

_ORDER = (ORGANIZATIONS, PEOPLE, POSTS)
_GUIDE = (
    NewColumn("工作表", width=12),
    NewColumn("列", width=18),
    NewColumn("是否必填", width=10),
    NewColumn("怎么填", width=80),
    NewColumn("可选内容", width=60),
)
_ADVICE = (
    "在三张工作表中填写，只填需要的表也可以。",
    "以“示例”开头的行不会导入，可以保留，也可以删去。",
    "没有的列表示不改；有这一列而留空，表示改为空（上级代码除外）。",
    "上传后先列出每一行会做什么，您确认之前不会写入任何内容。",
)


def template_workbook() -> bytes:
    """Three sheets with examples, notes and drop-down lists, after a sheet that explains every column."""
    domains = _domains()
    sheets = [_sheet(form, domains, _examples(form), examples=True) for form in _forms()]
    return write_workbook([NewSheet("填写说明", _GUIDE, _guide(domains)), *sheets])


def register_workbook(user: User) -> bytes:
    """What the user may see, in the form in which it is imported."""
    with translation.override("zh-hans"):  # labels are read back in Chinese
        return write_workbook(_register_sheets(user))


def register_csv(user: User, kind: str) -> bytes:
    """One of the three tables as CSV; `kind` is that of a SheetForm."""
    with translation.override("zh-hans"):
        sheets = zip(_forms(), _register_sheets(user), strict=True)
        return write_csv(next(sheet for form, sheet in sheets if form.kind == kind))


def _register_sheets(user: User) -> list[NewSheet]:
    domains = _domains()
    rows = {ORGANIZATIONS: _organizations(user), PEOPLE: _people(user), POSTS: _posts(user)}
    return [_sheet(form, domains, rows[form.kind]) for form in _forms()]


def _forms() -> list[SheetForm]:
    return sorted(SHEETS, key=lambda form: _ORDER.index(form.kind))


def _domains() -> tuple[str, ...]:
    return tuple(Domain.objects.values_list("name", flat=True))


def _choices(column: Column, domains: tuple[str, ...]) -> tuple[str, ...]:
    return domains if column.field == "domain" else column.choices


def _sheet(form: SheetForm, domains: tuple[str, ...], rows: Iterator[list[Any]], *, examples: bool = False) -> NewSheet:
    columns = tuple(
        NewColumn(each.heading, each.note, each.width, _choices(each, domains), each.is_required)
        for each in form.columns
    )
    return NewSheet(form.name, columns, rows, examples=len(form.columns[0].examples) if examples else 0)


def _examples(form: SheetForm) -> Iterator[list[Any]]:
    for number in range(len(form.columns[0].examples)):
        yield [column.examples[number] for column in form.columns]


def _guide(domains: tuple[str, ...]) -> Iterator[list[str]]:
    for sentence in _ADVICE:
        yield ["说明", "", "", sentence, ""]
    for form in _forms():
        for column in form.columns:
            must = "必填" if column.is_required else ""
            yield [form.name, column.heading, must, column.note, "、".join(_choices(column, domains))]


def _organizations(user: User) -> Iterator[list[Any]]:
    visible = Organization.objects.visible_to(user)
    codes = dict(visible.values_list("pk", "code"))
    for each in visible.select_related("domain").order_by("path").iterator(chunk_size=2000):
        superior = codes.get(each.parent_id or 0, "")
        domain = each.domain.name if each.domain else ""
        kind, level = each.get_kind_display(), each.get_level_display()
        yield [each.code, each.name, each.short_name, superior, str(kind), str(level), domain]


def _people(user: User) -> Iterator[list[Any]]:
    for person in Person.objects.visible_to(user).iterator(chunk_size=2000):
        yield [person.code, person.name]


def _posts(user: User) -> Iterator[list[Any]]:
    posts = Post.objects.visible_to(user).select_related("person", "organization")
    for post in posts.order_by("organization__path", "-is_first_responsible", "pk").iterator(chunk_size=2000):
        values: dict[str, Any] = {
            "person": post.person.code,
            "person_name": post.person.name,
            "organization": post.organization.code,
            "organization_name": post.organization.name,
            "role": str(post.get_role_display()),
        }
        fields = [column.field for column in _POST_COLUMNS]
        yield [_written(values[name] if name in values else getattr(post, name)) for name in fields]


_POST_COLUMNS = next(form for form in SHEETS if form.kind == POSTS).columns


def _written(value: Any) -> Any:
    return YES_NO[value] if isinstance(value, bool) else value
