from common.ids import id_of, ids_of, mark_of


def test_only_what_can_be_an_id_is_one() -> None:
    typed = ["7", "0012", "", "-1", "²", "1.5", "7\x00", "9" * 5000, str(2**63), str(2**63 - 1)]
    assert ids_of(typed) == {7, 12, 9223372036854775807}
    assert [id_of(text) for text in ("0012", "x", "9" * 5000)] == [12, None, None]


def test_a_mark_fits_its_column() -> None:
    assert mark_of("a\x00b") == "ab"
    assert mark_of("字" * 100) == "字" * 64
