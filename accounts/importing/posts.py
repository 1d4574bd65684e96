"""Rows of the sheet 任职 against the register: the same person, organization, title and day are the same post."""

import datetime as dt
from collections import defaultdict
from typing import Any

from accounts.importing.organizations import OrganizationSteps
from accounts.importing.people import PeopleSteps
from accounts.importing.register import Register
from accounts.importing.steps import OUTSIDE, Step, refuse_twice
from accounts.models import Organization, Outcome, Person, Post
from accounts.permissions import can_give_post, can_manage_organization, can_manage_post
from accounts.rules.import_sheets import POSTS, sheet_form
from accounts.rules.imports import ImportRow
from accounts.rules.roles import ADMINISTRATOR_GRANTED_ROLES, Role

_FIELDS = ("role", "start", "end", "is_first_responsible", "is_primary", "is_unit_head", "duties")


class PostSteps:
    def __init__(self, register: Register, organizations: OrganizationSteps, people: PeopleSteps) -> None:
        self.register, self.organizations, self.people = register, organizations, people
        self.steps = [self._start(row) for row in register.rows[POSTS]]
        sound = [step for step in self.steps if not step.faults]
        for step in sound:
            step.subject = self._same_day(step.row)
        claimed = {step.subject.pk for step in sound if step.subject}
        for step in sound:
            step.subject = step.subject or self._same_title(step.row, claimed)
            self._fill(step)
        refuse_twice(sound, self._key, "同一任职重复")
        self._refuse_two_responsible()

    def _start(self, row: ImportRow) -> Step:
        values = row.values
        person_code, code = values["person"] or "", values["organization"] or ""
        person, standing = self.people.person(person_code), self._standing(code)
        name = person.name if person else values.get("person_name") or ""
        unit = self.organizations.label(code) if standing else code
        step = Step(
            row,
            f"{name}（{person_code}） {unit} {values['title'] or ''}",
            faults=list(row.faults),
            hints=list(row.hints),
        )
        if person is None and person_code:
            step.faults.append(f"人员代码“{person_code}”不在您管理的范围内，或者还没有登记。新增的人员请先填“人员”表。")
        if standing is None and code:
            step.faults.append(self._unknown_organization(code))
        if person and standing:
            self._check_names(step, person, code)
        start, end = values.get("start"), values.get("end")
        if start and end and end < start:
            step.faults.append("免职日期不能早于任职日期。")
        return step

    def _unknown_organization(self, code: str) -> str:
        planned = self.organizations.by_code.get(code)
        if planned and planned.faults:
            return f"党组织“{planned.label}”在“{planned.row.sheet}”表第{planned.row.number}行有误，改正那一行以后这一行才能核对。"
        return f"党组织代码“{code}”不在您管理的范围内，或者还没有登记。新增的单位请先填“党组织”表。"

    def _standing(self, code: str) -> Organization | None:
        if self.register.sees(code):
            return self.register.organizations[code]
        known_to_file = code in self.organizations.by_code and code not in self.register.organizations
        return self.organizations.standing(code) if known_to_file else None

    def _check_names(self, step: Step, person: Person, code: str) -> None:
        """Who typed a wrong code sees it by the name beside it."""
        typed = step.row.values.get("person_name")
        if typed and typed not in self.people.names(person.code):
            step.faults.append(f"人员代码“{person.code}”是“{person.name}”，表中的姓名是“{typed}”，请核对。")
        typed, label = step.row.values.get("organization_name"), self.organizations.label(code)
        known, planned = self.register.organizations.get(code), self.organizations.by_code.get(code)
        names = {known.name, known.short_name} if known else set()
        if typed and typed not in names | ({planned.row.values["name"]} if planned else set()):
            step.faults.append(f"党组织代码“{code}”是“{label}”，表中的名称是“{typed}”，请核对。")

    def _held(self, row: ImportRow) -> list[Post]:
        posts = self.register.posts.get(row.values["organization"], [])
        return [post for post in posts if post.person.code == row.values["person"]]

    def _same_day(self, row: ImportRow) -> Post | None:
        held = [post for post in self._held(row) if post.title.strip() == row.values["title"]]
        if "start" not in row.values:
            return held[-1] if held else None
        return next((post for post in held if post.start == row.values["start"]), None)

    def _same_title(self, row: ImportRow, claimed: set[int]) -> Post | None:
        """A post that goes on, whose first day is corrected; nothing where more than one could be meant."""
        left = [p for p in self._held(row) if p.title.strip() == row.values["title"] and p.pk not in claimed]
        left = [post for post in left if post.end is None]
        return left[0] if len(left) == 1 else None

    def _fill(self, step: Step) -> None:
        values, post = step.row.values, step.subject
        if isinstance(post, Post):
            for field in _FIELDS:
                if field in values:
                    step.compare(field, getattr(post, field), values[field])
            start, end = step.facts.get("start", post.start), step.facts.get("end", post.end)
            if start and end and end < start and not step.faults:
                step.faults.append("免职日期不能早于任职日期。")
        else:
            step.facts = {"title": values["title"]} | {name: values[name] for name in _FIELDS if name in values}
            others = [p.title for p in self._held(step.row) if p.end is None and p.title != values["title"]]
            if others:
                step.hints.append(
                    f"这名同志在本单位已有职务“{'、'.join(others)}”，将另增一个；只改职务名称的，请在系统中修改。"
                )
        if step.subject is None or step.changes:
            self._refuse_without_right(step)

    def _refuse_without_right(self, step: Step) -> None:
        by, role = self.register.by, step.row.values["role"]
        standing = self._standing(step.row.values["organization"])
        person = self.people.person(step.row.values["person"])
        if standing is None or person is None or not can_manage_organization(by, standing):
            step.faults.append(f"这个单位{OUTSIDE}。")
            return
        kept = not isinstance(step.subject, Post) or can_manage_post(by, step.subject)
        if kept and can_give_post(by, role, standing, person):
            return
        if by.person_id == person.pk:
            step.faults.append("本人的任职不能由自己办理，请系统管理员办理。")
        else:
            names = "、".join(f"“{Role(each).label}”" for each in sorted(ADMINISTRATOR_GRANTED_ROLES))
            step.faults.append(f"角色{names}只能由系统管理员授予、修改或收回。")

    def _key(self, step: Step) -> Any:
        values = step.row.values
        if step.subject is not None:
            return step.subject.pk
        return (values["person"], values["organization"], values["title"], values.get("start"))

    def _refuse_two_responsible(self) -> None:
        """第一责任人 is one on every day (S-06), counted as the posts will stand."""
        holders: dict[str, list[Step | Post]] = defaultdict(list)
        sound = [step for step in self.steps if not step.faults]
        wrong = [step for step in self.steps if step.faults and _goes_on_as_first(step.row)]
        touched = {step.subject.pk for step in sound if step.subject}
        for code, posts in self.register.posts.items():
            holders[code] += [post for post in posts if post.is_first_responsible and post.pk not in touched]
        for step in sound:
            if self._after(step, "is_first_responsible"):
                holders[step.row.values["organization"]].append(step)
        for both in holders.values():
            for each in both if len(both) > 1 else []:
                other = next((one for one in both if one is not each and self._overlap(one, each)), None)
                if isinstance(each, Step) and each.outcome != Outcome.SAME and other:
                    each.faults.append(self._second(other))
        for step in wrong:
            # Whatever the first day turns out to be: two posts that both go on overlap.
            others = holders.get(step.row.values["organization"], [])
            going_on = (one for one in others if self._days(one)[1] is None)
            if other := next((one for one in going_on if _person_code(one) != step.row.values["person"]), None):
                step.faults.append(self._second(other))

    def _second(self, other: Step | Post) -> str:
        person = other.person if isinstance(other, Post) else self.people.person(_person_code(other))
        name = person.label if person else _person_code(other)
        return f"这段时间的第一责任人已有“{name}”，请先在其任职行填写免职日期，或者改为“否”。"

    def _overlap(self, one: Step | Post, other: Step | Post) -> bool:
        (start, end), (begin, last) = self._days(one), self._days(other)
        return (end is None or begin is None or begin <= end) and (last is None or start is None or start <= last)

    def _days(self, holder: Step | Post) -> tuple[dt.date | None, dt.date | None]:
        if isinstance(holder, Post):
            return holder.start, holder.end
        return self._after(holder, "start"), self._after(holder, "end")

    def _after(self, step: Step, field: str) -> Any:
        return step.facts.get(field, getattr(step.subject, field, None))

    def in_order(self) -> list[Step]:
        """Who gives up being the first responsible person comes before who becomes it."""
        changed = [step for step in self.steps if step.subject is None or step.changes]

        def place(step: Step) -> int:
            if self._after(step, "is_first_responsible") and self._after(step, "end") is None:
                return 1 if step.subject else 2
            return 0 if step.subject else 3

        return sorted(changed, key=place)


def _goes_on_as_first(row: ImportRow) -> bool:
    """In a row with a mistake of its own: nothing stands in the column for the last day, not even what cannot be read."""
    unread = f"“{sheet_form(POSTS).column('end').heading}”"
    goes_on = row.values.get("end") is None and not any(fault.startswith(unread) for fault in row.faults)
    return goes_on and bool(row.values.get("is_first_responsible"))


def _person_code(holder: Step | Post) -> str:
    return holder.person.code if isinstance(holder, Post) else str(holder.row.values["person"])
