import pytest

from reporting.rules.basis_documents import cited


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        ("问责条例", "", "《问责条例》"),
        ("《问责条例》", "", "《问责条例》"),
        (
            "**市发展党员工作实施细则（试行）",
            "X办发〔2026〕1号",
            "《**市发展党员工作实施细则（试行）》（X办发〔2026〕1号）",
        ),
        ("", "X办发〔2026〕1号", "（X办发〔2026〕1号）"),
    ],
)
def test_a_document_is_cited_with_its_marks_once(title: str, number: str, expected: str) -> None:
    assert cited(title, number) == expected
