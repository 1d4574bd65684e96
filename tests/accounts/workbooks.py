"""Workbooks as people send them, made for one test each."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from accounts.actions.imports import prepare_import
from accounts.models import RegisterImport, User
from accounts.rules.import_sheets import ORGANIZATIONS, PEOPLE, POSTS, sheet_form
from accounts.rules.imports import read_rows
from common.workbooks import read_workbook

HEADS = {kind: [column.heading for column in sheet_form(kind).columns] for kind in (ORGANIZATIONS, PEOPLE, POSTS)}


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """`organizations`, `people`, `posts`: rows under the usual head, in the order of the columns."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for kind, rows in sheets.items():
        page = book.create_sheet(sheet_form(kind).name)
        page.append(HEADS[kind])
        for row in rows:
            page.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def dry_run(data: bytes, by: User) -> RegisterImport:
    read = read_rows(read_workbook(data, most_rows=10_000))
    assert read.faults == ()
    return prepare_import(read, file_name="名册.xlsx", by=by)


def organization(code: str, name: str, parent: str = "", **other: str) -> list[str]:
    """A row of the sheet 党组织."""
    facts = {"short": "", "kind": "党委", "level": "乡镇（街道）、部门", "domain": "农村"} | other
    return [code, name, facts["short"], parent, facts["kind"], facts["level"], facts["domain"]]


def post(person: str, organization: str, title: str = "党委书记", **other: Any) -> list[Any]:
    """A row of the sheet 任职: of a secretary since 2020 unless said otherwise."""
    facts = {
        "role": "党组织书记",
        "start": "2020-01-01",
        "end": None,
        "first": "是",
        "head": "否",
        "duties": "",
    } | other
    names = [facts.get("name"), organization, facts.get("unit")]
    flags = [facts["first"], "是", facts["head"]]
    return [person, *names, title, facts["role"], facts["start"], facts["end"], *flags, facts["duties"]]
