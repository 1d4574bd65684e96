"""The demo county's texts, read from the TOML files beside this module."""

import functools
import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@functools.cache
def read(name: str) -> dict[str, Any]:
    """The file `<name>.toml` as plain dicts and lists."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
