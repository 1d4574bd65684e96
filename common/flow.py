"""State machines as tables: a verb maps the states it may start from to the state it leads to."""

from collections.abc import Iterable, Mapping


class TransitionNotAllowed(Exception):
    """A verb was tried in a state from which it does not lead anywhere.

    `str(error)` is a sentence for the person in front of the screen.
    """

    def __init__(self, state: str, verb: str, message: str = "") -> None:
        self.state = state
        self.verb = verb
        super().__init__(message or "这项内容的状态已经改变，现在不能进行此操作。请刷新页面查看最新状态。")


class Flow:
    """A transition table `{verb: (source states, target state)}`.

    The table is the only place where a state change is decided; tests walk every
    (state, verb) pair, `docs/flows.md` is drawn from it and pages derive their buttons from it.
    """

    def __init__(self, name: str, table: Mapping[str, tuple[Iterable[str], str]]) -> None:
        self.name = name
        self.table: dict[str, tuple[frozenset[str], str]] = {
            verb: (frozenset(sources), target) for verb, (sources, target) in table.items()
        }

    @property
    def verbs(self) -> list[str]:
        return list(self.table)

    @property
    def states(self) -> set[str]:
        return {s for sources, target in self.table.values() for s in (*sources, target)}

    def allows(self, state: str, verb: str) -> bool:
        return verb in self.table and state in self.table[verb][0]

    def check(self, state: str, verb: str) -> str:
        """Return the state `verb` leads to, or raise `TransitionNotAllowed`."""
        if not self.allows(state, verb):
            raise TransitionNotAllowed(state, verb)
        return self.table[verb][1]

    def verbs_from(self, state: str) -> list[str]:
        return [verb for verb in self.table if self.allows(state, verb)]
