"""Rows of the sheet 党组织 against the tree: matched by code alone, the superior named by code (S-05, S-18)."""

from accounts.importing.register import Register
from accounts.importing.steps import OUTSIDE, Step, refuse_twice
from accounts.models import Organization
from accounts.rules.import_sheets import ORGANIZATIONS
from accounts.rules.imports import ImportRow

_UNKNOWN_SUPERIOR = "上级代码“{}”不在您管理的范围内，或者还没有登记。请核对；上级是新单位的，在“党组织”表中增加一行。"


class OrganizationSteps:
    """One step a row. `parents` is the superior of each organization by code once the file is written."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.steps = [self._step(row.values.get("code") or "", row) for row in register.rows[ORGANIZATIONS]]
        self.by_code = {step.row.values["code"]: step for step in reversed(self.steps) if step.row.values["code"]}
        refuse_twice(
            self.steps,
            lambda step: step.row.values["code"] or None,
            "代码重复",
            "请删去一行；是另一个单位的，请改正代码。",
        )
        self.parents: dict[str, str] = {}
        for step in self.steps:
            self._place(step)
        for step in self.steps:
            self._refuse_loop(step)
        self._refuse_below_faults()

    def _step(self, code: str, row: ImportRow) -> Step:
        step = Step(row, f"{row.values.get('name') or ''}（{code}）", faults=list(row.faults))
        if step.faults:
            return step
        if code not in self.register.organizations:
            step.facts = {field: row.values[field] for field in ("code", "name", "kind", "level")}
            step.facts["short_name"] = row.values.get("short_name") or ""
        elif not self.register.sees(code):
            step.faults.append(f"代码“{code}”已有单位使用，{OUTSIDE}。如果是另一个单位，请换一个代码。")
        else:
            step.subject = self.register.organizations[code]
            for field in ("name", "short_name", "kind", "level"):
                if field in row.values:
                    step.compare(field, getattr(step.subject, field), row.values[field])
        self._add_domain(step)
        return step

    def _add_domain(self, step: Step) -> None:
        if "domain" not in step.row.values or step.faults:
            return
        name, domains = step.row.values["domain"], self.register.domains
        if name and name not in domains:
            step.faults.append(f"没有“{name}”这个领域，请从“{'、'.join(domains)}”中选择，或请系统管理员新增。")
        elif isinstance(step.subject, Organization):
            old = next((each.name for each in domains.values() if each.pk == step.subject.domain_id), "")
            step.compare("domain", old, name)
            if "domain" in step.facts:
                step.facts["domain"] = domains.get(name)
        else:
            step.facts["domain"] = domains.get(name)

    def _place(self, step: Step) -> None:
        """Find the superior that the row asks for and whether it may be given."""
        if step.faults:
            return
        code, wanted = step.row.values["code"], step.row.values.get("parent") or ""
        subject = step.subject if isinstance(step.subject, Organization) else None
        held = self.register.by_id.get(subject.parent_id or 0) if subject else None
        if subject and (not wanted or (held and held.code == wanted)):
            self._leave(step, code, held)
        elif not wanted:
            step.faults.append("新增的党组织必须填写上级代码。")
        elif not (self.register.may_manage(wanted) or self._is_new(wanted)):
            step.faults.append(_UNKNOWN_SUPERIOR.format(wanted))
        elif subject and not (held and self.register.may_manage(code) and self.register.may_manage(held.code)):
            step.faults.append(f"改变隶属关系要管理原来的上级，这个单位的上级{OUTSIDE}。")
        else:
            self.parents[code] = wanted
            if subject and held:
                step.facts["parent"] = wanted
                step.changes.append(("上级", f"“{self.register.label(held.code)}”", f"“{self.label(wanted)}”"))

    def _leave(self, step: Step, code: str, held: Organization | None) -> None:
        if held:
            self.parents[code] = held.code
        if step.changes and not self.register.may_manage(code):
            step.faults.append(f"这个单位{OUTSIDE}。")

    def _is_new(self, code: str) -> bool:
        return code in self.by_code and self.by_code[code].subject is None and code not in self.register.organizations

    def label(self, code: str) -> str:
        return self.by_code[code].label if self._is_new(code) else self.register.label(code)

    def chain(self, code: str) -> list[str]:
        """The code and those above it once the file is written; ends with a code met twice if there is a loop."""
        found: list[str] = []
        while code and code not in found:
            found.append(code)
            code = self.parents.get(code) or self._present_parent(code)
        return [*found, code] if code else found

    def _present_parent(self, code: str) -> str:
        organization = self.register.organizations.get(code)
        superior = self.register.by_id.get(organization.parent_id or 0) if organization else None
        return superior.code if superior else ""

    def _refuse_loop(self, step: Step) -> None:
        code = step.row.values["code"]
        chain = self.chain(code) if code in self.parents else []
        if len(chain) > 1 and chain[-1] == code:
            step.faults.append(
                f"上级成了循环：{' → '.join(self.label(each) for each in chain)}。请改正其中一行的上级代码。"
            )

    def _refuse_below_faults(self) -> None:
        for step in self.steps:
            above = self.by_code.get(self.parents.get(step.row.values["code"] or "", ""))
            if not step.faults and above and above.faults and above.subject is None:
                step.faults.append(f"上级“{above.label}”所在的第{above.row.number}行有误，请先改正那一行。")

    def standing(self, code: str) -> Organization | None:
        """The organization whose keeper keeps this one: itself, or for a new one the nearest known above it."""
        for each in self.chain(code):
            if each in self.register.organizations:
                return self.register.organizations[each]
        return None

    def in_order(self) -> list[Step]:
        """Superiors before what stands below them, so that no step on the way makes a loop."""
        changed = [step for step in self.steps if step.subject is None or step.changes]
        return sorted(changed, key=lambda step: len(self.chain(step.row.values["code"])))
