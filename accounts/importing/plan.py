"""The whole of a workbook against the register as it stands: what each row would do."""

from collections.abc import Sequence

from accounts.importing.organizations import OrganizationSteps
from accounts.importing.people import PeopleSteps
from accounts.importing.posts import PostSteps
from accounts.importing.register import Register
from accounts.importing.steps import mark_of_lines
from accounts.models import User
from accounts.rules.imports import ImportRow


class Plan:
    """`lines` in the order of the file; `mark` differs as soon as a line would read differently."""

    def __init__(self, rows: Sequence[ImportRow], *, by: User) -> None:
        self.register = Register(rows, by=by)
        self.organizations = OrganizationSteps(self.register)
        self.people = PeopleSteps(self.register)
        self.posts = PostSteps(self.register, self.organizations, self.people)
        steps = {id(step.row): step for part in (self.organizations, self.people, self.posts) for step in part.steps}
        self.lines = [steps[id(row)].as_line() for row in rows]
        self.mark = mark_of_lines(self.lines)
