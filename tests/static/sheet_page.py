"""A phone with a sheet and a server that is nothing but a dict; only the network is imagined.

The page is as bare as the booth's: our three scripts, our one style, the strict policy for content.
"""

import dataclasses
import json
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect

from reviews.rules.marks import MarksInvalidError, read_marks
from reviews.rules.sheets import Grade, Item, Person, Sheet, filling_rules
from tests.stack import ROOT

ADDRESS = "http://127.0.0.1:9"  # nothing listens there; every request is answered here
SCRIPTS = ["score_sheet_marks", "score_sheet_store", "score_sheet", "score_sheet_fields", "score_sheet_keys"]
HEADERS = {"Content-Security-Policy": "default-src 'self'; object-src 'none'"}

GRADES = (
    Grade("good", "好", Decimal(100), Decimal(90), Decimal(100)),
    Grade("fairly_good", "较好", Decimal(80), Decimal(80), Decimal(89)),
    Grade("fair", "一般", Decimal(60), Decimal(70), Decimal(79)),
    Grade("poor", "差", Decimal(40), Decimal(0), Decimal(69)),
)
ITEMS = (Item("11", "履行党建工作责任"), Item("12", "工作实效", Decimal(20)))
PEOPLE = (
    Person("1", 1, "甲乡党委", "赵某", "党委书记"),
    Person("2", 2, "乙镇党委", "钱某", "党委书记"),
    Person("3", 3, "县一中党委", "孙某", "党委书记、校长", oral=False),
)
SHEET = Sheet(
    "某县2026年度述职评议考核评分表",
    "grade",
    GRADES,
    ITEMS,
    PEOPLE,
    overall=True,
    remark=True,
    rules=filling_rules("grade", GRADES, anonymous=False),
)


@dataclasses.dataclass
class Server:
    """What is counted, how the network behaves (`mood`), and every try that arrived."""

    sheet: Sheet = SHEET
    anonymous: bool = False
    send_each: bool = True
    given: dict[str, Any] | None = None
    mood: str = "well"
    tries: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    counted: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)

    @property
    def marks(self) -> dict[str, Any]:
        return list(self.counted.values())[-1] if self.counted else {}

    def receive(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.tries.append(body)
        if self.mood == "failing":
            return 503, {}
        if self.mood == "refusing":
            return 422, {"ok": False, "message": "会议已经结束，迟到的没有计入。"}
        if self.mood == "conflict":
            self.mood = "well"
            return 409, {"ok": False, "message": "在另一台设备上改过。", "theirs": {"1": self.given["1"]}}
        stored = self.counted.setdefault(body["key"], body["marks"])
        if stored != body["marks"]:
            return 422, {"ok": False, "message": "同一次提交的内容前后不一致，没有计入。"}
        try:
            read_marks(self.sheet, body["marks"])
        except MarksInvalidError as refused:
            return 422, {"ok": False, "message": str(refused)}
        return 200, {"ok": True, "at": "14:05", "receipt": "QX7K-2M4D" if self.anonymous else ""}

    def page(self) -> str:
        scripts = "".join(f'<script src="/js/{name}.js" defer></script>' for name in [*SCRIPTS, "test_mount"])
        return (
            '<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>评分</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="stylesheet" href="/css/score_sheet.css">{scripts}</head><body><main id="sheet"></main></body></html>'
        )

    def mount(self) -> str:
        options = {"storageKey": "sheet:1", "anonymous": self.anonymous, "sendEach": self.send_each}
        if self.given is not None:
            options["marks"] = self.given
        return f"""
        const options = {json.dumps(options)};
        options.send = (marks, about) => fetch("/send/", {{method: "POST", body: JSON.stringify({{key: about.key, marks}})}})
          .then((response) => response.status >= 500 ? Promise.reject(new Error("no")) : response.json());
        window.sheet = ScoreSheet.mount(document.getElementById("sheet"), {json.dumps(self.sheet.as_json())}, options);
        """


class SheetPage:
    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server
        page.route(f"{ADDRESS}/**", self._answer)
        self.open()

    def open(self) -> None:
        self.page.goto(f"{ADDRESS}/sheet/")

    def expect_state(self, state: str) -> None:
        expect(self.page.locator(".ss-status")).to_have_attribute("data-ss-state", state, timeout=20_000)

    @property
    def words(self) -> str:
        return self.page.locator(".ss-status").inner_text()

    @property
    def progress(self) -> str:
        return self.page.locator(".ss-counter").inner_text()

    def choose(self, item: str, grade: str) -> None:
        """In the walker: the large button of the reporter shown."""
        line = self.page.locator(".ss-item").filter(has=self.page.get_by_role("heading", name=item))
        line.get_by_role("radio", name=grade, exact=True).check()

    def choose_all(self, grade: str) -> None:
        for item in ("履行党建工作责任", "工作实效", "总体评价"):
            self.choose(item, grade)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def kept(self) -> dict[str, Any]:
        return json.loads(self.page.evaluate("localStorage.getItem('sheet:1')"))

    def fill_storage(self) -> None:
        """Until not one character more goes in."""
        self.page.evaluate(
            """() => { for (let size = 1 << 20; size >= 1; size = size >> 1) {
                 try { for (let n = 0; ; n += 1) localStorage.setItem(`fill${size}-${n}`, "x".repeat(size)); } catch (e) {} } }"""
        )

    def _answer(self, route: Route) -> None:
        path, server = urlsplit(route.request.url).path, self.server
        if path == "/js/test_mount.js":
            route.fulfill(body=server.mount(), content_type="text/javascript; charset=utf-8")
        elif path.startswith(("/js/", "/css/")):
            route.fulfill(path=ROOT / "static" / path.lstrip("/"))
        elif path == "/sheet/":
            route.fulfill(body=server.page(), content_type="text/html; charset=utf-8", headers=HEADERS)
        elif server.mood == "offline":
            route.abort("internetdisconnected")
        elif server.mood == "lost answer":
            # It was counted; only the word of it got lost.
            server.mood = "well"
            server.receive(json.loads(route.request.post_data or ""))
            route.abort("connectionreset")
        else:
            status, answer = server.receive(json.loads(route.request.post_data or ""))
            route.fulfill(status=status, body=json.dumps(answer), content_type="application/json")
