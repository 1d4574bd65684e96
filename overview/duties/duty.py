"""One thing to do."""

import dataclasses

from common import clock
from common.deadlines import Deadline


@dataclasses.dataclass(frozen=True)
class Duty:
    """`tone` is urgent, normal or done; a done duty is shown without a prominent button.

    `when` is the word before the deadline, 时限 unless it is the day of a meeting.
    """

    title: str
    text: str
    url: str
    action: str
    deadline: Deadline = dataclasses.field(default_factory=Deadline)
    tone: str = "normal"
    when: str = ""

    @property
    def due_state(self) -> str:
        return self.deadline.state(clock.today())
