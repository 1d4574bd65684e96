"""The font set of our papers on this machine: whether it is there, making it, and using it.

The set is built once, by a process of its own, while the pages already work. Whoever holds the
lock file builds; the finished folder appears under its name in one step.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from django.conf import settings

from documents.rendering.faces import SET_VERSION
from documents.rendering.font_builder import COVERAGE_FILE, FontSourceMissing, build_set

# Where Debian puts Fandol when somebody did install the whole package.
TEXLIVE_FONTS = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")


# Started from here and not yet waited for; asked at the next start, so that none stays a zombie.
_builders: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class FontsState:
    name: Literal["missing", "building", "ready", "failed"]
    progress: int = 0  # per cent, while building
    reason: str = ""  # in words, when failed


def font_folder() -> Path:
    """Where the finished set of this version lies, once it is there."""
    return Path(settings.FONT_DIR) / f"set-{SET_VERSION}"


def office_folder() -> Path | None:
    folder = getattr(settings, "FONT_OFFICE_DIR", None)
    return Path(folder) if folder and Path(folder).is_dir() else None


def fonts_state() -> FontsState:
    if font_folder().is_dir():
        return FontsState("ready")
    note = _read_note()
    if _is_locked():
        return FontsState("building", progress=int(note.get("progress", 0)))
    if note.get("reason"):
        return FontsState("failed", reason=str(note["reason"]))
    return FontsState("missing")


def prepare_fonts() -> FontsState:
    """Start building the set in the background unless it is there or somebody is at it."""
    state = fonts_state()
    if state.name in ("ready", "building"):
        return state
    _write_note({"progress": 0})
    _builders[:] = [builder for builder in _builders if builder.poll() is None]
    builder = subprocess.Popen(  # our own command, no input of anybody
        [sys.executable, "-m", "django", "build_fonts", "--quiet"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    _builders.append(builder)
    return FontsState("building")


def build_fonts(report: Callable[[int, int], None] = lambda *_: None) -> FontsState:
    """Build the set here and now; waits for whoever is building it already."""
    with _lock():
        if font_folder().is_dir():
            return FontsState("ready")
        work = Path(tempfile.mkdtemp(prefix="building-", dir=settings.FONT_DIR))
        try:
            build_set(_source_folders(), work, _noting(report))
            work.chmod(0o755)
            work.rename(font_folder())
        except FontSourceMissing as error:
            _write_note({"reason": str(error)})
        except OSError as error:
            _write_note({"reason": f"无法写入字体：{error.strerror}"})
        except Exception as error:
            _write_note({"reason": f"字体处理失败：{error}"})
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
        _remove_leftovers()
    return fonts_state()


def _noting(report: Callable[[int, int], None]) -> Callable[[int, int], None]:
    def note(done: int, total: int) -> None:
        _write_note({"progress": done * 100 // total})
        report(done, total)

    return note


def _source_folders() -> list[Path]:
    return [*map(Path, settings.FONT_SOURCES), TEXLIVE_FONTS, Path("/usr/share/fonts")]


def _remove_leftovers() -> None:
    """Sets of older versions, and what a killed builder left behind. Needs the lock."""
    for folder in Path(settings.FONT_DIR).iterdir():
        is_old = folder.name.startswith(("set-", "building-")) and folder != font_folder()
        if is_old and font_folder().is_dir():
            shutil.rmtree(folder, ignore_errors=True)


# --- the lock and the note beside the set ---------------------------------------------------------


def _file(name: str) -> Path:
    folder = Path(settings.FONT_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


@contextmanager
def _lock() -> Iterator[None]:
    # The kernel lets go of it when the builder dies, so a dead builder never blocks the next.
    with _file("lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _is_locked() -> bool:
    with _file("lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _read_note() -> dict[str, object]:
    try:
        note = json.loads(_file("state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _write_note(note: dict[str, object]) -> None:
    part = _file(f"state.{os.getpid()}.part")
    part.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
    part.replace(_file("state.json"))


# --- using the set --------------------------------------------------------------------------------


@cache
def covered_characters() -> frozenset[int]:
    """Code points that the set can print."""
    text = (font_folder() / COVERAGE_FILE).read_text(encoding="ascii")
    return frozenset(int(line, 16) for line in text.split())


def fontconfig_file() -> Path:
    """A configuration that knows our folders only: else a missing font is replaced in silence."""
    folders = [folder for folder in (office_folder(), font_folder()) if folder]
    content = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        + "".join(f"<dir>{escape(str(folder.resolve()))}</dir>" for folder in folders)
        + f"<cachedir>{escape(str(_file('cache').resolve()))}</cachedir></fontconfig>"
    )
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    file = _file(f"fonts-{digest}.conf")
    if not file.exists():
        part = _file(f"fonts-{digest}.{os.getpid()}.part")
        part.write_text(content, encoding="utf-8")
        part.replace(file)
    return file
