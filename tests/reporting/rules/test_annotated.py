from reporting.rules.annotated import Standing, annotate
from reporting.rules.content import CarriedContent, ProblemContent, ReportContent, SectionContent
from reporting.rules.notes import Anchor, MarkedRun

CONTENT = ReportContent(
    2026, "甲乡", "X1", "甲乡党委书记", "***", "oral",
    (
        SectionContent("duty", "个人履职", text="我走访***户。"),
        SectionContent("carried", "上次承诺", "carried"),
        SectionContent("problems", "问题", "problems"),
    ),
    (ProblemContent("抓得不细", "我不严"),),
    (CarriedContent("旧问题", status="done", explanation="已改"),),
)  # fmt: skip


def test_the_text_is_laid_out_with_leads_and_what_was_handed_down() -> None:
    shown = annotate(CONTENT)
    assert [section.heading for section in shown.sections] == ["一、个人履职", "二、上次承诺", "三、问题"]
    rows = [row for section in shown.sections for row in section.rows]
    assert [(row.place, row.lead, row.given) for row in rows] == [
        ("section-duty", "", ""),
        ("carried-1", "已完成　", "1.旧问题"),
        ("problem-1", "（一）", ""),
        ("cause-1", "原因：", ""),
    ]
    assert ["".join(run.text for run in row.runs) for row in rows] == ["我走访***户。", "已改", "抓得不细", "我不严"]


def test_notes_are_numbered_as_they_come_and_say_when_their_passage_changed() -> None:
    anchors = [
        Anchor("problem-1", "抓得不实"),
        Anchor("cause-1", "我不严"),
        Anchor("", ""),
        Anchor("problem-1", "***户", 3),
    ]
    shown = annotate(CONTENT, anchors)
    assert [(note.index, note.number, note.standing, note.place_name) for note in shown.notes] == [
        (3, 1, Standing.MOVED, "“个人履职”"),
        (0, 2, Standing.CHANGED, "第1个问题"),
        (1, 3, Standing.HERE, "第1个问题的原因"),
        (2, 4, Standing.WHOLE, ""),
    ]
    assert shown.sections[0].rows[0].runs == (
        MarkedRun("我走访"),
        MarkedRun("***户", (1,), (1,)),
        MarkedRun("。"),
    )


def test_a_note_knows_the_field_in_which_its_passage_is_written() -> None:
    anchors = [Anchor("section-duty", "走访"), Anchor("cause-1", "我不严"), Anchor("", "")]
    assert [note.field for note in annotate(CONTENT, anchors).notes] == ["id_section_duty", "id_problems-0-cause", ""]
