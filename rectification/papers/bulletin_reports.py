"""季度督查情况报告: the supervision office to its committee, everybody by name (S-165)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from rectification.models import Bulletin
from rectification.rules.bulletins import BulletinKind, Standing, total_of


def content(bulletin_id: int) -> Paper:
    """Raises PaperRefused for a special bulletin, which has no figures."""
    bulletin = Bulletin.objects.select_related("cycle__committee").get(pk=bulletin_id)
    lines = list(bulletin.lines.for_table())
    if not lines:
        raise PaperRefused("这期通报没有统计数据，不能形成督查情况报告。")
    label = str(BulletinKind(bulletin.kind).label)
    period = f"{bulletin.cycle.year}年{label.removesuffix('通报').removesuffix('督查').removesuffix('考核')}"
    context = {
        "bulletin": bulletin,
        "period": period,
        "lines": lines,
        "counts": {each.value: sum(line.standing == each for line in lines) for each in Standing},
        "totals": [
            total_of(row) for row in zip(*((line.items, line.tasks, line.project_tally) for line in lines), strict=True)
        ],
        "behind": [line for line in lines if line.standing == Standing.BEHIND],
        "found": [line for line in lines if line.findings.strip()],
    }
    title = f"{bulletin.title}督查情况报告"
    html = render_to_string("documents/papers/rectification/bulletin_report.html", context)
    return Paper(title=title, parts=(Part(title=title, html=html),), grid=False)
