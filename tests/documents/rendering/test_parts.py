import os
from pathlib import Path

import pytest
from django.conf import settings

from documents.rendering.parts import FaceUse, Link, Page, Part, dump, forget_parts, is_kept, load, render_part

FACES = frozenset({"GW-FangSong", "GW-Num"})
PART = Part(
    (Page(b"stream\x00", 595.5, 842.0, (Link((1.0, 2.0, 3.0, 4.0), "part-1"),)), Page(b"", 1.0, 2.0)),
    {"/ABC": FaceUse("GW-FangSong", {7: "515a"}, {7: 1000.0})},
    "<< >>",
    b"whole",
)


def test_what_is_kept_comes_back() -> None:
    assert load(dump(PART)) == PART


@pytest.mark.parametrize("data", [b"", b"part1", b"other" + dump(PART), dump(PART)[:-1]])
def test_what_was_cut_short_is_noticed(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"kept|short|Expecting"):
        load(data)


@pytest.mark.usefixtures("font_set")
def test_a_spoilt_file_is_made_again() -> None:
    first = render_part("<p>党</p>", FACES, on_grid=True)
    (file,) = (path for path in (Path(settings.MEDIA_ROOT) / "parts").rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes()[:30])
    assert render_part("<p>党</p>", FACES, on_grid=True) == first
    assert load(file.read_bytes()) == first


@pytest.mark.usefixtures("font_set")
def test_what_no_paper_has_used_for_long_is_deleted() -> None:
    for text in ("常用", "不用"):
        render_part(f"<p>{text}</p>", FACES, on_grid=True)
    files = [path for path in (Path(settings.MEDIA_ROOT) / "parts").rglob("*") if path.is_file()]
    for file in files:
        os.utime(file, (1000, 1000))
    render_part("<p>常用</p>", FACES, on_grid=True)
    assert forget_parts(unused_since=2000) == 1
    assert [is_kept(f"<p>{text}</p>", on_grid=True) for text in ("常用", "不用")] == [True, False]


@pytest.mark.usefixtures("font_set")
def test_the_glyphs_of_a_part_are_known() -> None:
    part = render_part("<p>党12</p>", FACES, on_grid=True)
    texts = {use.name: set(use.text.values()) for use in part.faces.values()}
    assert texts == {"GW-FangSong": {"515a"}, "GW-Num": {"0031", "0032"}}
    assert part.whole == b""


@pytest.mark.usefixtures("font_set")
def test_a_face_that_is_not_ours_takes_the_whole_file_along() -> None:
    assert render_part("<p>党</p>", frozenset({"Another"}), on_grid=True).whole.startswith(b"%PDF-")
