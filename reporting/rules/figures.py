"""What a figure of the report leaves open, said to its author; nothing is refused and nothing changed (S-197)."""

from __future__ import annotations

from common.figures import in_unit, looks_like_figure, read_figure


def figure_doubt(value: str, unit: str) -> str:
    """The half sentence after what was typed; empty where it reads as a figure of this unit, masked or not."""
    if not value.strip():
        return ""
    figure = read_figure(value, unit)
    if figure is None:
        return UNREADABLE if looks_like_figure(value) else "没有数字，请核对。"
    if in_unit(figure, unit) is not None:
        return ""
    if figure.unit:
        return f"与单位“{unit}”不一致，汇总时不能相加，请核对。"
    return f"后面还会印上单位“{unit}”，请写成带单位的数。"


UNREADABLE = "读不出是多少，汇总时按“无法计算”；只写数和单位，别的话请写到正文里。"
