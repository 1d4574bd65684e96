"""Reads the source, for the tests beside it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("accounts", "documents", "reporting", "rectification", "reviews", "overview")


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def layer_files(layer: str) -> Iterator[Path]:
    """`<app>/<layer>/*.py` and `<app>/<layer>.py`, whichever exist."""
    for app in APPS:
        single = ROOT / app / f"{layer}.py"
        if single.exists():
            yield single
        yield from sorted((ROOT / app / layer).glob("[!_]*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Functions that others may call: at the top of the file, without an underscore."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def lines(function: ast.FunctionDef) -> int:
    """Lines of its body, without its docstring."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    if not body:
        return 0
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def where(path: Path, function: ast.FunctionDef) -> str:
    return f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"


def templates() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.html"))
