import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions.imports import NothingToImport, RegisterChanged, confirm_import
from accounts.actions.people import end_post
from accounts.importing.workbook import register_workbook, template_workbook
from accounts.models import AuditEntry, Organization, Person, Post, RegisterImport
from accounts.rules.imports import read_rows
from accounts.rules.roles import Role
from common import clock
from common.workbooks import read_workbook
from tests.accounts.workbooks import dry_run, organization, post, workbook
from tests.factories import make_organization, make_person, make_post
from tests.world import build_world

pytestmark = pytest.mark.django_db


def outcomes(register_import: RegisterImport) -> list[str]:
    return [line["outcome"] for line in register_import.lines]


def faults(register_import: RegisterImport) -> list[str]:
    return [fault for line in register_import.lines for fault in line["faults"]]


def confirm(register_import: RegisterImport, by) -> RegisterImport:
    return confirm_import(register_import, mark=register_import.mark, by=by)


COUNTY_FILE = workbook(
    organizations=[
        organization("N1-1", "XX村党支部", "N1", kind="党支部", level="村（社区）"),
        organization("N1", "市XX局", "X", short="XX局", domain="机关"),
        organization("N2", "市XX局", "X"),
    ],
    people=[["P1", "***"], ["P2", "***"]],
    posts=[post("P1", "N1", name="***"), post("P2", "N1-1", "党支部书记", head="是", duties="党建")],
)


def test_nothing_is_written_until_it_is_confirmed() -> None:
    clerk = build_world().user("clerk")
    found = dry_run(COUNTY_FILE, clerk)
    assert outcomes(found) == ["new"] * 7
    assert not Organization.objects.filter(code="N1").exists()
    confirm(found, clerk)
    village, office = Organization.objects.get(code="N1-1"), Organization.objects.get(code="N1")
    assert (village.parent, village.path) == (office, f"{office.path}{village.pk}/")
    assert office.short_name == "XX局"
    assert [p.person.code for p in Post.objects.filter(organization=village, is_unit_head=True)] == ["P2"]
    assert set(AuditEntry.objects.filter(actor=clerk).values_list("verb", flat=True)) == {
        "新增党组织",
        "新增人员",
        "任职",
        "导入名册",
    }


def test_identical_names_stay_apart_by_code() -> None:
    clerk = build_world().user("clerk")
    confirm(dry_run(COUNTY_FILE, clerk), clerk)
    assert Organization.objects.filter(name="市XX局").count() == 2
    assert Person.objects.filter(code__in=["P1", "P2"], name="***").count() == 2


def test_the_same_file_twice_changes_nothing() -> None:
    clerk = build_world().user("clerk")
    confirm(dry_run(COUNTY_FILE, clerk), clerk)
    entries = AuditEntry.objects.count()
    again = dry_run(COUNTY_FILE, clerk)
    assert outcomes(again) == ["same"] * 7
    with pytest.raises(NothingToImport):
        confirm(again, clerk)
    assert AuditEntry.objects.count() == entries


def test_an_export_comes_back_unchanged_whatever_stands_in_it() -> None:
    world = build_world()
    clerk = world.user("clerk")
    office = make_organization('=HYPERLINK("x")', world.county, code="+1", short_name="@x")
    make_post(office, Role.SECRETARY, make_person("-1+1", code="007"), start=None, duties="'分管", title="=1+1")
    make_post(office, Role.MEMBER, make_person(" 李 某 "), end=dt.date(2024, 5, 1), is_primary=False)
    data = register_workbook(clerk)
    found = dry_run(data, clerk)
    assert set(outcomes(found)) == {"same"}
    shown = {line["label"] for line in found.lines}
    assert '=HYPERLINK("x")（+1）' in shown
    assert not any("邻县" in label for label in shown)


def test_the_template_can_be_sent_back_as_it_is() -> None:
    build_world()
    read = read_rows(read_workbook(template_workbook(), most_rows=10_000))
    assert read.rows == ()
    assert [note for note in read.notes if "示例" in note] != []


def test_a_row_says_what_it_changes_from_what_to_what() -> None:
    world = build_world()
    clerk = world.user("clerk")
    secretary = Post.objects.get(person=world.user("secretary").person)
    code = secretary.person.code
    data = workbook(
        organizations=[organization("X1", "甲镇党委", "X2", domain="")],
        people=[[code, "张某某"]],
        posts=[post(code, "X1", end="2026年10月8日", duties="党建")],
    )
    found = dry_run(data, clerk)
    assert [line["changes"] for line in found.lines] == [
        [["名称", "“甲乡党委”", "“甲镇党委”"], ["领域", "“农村”", "空"], ["上级", "“某县委（X）”", "“乙镇党委（X2）”"]],
        [["姓名", "“张某”", "“张某某”"]],
        [["免职日期", "空", "2026-10-08"], ["分管领域", "空", "“党建”"]],
    ]
    confirm(found, clerk)
    township = Organization.objects.get(code="X1")
    assert (township.name, township.domain, township.parent) == ("甲镇党委", None, world.other_township)
    assert Post.objects.get(pk=secretary.pk).end == dt.date(2026, 10, 8)


def test_the_top_keeps_its_own_superior_and_may_be_renamed() -> None:
    world = build_world()
    clerk = world.user("clerk")
    row = organization("X", "某某县委", "", level="县（市、区）级")
    found = confirm(dry_run(workbook(organizations=[row]), clerk), clerk)
    world.county.refresh_from_db()
    assert (found.counts["change"], world.county.name, world.county.parent) == (1, "某某县委", world.city)


def test_what_trades_places_does_so_without_a_loop_on_the_way() -> None:
    world = build_world()
    clerk = world.user("clerk")
    village = make_organization("某村党支部", world.township, code="V")
    rows = [organization("X1", "甲乡党委", "V"), organization("V", "某村党支部", "X")]
    confirm(dry_run(workbook(organizations=rows), clerk), clerk)
    village.refresh_from_db()
    world.township.refresh_from_db()
    assert (village.parent, world.township.parent) == (world.county, village)
    assert world.township.path == f"{world.county.path}{village.pk}/{world.township.pk}/"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([organization("N1", "甲", "N2"), organization("N2", "乙", "N1")], "上级成了循环"),
        ([organization("N1", "甲", "N1")], "上级成了循环"),
        ([organization("X", "某县委", "X1")], "管理原来的上级"),
        ([organization("N1", "甲", "Y")], "不在您管理的范围内"),
        ([organization("N1", "甲", "没有")], "还没有登记"),
        ([organization("N1", "甲", "某县委")], "还没有登记"),
        ([organization("N1", "甲")], "必须填写上级代码"),
        ([organization("Y", "邻县县委", "X")], "已有单位使用"),
        ([organization("X1", "甲乡党委", "Y")], "不在您管理的范围内"),
        ([organization("N1", "甲", "X"), organization("N1", "乙", "X")], "代码重复，与工作表“党组织”第2行重复"),
        ([organization("N1", "甲", "X", domain="天上")], "没有“天上”这个领域"),
        ([organization("N1", "甲", "X", kind="小组")], "没有“小组”这一项"),
        ([organization("N1", "", "X")], "“名称”没有填写"),
        ([organization("N1", "甲" * 121, "X")], "不能超过120字，现在有121字"),
        ([organization("N 1", "甲", "X")], "中间有空格"),
        ([organization("N2", "乙", "N1"), organization("N1", "", "X")], "第3行有误"),
    ],
)
def test_what_is_wrong_with_an_organization_is_said_and_blocks_all(rows: list, told: str) -> None:
    clerk = build_world().user("clerk")
    found = dry_run(workbook(organizations=[*rows, organization("G", "好", "X")]), clerk)
    assert any(told in fault for fault in faults(found)), faults(found)
    with pytest.raises(NothingToImport):
        confirm(found, clerk)
    assert not Organization.objects.filter(code="G").exists()


def test_what_is_wrong_with_people_and_posts_is_said() -> None:
    world = build_world()
    clerk, code = world.user("clerk"), world.user("secretary").person.code
    stranger = make_post(world.sibling, Role.LEADER).person.code
    found = dry_run(
        workbook(
            people=[["N1", "甲"], [stranger, "乙"]],
            posts=[
                post("没有", "X1", first="否"),
                post(code, "Y", first="否"),
                post(code, "X1", name="李四"),
                post(code, "X1", unit="乙镇党委"),
                post(world.user("leader").person.code, "X1"),
                post(code, "X2", role="系统管理员", first="否"),
                post(clerk.person.code, "X1", first="否"),
                post(code, "X2", start="2024-01-01", end="2023-01-01", first="否"),
                post(code, "X2", start="X月X日", first="否"),
                post(code, "X2", "副书记", role="副书记", first="否"),
                post(code, "X2", "副书记", role="副书记", first="否"),
                post(code, "X2", start="2019-01-01", end="2020-06-30"),
                post(code, "X2", start="2018-01-01", end="2018-12-31"),
            ],
        ),
        clerk,
    )
    expected = [
        "还要在“任职”表中至少填一行",
        "已有人使用",
        "人员代码“没有”",
        "党组织代码“Y”",
        "表中的姓名是“李四”",
        "表中的名称是“乙镇党委”",
        "第一责任人已有“张某",
        "只能由系统管理员",
        "本人的任职",
        "不能早于",
        "看不出是哪一天",
        None,
        "同一任职重复",
        "第一责任人已有“王某",
        None,
    ]
    for line, told in zip(found.lines, expected, strict=True):
        assert (told is None and not line["faults"]) or any(told in fault for fault in line["faults"]), line


def test_a_row_with_an_unreadable_day_is_told_of_a_second_first_responsible_person_at_once() -> None:
    world = build_world()
    clerk, held = world.user("clerk"), world.user("secretary").person
    rows = [
        post("N1", "X1", start="X月X日"),
        post("N2", "X1", start="X月X日", end="2020年XX月"),  # when it ends is not known either: nothing to compare
        post("N3", "X1", start="X月X日", first="否"),
        post(held.code, "X1", start="X月X日"),
    ]
    found = dry_run(workbook(people=[["N1", "甲某"], ["N2", "乙某"], ["N3", "丙某"]], posts=rows), clerk)
    second = [any(f"第一责任人已有“{held.name}" in fault for fault in line["faults"]) for line in found.lines[-4:]]
    assert second == [True, False, False, False]
    assert all(any("看不出是哪一天" in fault for fault in line["faults"]) for line in found.lines[-4:])


def test_a_secretary_is_replaced_in_one_file() -> None:
    world = build_world()
    clerk = world.user("clerk")
    old = Post.objects.get(person=world.user("secretary").person)
    rows = [post("N1", "X1", start="2026-11-02"), post(old.person.code, "X1", end=dt.date(2026, 11, 1))]
    confirm(dry_run(workbook(people=[["N1", "新某"]], posts=rows), clerk), clerk)
    assert world.township.first_responsible.person.code == "N1"
    old.refresh_from_db()
    assert old.end == dt.date(2026, 11, 1)
    assert AuditEntry.objects.of(old).get().verb == "免职"


def test_a_missing_column_changes_nothing_and_an_unended_post_takes_its_first_day() -> None:
    world = build_world()
    clerk, code = world.user("clerk"), world.user("secretary").person.code
    Post.objects.filter(person__code=code).update(start=None, duties="全面")
    found = dry_run(workbook(posts=[post(code, "X1", duties="全面")]), clerk)
    assert [line["changes"] for line in found.lines] == [[["任职日期", "空", "2020-01-01"]]]


def test_what_changed_after_the_dry_run_is_compared_again_first() -> None:
    world = build_world()
    clerk = world.user("clerk")
    found = dry_run(workbook(organizations=[organization("X1", "甲镇党委", "X")]), clerk)
    seen = found.mark
    Organization.objects.filter(code="X1").update(name="甲街道党工委")
    with pytest.raises(RegisterChanged):
        confirm_import(found, mark=seen, by=clerk)
    found.refresh_from_db()
    assert found.lines[0]["changes"] == [["名称", "“甲街道党工委”", "“甲镇党委”"]]
    assert Organization.objects.get(code="X1").name == "甲街道党工委"
    with pytest.raises(RegisterChanged):
        confirm_import(found, mark=seen, by=clerk)
    confirm(found, clerk)
    assert Organization.objects.get(code="X1").name == "甲镇党委"


def test_rights_lost_after_the_dry_run_are_lost() -> None:
    world = build_world()
    clerk, administrator = world.user("clerk"), world.user("administrator")
    found = dry_run(workbook(organizations=[organization("X1", "甲镇党委", "X")]), clerk)
    end_post(clerk.person.posts.get(), end=clock.today() - dt.timedelta(days=1), by=administrator)
    clerk = type(clerk).objects.get(pk=clerk.pk)
    with pytest.raises(PermissionDenied):
        confirm(found, clerk)


def test_nobody_confirms_for_another_and_others_import_nothing() -> None:
    world = build_world()
    found = dry_run(workbook(organizations=[organization("X1", "甲镇党委", "X")]), world.user("clerk"))
    with pytest.raises(PermissionDenied):
        confirm(found, world.user("administrator"))
    with pytest.raises(PermissionDenied):
        dry_run(COUNTY_FILE, world.user("leader"))


def test_old_dry_runs_are_cleared_away() -> None:
    clerk = build_world().user("clerk")
    with clock.at(clock.now() - dt.timedelta(days=8)):
        old = dry_run(COUNTY_FILE, clerk)
    dry_run(COUNTY_FILE, clerk)
    assert not RegisterImport.objects.filter(pk=old.pk).exists()


def test_the_queries_do_not_grow_with_the_rows(django_assert_max_num_queries) -> None:
    clerk = build_world().user("clerk")
    with django_assert_max_num_queries(100) as few:
        dry_run(COUNTY_FILE, type(clerk).objects.get(pk=clerk.pk))
    rows = [organization(f"M{n}", "市XX局", "X") for n in range(200)]
    people = [[f"Q{n}", "***"] for n in range(200)]
    posts = [post(f"Q{n}", f"M{n}") for n in range(200)]
    with django_assert_max_num_queries(len(few)):
        dry_run(workbook(organizations=rows, people=people, posts=posts), type(clerk).objects.get(pk=clerk.pk))


def test_a_wrong_organization_row_is_named_where_its_posts_stand() -> None:
    clerk = build_world().user("clerk")
    found = dry_run(
        workbook(
            organizations=[organization("N1", "市XX局", "没有的上级")],
            people=[["P1", "***"]],
            posts=[post("P1", "N1")],
        ),
        clerk,
    )
    assert outcomes(found) == ["wrong", "new", "wrong"]
    told = found.lines[2]["faults"]
    assert told == ["党组织“市XX局（N1）”在“党组织”表第2行有误，改正那一行以后这一行才能核对。"]


def test_a_month_is_taken_with_a_remark() -> None:
    world = build_world()
    found = dry_run(
        workbook(people=[["P1", "***"]], posts=[post("P1", "X3", start="2024.3", first="否")]), world.user("clerk")
    )
    assert found.lines[1]["hints"] == ["“任职日期”只写到月，按2024-03-01登记。"]
    confirm(found, world.user("clerk"))
    assert Post.objects.get(person__code="P1").start == dt.date(2024, 3, 1)


def test_a_newcomer_called_like_another_is_pointed_out_unless_the_name_is_masked() -> None:
    world = build_world()
    make_post(world.township, Role.STAFF, make_person("李建华", code="P1"))
    people = [["P2", "李建华"], ["P3", "王五"], ["P4", "***"], ["P5", "***"]]
    posts = [post(code, "X1", "党委委员", role="班子成员", first="否") for code, _name in people]
    found = dry_run(workbook(people=people, posts=posts), world.user("clerk"))
    assert [line["hints"] for line in found.lines[:4]] == [["与“P1”同名，请核对是不是同一名同志。"], [], [], []]


def test_two_first_responsible_persons_of_one_file_are_told_by_name() -> None:
    clerk = build_world().user("clerk")
    rows = workbook(
        organizations=[organization("N1", "新设某镇党委", "X")],
        people=[["Q1", "王强"], ["Q2", "赵敏"]],
        posts=[post("Q1", "N1"), post("Q2", "N1", "党委副书记", role="副书记")],
    )
    told = faults(dry_run(rows, clerk))
    assert [fault.partition("，")[0] for fault in told] == [
        "这段时间的第一责任人已有“赵敏（Q2）”",
        "这段时间的第一责任人已有“王强（Q1）”",
    ]
