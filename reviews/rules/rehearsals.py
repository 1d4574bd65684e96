"""What a rehearsal left behind: the rows of a meeting before and after, table by table."""

import dataclasses
from collections.abc import Mapping, Sequence

# By table: the rows by id, each as the text of its values.
Rows = Mapping[str, Mapping[str, str]]


@dataclasses.dataclass(frozen=True)
class TableCheck:
    """`during` counts rows at the moment before wiping; `differing` rows that are not as they were, after it."""

    table: str
    label: str
    before: int
    during: int
    after: int
    differing: int

    @property
    def is_clean(self) -> bool:
        return self.before == self.after and not self.differing


def differing_rows(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Ids of rows that came, went or changed."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def check_tables(before: Rows, during: Rows, after: Rows, labels: Mapping[str, str]) -> list[TableCheck]:
    """One line for each table that has had a row of the meeting at any of the three moments, or could have."""
    return [
        TableCheck(
            table,
            label,
            len(before.get(table, {})),
            len(during.get(table, {})),
            len(after.get(table, {})),
            len(differing_rows(before.get(table, {}), after.get(table, {}))),
        )
        for table, label in labels.items()
    ]


def verdict(checks: Sequence[TableCheck], *, documents_left: int, notices: int) -> list[str]:
    """What is not as it was, in sentences; empty when nothing remains."""
    found = [
        f"“{check.label}”演练前{check.before}行、现在{check.after}行，{check.differing}行与演练前不同。"
        for check in checks
        if not check.is_clean
    ]
    if documents_left:
        found.append(f"演练中生成的文书还有{documents_left}份没有清除。")
    if notices:
        found.append(f"演练期间发出了{notices}条与这次会议有关的消息。")
    return found
