"""How an automatic save names itself (static/js/autosave.js)."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class SaveMarks:
    """`save_id` is kept until the answer, so that the same save counts once; a button has none.

    `after` names a save of a page that was left before its answer: this one saw what was stored before that.
    """

    save_id: str = ""
    after: str = ""

    def is_repeat_of(self, last: str) -> bool:
        return bool(self.save_id) and self.save_id == last

    def follows(self, last: str) -> bool:
        return bool(self.after) and self.after == last
