"""The year's results as a file, for Excel or for another platform (S-61, S-120)."""

import io

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.views.proofs import fresh_sign_in_required
from common.csv_tables import CSV, write_csv
from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook
from reviews.forms.results import ResultFilterForm
from reviews.models.results import ResultRow, result_rows

from .results import filtered_rows, listed_cycle

COLUMNS = tuple(
    NewColumn(heading, width=width)
    for heading, width in (
        ("名次", 8),
        ("单位代码", 12),
        ("单位", 24),
        ("述职人", 12),
        ("述职方式", 12),
        ("场次", 20),
        ("领域", 12),
        ("领域内名次", 12),
        ("综合得分", 12),
        ("建议等次", 12),
        ("审定等次", 12),
        ("审定会议", 30),
        ("审定日期", 14),
    )
)


@require_GET
@fresh_sign_in_required(is_file=True)
def result_export(request: HttpRequest, pk: int) -> FileResponse:
    """The list as it is filtered; ?format=csv for other platforms, else an Excel file."""
    cycle = listed_cycle(request, pk)
    form = ResultFilterForm(request.GET, scheme=cycle.scheme)
    rows = result_rows(cycle)
    shown = filtered_rows(rows, form.cleaned_data) if form.is_valid() else rows
    sheet = NewSheet(_("综合评价"), COLUMNS, map(_line, shown))
    name = _("%(committee)s%(year)s年度综合评价") % {"committee": cycle.committee.name, "year": cycle.year}
    if request.GET.get("format") == "csv":
        data, suffix, content_type = write_csv(sheet), "csv", CSV
    else:
        data, suffix, content_type = write_workbook([sheet]), "xlsx", XLSX
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=f"{name}.{suffix}", content_type=content_type)


def _line(row: ResultRow) -> tuple[object, ...]:
    reporter, organization, result = row.reporter, row.reporter.organization, row.result
    grades = (result.proposed_grade, result.decided_grade) if result else (None, None)
    return (
        row.place,
        organization.code,
        organization.name,
        reporter.name,
        str(reporter.get_mode_display()),
        row.session.title if row.session else "",
        organization.domain.name if organization.domain else "",
        row.place_in_domain,
        result.composite if result else None,
        *(str(grade) if grade else "" for grade in grades),
        result.deciding_meeting if result else "",
        result.decided_on if result else None,
    )
