"""The faces of the font set: what each is made of, and what it is used for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# A change of anything that alters a font file must change this: the set is then built anew.
SET_VERSION = "2"

# The vertical metric of 仿宋_GB2312, 楷体_GB2312 and SimSun. All our faces get it, so that mixing
# faces, or falling back for one character, never changes the height of a line: else a page of
# 22 lines becomes one of 21.
ASCENT = 220 / 256


@dataclass(frozen=True)
class Face:
    file: str
    family: str
    source: str  # file name in one of the source folders
    index: int = 0  # in a collection: 2 is Simplified Chinese in Noto's
    bold: bool = False
    holds: Literal["han", "latin", "rest"] = "han"
    without: str = ""  # characters that this face draws badly, another one takes over


# Fandol is drawn as official papers want it but lacks rare characters, LXGW WenKai blends in best
# for those. Digits and letters come from one Latin face, so the Han faces go without.
FACES = (
    Face("GWFangSong.otf", "GW FangSong", "FandolFang-Regular.otf"),
    Face("GWKaiTi.otf", "GW KaiTi", "FandolKai-Regular.otf"),
    Face("GWBiaoSong.otf", "GW BiaoSong", "FandolSong-Bold.otf"),
    # Noto's dash and middle dot are narrower than a cell: “——” would be torn in a heading.
    Face("GWHeiTi.otf", "GW HeiTi", "NotoSansCJK-Regular.ttc", index=2, without="—·"),
    Face("GWSongTi.otf", "GW SongTi", "NotoSerifCJK-Regular.ttc", index=2),
    Face("GWSongTi-Bold.otf", "GW SongTi", "NotoSerifCJK-Bold.ttc", index=2, bold=True),
    Face("GWFangExt.ttf", "GW FangExt", "LXGWWenKai-Light.ttf"),
    Face("GWKaiExt.ttf", "GW KaiExt", "LXGWWenKai-Regular.ttf"),
    Face("GWNum.ttf", "GW Num", "LiberationSerif-Regular.ttf", holds="latin"),
    # Titles are bold, and so are the digits in them.
    Face("GWNumBold.ttf", "GW NumBold", "LiberationSerif-Bold.ttf", holds="latin"),
    # Every other Han character there is a drawing of; loaded only when a name needs it.
    Face("GWRest.otf", "GW Rest", "NotoSerifCJK-Regular.ttc", index=2, holds="rest"),
)

# Which families are asked in turn for each kind of type in gb9704.css.
STACKS = {
    "fang": ("GW Num", "GW FangSong", "GW FangExt", "GW SongTi", "GW Rest"),
    "kai": ("GW Num", "GW KaiTi", "GW KaiExt", "GW SongTi", "GW Rest"),
    "hei": ("GW Num", "GW HeiTi", "GW FangSong", "GW SongTi", "GW Rest"),
    "biao": ("GW NumBold", "GW BiaoSong", "GW SongTi", "GW Rest"),
    "song": ("GW Num", "GW SongTi", "GW Rest"),
}

# The office's own fonts come before ours, when they are there and fit (`office_fonts`).
OFFICE_FAMILIES = {
    "fang": ("方正仿宋_GBK", "FZFangSong-Z02", "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
    "kai": ("方正楷体_GBK", "FZKai-Z03", "楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
    "hei": ("方正黑体_GBK", "FZHei-B01", "黑体", "SimHei"),
    "biao": ("方正小标宋_GBK", "方正小标宋简体", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S"),
    "song": ("方正书宋_GBK", "宋体", "SimSun"),
}
