import io

import docx
from docx.oxml.ns import qn

from documents.word.writer import WordPaper


def test_rows_of_a_table_stay_whole_the_heading_repeats_and_long_texts_get_more_width() -> None:
    paper = WordPaper("会议纪要")
    paper.table(("序号", "述职人"), [("1", "县委教育工委书记、县教育局党组书记、局长***"), ("2", "***")])
    table = docx.Document(io.BytesIO(paper.data())).tables[0]
    rows = [row._tr.trPr for row in table.rows]
    assert [row.find(qn("w:cantSplit")) is not None for row in rows] == [True, True, True]
    assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    number, name = (cell.width for cell in table.rows[1].cells)
    assert name > 3 * number
    assert abs(number + name - docx.shared.Mm(156)) < docx.shared.Mm(1)
