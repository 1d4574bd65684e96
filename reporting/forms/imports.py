"""The Word file, and where each piece of it goes."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from documents.word.package import MOST_BYTES, WordRefused
from documents.word.reader import WordText, read_word
from reporting.actions.imports import Place, is_open, new_text
from reporting.rules.imported_problems import Problems, split_problems
from reporting.rules.imports import DROPPED, NOWHERE, PROBLEMS, Choice, Piece

HOW = [
    (Choice.REPLACE, _("用 Word 里的替换")),
    (Choice.APPEND, _("接在原内容后面")),
    (Choice.LEAVE, _("保留原内容，不导入这部分")),
]


class WordFileForm(Form):
    file = forms.FileField(
        label=_("Word 文件（.docx）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=_("用 Word 或 WPS 写的都可以；.doc、.wps 请先另存为 .docx。不超过20兆。"),
    )

    def clean_file(self) -> WordText:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件超过20兆。请删去图片后另存，再上传。"))
        self.file_name = file.name
        try:
            text = read_word(file)
        except WordRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if not text.paragraphs:
            raise forms.ValidationError(_("文件里没有文字，可能只有图片。请换一个文件。"))
        return text


@dataclasses.dataclass(frozen=True)
class PlacedPiece:
    """`keep` asks whether the heading goes along, where it says the section's name in other words."""

    piece: Piece
    field: forms.BoundField
    keep: forms.BoundField | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the choice of the place may stand back: nothing has to be chosen and nothing is wrong."""
        return self.piece.place not in (NOWHERE, DROPPED) and not self.field.errors


@dataclasses.dataclass(frozen=True)
class NoisyLine:
    """A line that seems to be no part of the text: what it looks like, where it stands, and the box that leaves it out."""

    text: str
    kind: str
    field: forms.BoundField


@dataclasses.dataclass(frozen=True)
class Part:
    """A place of the report with the pieces that go there. `how` asks what to do with what stands there."""

    place: Place
    rows: tuple[PlacedPiece, ...]
    how: forms.BoundField | None
    problems: Problems | None


class ImportPlaceForm(Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, pieces: Sequence[Piece], places: Sequence[Place], revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        self.given, self.places = list(pieces), list(places)
        targets = [(NOWHERE, _("请选择")), *((place.key, place.label) for place in places)]
        targets.append((DROPPED, _("不写入报告")))
        for at, piece in enumerate(pieces):
            self.fields[f"piece-{at}"] = forms.ChoiceField(
                label=_("放在"), choices=targets, required=False, initial=piece.place
            )
            if piece.is_alike:
                self.fields[f"keep-{at}"] = forms.BooleanField(
                    label=_translate("标题“%(heading)s”也写入正文") % {"heading": piece.heading},
                    required=False,
                    initial=piece.keeps_heading,
                )
            for line, _kind in piece.noise:
                self.fields[f"noise-{at}-{line}"] = forms.BooleanField(
                    label=piece.lines[line], required=False, initial=line not in piece.keeps
                )
        for place in places:
            self.fields[f"how-{place.key}"] = forms.ChoiceField(
                label=_("这部分已有内容，请选择怎样处理"), choices=HOW, widget=forms.RadioSelect, required=False
            )

    @property
    def pieces(self) -> list[Piece]:
        """The pieces where they are to go now; what was not understood stays where it was."""
        if not self.is_bound:
            return self.given
        return [
            dataclasses.replace(
                piece,
                place=self.cleaned_data.get(f"piece-{at}", piece.place),
                keeps_heading=self.cleaned_data.get(f"keep-{at}", False),
                keeps=tuple(line for line, _kind in piece.noise if not self.cleaned_data.get(f"noise-{at}-{line}")),
            )
            for at, piece in enumerate(self.given)
        ]

    @property
    def choices(self) -> dict[str, str]:
        return {place.key: self.cleaned_data.get(f"how-{place.key}", "") for place in self.places}

    def rows_at(self, key: str) -> tuple[PlacedPiece, ...]:
        pieces = enumerate(self.pieces)
        return tuple(
            PlacedPiece(piece, self[f"piece-{at}"], self[f"keep-{at}"] if piece.asks_for_heading else None)
            for at, piece in pieces
            if piece.place == key and not piece.is_noise
        )

    def noise(self) -> tuple[NoisyLine, ...]:
        return tuple(
            NoisyLine(piece.lines[line], kind, self[f"noise-{at}-{line}"])
            for at, piece in enumerate(self.given)
            for line, kind in piece.noise
        )

    def parts(self) -> list[Part]:
        return [self._part(place) for place in self.places]

    def _part(self, place: Place) -> Part:
        how = self[f"how-{place.key}"] if is_open(place, self.pieces) else None
        new = new_text(place, self.pieces)
        problems = split_problems(new.split("\n")) if place.key == PROBLEMS and new else None
        return Part(place, self.rows_at(place.key), how, problems)

    def unplaced(self) -> tuple[PlacedPiece, ...]:
        return self.rows_at(NOWHERE)

    def dropped(self) -> tuple[PlacedPiece, ...]:
        return self.rows_at(DROPPED)
