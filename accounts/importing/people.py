"""Rows of the sheet 人员 against the register: matched by code alone, since names repeat (S-05)."""

import re
from collections import defaultdict

from accounts.importing.register import Register, codes_of
from accounts.importing.steps import OUTSIDE, Step, refuse_twice
from accounts.models import Person
from accounts.permissions import can_manage_person
from accounts.rules.import_sheets import PEOPLE, POSTS
from accounts.rules.imports import ImportRow

SHOWN = 3
_MASKED = re.compile(r"\*|[XxＸ]{2}|某")


class PeopleSteps:
    def __init__(self, register: Register) -> None:
        self.register = register
        self._with_post = codes_of(register.rows[POSTS], "person")
        self.steps = [self._step(row.values["code"] or "", row) for row in register.rows[PEOPLE]]
        self.by_code = {step.row.values["code"]: step for step in reversed(self.steps) if step.row.values["code"]}
        refuse_twice(
            self.steps,
            lambda step: step.row.values["code"] or None,
            "人员代码重复",
            "请删去一行；是另一名同志的，请改正代码。",
        )
        self._name_alike()

    def _step(self, code: str, row: ImportRow) -> Step:
        name = row.values["name"] or ""
        step = Step(row, f"{name}（{code}）", faults=list(row.faults))
        if step.faults:
            return step
        person = self.register.people.get(code)
        if person is None:
            step.facts = {"code": code, "name": name}
            if code not in self._with_post:
                step.faults.append("这是新增的人员，还要在“任职”表中至少填一行。")
        elif code not in self.register.visible_people:
            step.faults.append(f"人员代码“{code}”已有人使用，{OUTSIDE}。如果是另一名同志，请换一个代码。")
        else:
            step.subject = person
            step.compare("name", person.name, name)
            if step.changes and not can_manage_person(self.register.by, person):
                step.faults.append("这名同志还在您管理范围之外的单位任职，不能修改姓名。")
        return step

    def _name_alike(self) -> None:
        """A new person with the name of another: one and the same may have been typed twice (S-05)."""
        codes: dict[str, set[str]] = defaultdict(set)
        names = {step.row.values["name"] or "" for step in self.steps if step.subject is None}
        known = Person.objects.visible_to(self.register.by).filter(name__in=names)
        for name, code in known.values_list("name", "code"):
            codes[name].add(code)
        for step in self.steps:
            codes[step.row.values["name"] or ""].add(step.row.values["code"] or "")
        for step in self.steps:
            name = step.row.values["name"] or ""
            others = sorted(codes[name] - {step.row.values["code"] or ""})
            # A masked name says nothing about who it is.
            if step.subject is None and not step.faults and others and not _MASKED.search(name):
                step.hints.append(f"与“{'、'.join(others[:SHOWN])}”同名，请核对是不是同一名同志。")

    def person(self, code: str) -> Person | None:
        """The person as known, or as the file will add; None where there is neither."""
        if code in self.register.visible_people:
            return self.register.people[code]
        step = self.by_code.get(code)
        if step is None or code in self.register.people:
            return None
        return Person(code=code, name=step.row.values["name"] or "")

    def names(self, code: str) -> set[str]:
        """The name now and the name after: a sheet of posts may carry either."""
        known, step = self.register.people.get(code), self.by_code.get(code)
        names = {known.name} if known else set()
        return names | ({step.row.values["name"]} if step and step.row.values["name"] else set())
