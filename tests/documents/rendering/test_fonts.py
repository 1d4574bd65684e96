import fcntl
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from fontTools.ttLib import TTFont

from documents.rendering import fonts, office_fonts
from documents.rendering.characters import base_characters
from documents.rendering.faces import ASCENT, FACES, STACKS
from documents.rendering.font_builder import FontSourceMissing, find_sources
from documents.rendering.fonts import FontsState, build_fonts, covered_characters, font_folder, fonts_state
from documents.rules.lines import cells


@pytest.fixture
def empty_folder(settings, tmp_path: Path) -> Path:
    settings.FONT_DIR = tmp_path / "fonts"
    settings.FONT_SOURCES = [tmp_path / "none"]
    return settings.FONT_DIR


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """Building writes one small file instead of a minute's work."""
    built: list[Path] = []

    def build_set(folders: object, target: Path, report) -> None:
        report(1, 2)
        (target / "a.otf").write_text("font")
        built.append(target)

    monkeypatch.setattr(fonts, "build_set", build_set)
    return built


def test_from_missing_to_ready(empty_folder: Path, building: list[Path]) -> None:
    assert fonts_state() == FontsState("missing")
    seen: list[FontsState] = []
    assert build_fonts(lambda done, total: seen.append(fonts_state())) == FontsState("ready")
    assert seen == [FontsState("building", progress=50)]
    assert [path.name for path in font_folder().iterdir()] == ["a.otf"]
    assert not list(empty_folder.glob("building-*"))


def test_a_second_builder_finds_it_done(empty_folder: Path, building: list[Path]) -> None:
    build_fonts()
    build_fonts()
    assert len(building) == 1


def test_while_somebody_builds_nobody_else_starts(empty_folder: Path) -> None:
    empty_folder.mkdir()
    (empty_folder / "state.json").write_text(json.dumps({"progress": 30}))
    with (empty_folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert fonts.prepare_fonts() == FontsState("building", progress=30)


def test_preparing_starts_a_process_of_its_own(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(fonts.subprocess, "Popen", lambda command, **options: started.append(command))
    monkeypatch.setattr(fonts, "_builders", [])
    assert fonts.prepare_fonts().name == "building"
    assert [command[-2:] for command in started] == [["build_fonts", "--quiet"]]


def test_sources_that_are_missing_are_named_with_their_package(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_source_folders", lambda: [empty_folder])
    state = build_fonts()
    assert state.name == "failed"
    assert "FandolFang-Regular.otf" in state.reason
    assert "fonts-noto-cjk" in state.reason
    with pytest.raises(CommandError, match="缺少字体文件"):
        call_command("build_fonts", stdout=io.StringIO())


def test_earlier_folders_of_sources_win(tmp_path: Path) -> None:
    for folder in ("office", "system"):
        (tmp_path / folder).mkdir()
        for face in FACES:
            (tmp_path / folder / face.source).touch()
    (tmp_path / "office" / FACES[0].source).unlink()
    found = find_sources([tmp_path / "office", tmp_path / "system"])
    assert found[FACES[0].source].parent.name == "system"
    assert found[FACES[1].source].parent.name == "office"
    with pytest.raises(FontSourceMissing):
        find_sources([])


def test_older_sets_are_removed(empty_folder: Path, building: list[Path]) -> None:
    (empty_folder / "set-0").mkdir(parents=True)
    (empty_folder / "building-killed").mkdir()
    build_fonts()
    assert sorted(path.name for path in empty_folder.iterdir() if path.is_dir()) == [font_folder().name]


@pytest.mark.usefixtures("font_set")
class TestTheSet:
    def test_all_faces_share_one_metric(self) -> None:
        for face in FACES:
            with TTFont(font_folder() / face.file) as font:
                units, head = font["head"].unitsPerEm, font["hhea"]
                assert (head.ascent, head.descent) == (round(units * ASCENT), round(units * ASCENT) - units)

    def test_character_ids_are_glyph_numbers(self) -> None:
        for face in FACES:
            with TTFont(font_folder() / face.file, lazy=True) as font:
                if "CFF " in font:
                    names = font["CFF "].cff.topDictIndex[0].charset
                    assert names[1:] == [f"cid{i:05d}" for i in range(1, len(names))]

    def test_every_kind_of_type_draws_every_character(self) -> None:
        files = {face.family: face.file for face in FACES if not face.bold}
        for families in STACKS.values():
            covered = set()
            for family in families:
                with TTFont(font_folder() / files[family], lazy=True) as font:
                    covered |= set(font.getBestCmap())
            lost = {char for char in base_characters() if ord(char) not in covered}
            # Signs of GB2312 that no paper holds: parts of Braille and tables drawn with characters.
            assert not {char for char in lost if char.isalnum()} - set("ǹ")

    def test_rare_names_are_covered(self) -> None:
        assert {ord(char) for char in "堃喆翀䶮㛃𬭚镕"} <= covered_characters()

    def test_the_widths_that_lines_are_broken_by_are_those_of_the_faces(self) -> None:
        wrong = set()
        for family in ("GWNum.ttf", "GWFangSong.otf"):
            with TTFont(font_folder() / family, lazy=True) as font:
                units, advances = font["head"].unitsPerEm, font["hmtx"]
                for code, glyph in font.getBestCmap().items():
                    char = chr(code)
                    # Greek and Cyrillic letters have widths of their own; a report has none.
                    if not 0x370 <= code < 0x500 and abs(advances[glyph][0] / units - cells(char)) > 0.2:
                        wrong.add(char)
        # Left: signs that hardly stand in running text.
        assert set(wrong) <= set("§※¤‖↑↓♀♂▼▽©￠")

    def test_licences_travel_with_the_fonts(self) -> None:
        names = {path.name for path in (font_folder() / "licences").iterdir()}
        assert {"fonts-noto-cjk.txt", "fonts-lxgw-wenkai.txt", "fonts-liberation.txt"} <= names


class TestOfficeFonts:
    @pytest.fixture
    def folder(self, font_set: None, tmp_path: Path) -> Path:
        """The office's 仿宋: one of ours under its name."""
        with TTFont(font_folder() / "GWFangExt.ttf") as font:
            font["name"].setName("仿宋_GB2312", 1, 3, 1, 0x804)
            font.save(tmp_path / "simfang.ttf")
        return tmp_path

    def test_one_that_fits_is_asked_first(self, folder: Path) -> None:
        assert office_fonts.office_families(folder) == {"fang": ("仿宋_GB2312",)}

    def test_one_of_another_height_is_left_out(self, folder: Path) -> None:
        with TTFont(folder / "simfang.ttf") as font:
            font["hhea"].ascent += 200
            font.save(folder / "simfang.ttf")
        assert office_fonts.office_families(folder) == {}

    def test_one_without_the_common_characters_is_left_out(self, folder: Path) -> None:
        with TTFont(folder / "simfang.ttf") as font:
            for table in font["cmap"].tables:
                table.cmap.pop(ord("党"), None)
            font.save(folder / "simfang.ttf")
        assert office_fonts.office_families(folder) == {}

    def test_what_is_no_font_is_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / "a.ttf").write_text("no font")
        (tmp_path / "readme.txt").write_text("hello")
        assert office_fonts.office_families(tmp_path) == {}

    def test_no_folder_no_fonts(self) -> None:
        assert office_fonts.office_families(None) == {}
