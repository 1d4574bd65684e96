"""A talk that was held and a letter of inquiry that waits for its answer, in the demo county (S-172, S-173)."""

import datetime as dt

from overview.demo.cast import COUNTY, account, clerk, on, organization, post
from rectification.actions.inquiries import close_inquiry, hold_inquiry, issue_inquiry

OFFICE = "P014"  # supervision office of the county
TALK = {
    "kind": "interview",
    "by_whom": "县委组织部部长***",
    "date": dt.date(2026, 6, 10),
    "date_text": "",
    "place": "县委组织部会议室",
    "reason": "专项检查发现，局党组上半年未专题研究机关党建，上年度整改承诺“6月底前完成联建”到检查时尚未动议。",
    "demands": "一、说明承诺未兑现的原因。\n二、7日内提出补救措施，8月底前完成麻岭乡卫生院与邻近支部联建。",
    "due_text": "8月底前",
    "due_date": dt.date(2026, 8, 31),
}
LETTER = {
    "kind": "letter",
    "by_whom": "县委督查办",
    "date": None,
    "date_text": "",
    "place": "",
    "reason": "核对三季度进展时发现，你单位有2项整改事项已过时限，系统中没有填报进展。",
    "demands": "请逐项说明目前进展、未按时完成的原因和计划完成时间。",
    "due_text": "",
    "due_date": dt.date(2026, 12, 4),
}


def load_inquiries() -> None:
    county = organization(COUNTY)
    with on("2026-06-05", 10):
        talk = issue_inquiry(post("P306", "QX-J06"), committee=county, facts=TALK, by=clerk())
    with on("2026-06-10", 17):
        said = "对问题认识明确，表示6月底前召开党组会专题研究，8月底前完成联建，并向县委组织部书面报告。"
        hold_inquiry(talk, text=said, by=clerk())
    with on("2026-09-02", 10):
        close_inquiry(talk, conclusion="联建已于8月26日完成，经复查属实，予以办结。", by=clerk())
    with on("2026-11-24", 10):
        issue_inquiry(post("P151", "QX-T06"), committee=county, facts=LETTER, by=account(OFFICE))
