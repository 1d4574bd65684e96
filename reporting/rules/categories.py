"""Problem categories: the usual ones, and a list as typed, one a line (S-115)."""

# Until a committee writes its own list; where a report is written any other word may be typed.
PROBLEM_CATEGORIES = (
    "思想认识",
    "基础工作",
    "责任落实",
    "政治功能",
    "党员教育管理",
    "投入保障",
    "组织生活",
    "载体创新",
    "集体经济",
    "队伍建设",
    "其他",
)
LONGEST = 30


class CategoriesInvalid(ValueError):
    """The list cannot be kept; `str(error)` says which line is wrong."""


def category_names(text: str) -> list[str]:
    """The names in a text, one a line, blank lines left out, each once. Raises CategoriesInvalid."""
    names = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not names:
        raise CategoriesInvalid("请至少填写一个类别，每行一个。")
    for name in names:
        if len(name) > LONGEST:
            raise CategoriesInvalid(f"类别“{name[:10]}……”超过{LONGEST}字。")
    return names
