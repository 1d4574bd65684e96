"""A page with an autosaved form and a server that is nothing but a dict, both inside the browser's routing.

The page is made from our templates, the scripts are our files; only the network is imagined, so that
it can fail in every way on request.
"""

import dataclasses
import json
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from django import forms
from django.template import engines
from playwright.sync_api import Page, Request, Route, expect

from tests.stack import ROOT

ADDRESS = "http://127.0.0.1:9"  # nothing listens there; every request is answered here
TEMPLATE = """
{% load static %}<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><link rel="stylesheet" href="/css/writing.css">
{% for name in scripts %}<script src="/js/{{ name }}" defer></script>{% endfor %}</head>
<body data-login-url="/login/">
<form method="post" action="/submit/" autocomplete="off" data-autosave-url="/save/" data-autosave-user="7" data-autosave-key="report-1" data-autosave-interval="{{ server.longest_wait }}">
  <input type="hidden" name="csrfmiddlewaretoken" value="{{ token }}">
  <input type="hidden" name="revision" value="{{ server.revision }}">
  {% include "components/autosave.html" %}
  <label for="id_duty">履行主体责任情况</label><textarea id="id_duty" name="duty">{{ server.duty }}</textarea>
  {% include "components/count.html" with name="duty" high=30 count=0 only %}
  <label for="id_own">个人履职情况</label><textarea id="id_own" name="own">{{ server.own }}</textarea>
  {% include "components/formset.html" with row_title="问题" add_label="添加一个问题" %}
  <button class="btn" name="act" value="submit">报送</button>
</form>
{% include "components/js_strings.html" %}
</body></html>
"""
SCRIPTS = ["page", "wordcount", "formset", "autosave_store", "autosave_merge", "autosave_wire", "autosave_panels"]


class ProblemForm(forms.Form):
    id = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="问题", widget=forms.Textarea)


ProblemFormSet = forms.formset_factory(ProblemForm, extra=0, can_delete=True, can_order=True)


@dataclasses.dataclass
class Server:
    """What is stored, how the network behaves (`mood`), and every save that arrived."""

    revision: int = 3
    duty: str = "一、履行主体责任情况。"
    own: str = ""
    problems: list[dict[str, str]] = dataclasses.field(default_factory=lambda: [{"id": "11", "text": "问题一"}])
    token: str = "token-of-the-first-session"
    mood: str = "well"
    longest_wait: int = 15
    saves: list[dict[str, str]] = dataclasses.field(default_factory=list)
    submissions: list[dict[str, str]] = dataclasses.field(default_factory=list)
    answered: tuple[str, tuple[int, dict[str, object]]] = ("", (0, {}))  # the last save that was stored
    held: list[Callable[[], None]] = dataclasses.field(default_factory=list)

    @property
    def submitted(self) -> dict[str, str] | None:
        return self.submissions[-1] if self.submissions else None

    def answers(self) -> None:
        """What arrived in the mood "slow" is dealt with now."""
        self.mood = "well"
        while self.held:
            self.held.pop(0)()

    @property
    def texts(self) -> list[str]:
        return [row["text"] for row in self.problems]

    def page(self) -> str:
        context = {"server": self, "token": self.token, "scripts": [f"{name}.js" for name in [*SCRIPTS, "autosave"]]}
        context["formset"] = ProblemFormSet(initial=[dict(row) for row in self.problems], prefix="problems")
        return engines["django"].from_string(TEMPLATE).render(context)

    def save(self, fields: dict[str, str]) -> tuple[int, dict[str, object]]:
        self.saves.append(fields)
        if fields["save_id"] == self.answered[0]:
            return self.answered[1]
        if self.mood == "failing":
            return 503, {}
        if self.mood == "locked":
            return 403, {"message": "报告已定稿，不能再改"}
        if self.mood == "disagreeing":
            return 409, {"conflict": True, "revision": self.revision, "theirs": {"own": self.own}}
        if fields["csrfmiddlewaretoken"] != self.token:
            return 403, {}
        if int(fields["revision"]) != self.revision:
            theirs = {"duty": self.duty, "own": self.own}
            return 409, {"conflict": True, "revision": self.revision, "theirs": theirs, "by": "李桂兰", "at": "14:02"}
        self.duty, self.own = fields.get("duty", self.duty), fields.get("own", self.own)
        values = self._save_rows(fields) if "problems-TOTAL_FORMS" in fields else {}
        self.revision += 1
        hints = [] if self.own else ["“个人履职情况”还没有写"]
        answer = {"ok": True, "revision": self.revision, "saved_at": "14:05:09", "counts": {}, "hints": hints}
        self.answered = fields["save_id"], (200, answer | {"values": values})
        return self.answered[1]

    def _save_rows(self, fields: dict[str, str]) -> dict[str, str]:
        values, rows = {}, []
        for i in range(int(fields["problems-TOTAL_FORMS"])):
            row = {key: fields.get(f"problems-{i}-{key}", "") for key in ("id", "text", "ORDER", "DELETE")}
            if row["DELETE"]:
                continue
            if not row["id"]:
                row["id"] = values[f"problems-{i}-id"] = str(100 + self.revision * 10 + i)
            rows.append(row)
        rows.sort(key=lambda row: int(row["ORDER"]))
        self.problems = [{"id": row["id"], "text": row["text"]} for row in rows]
        return values


class WritingPage:
    """One open tab on the form."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server
        page.route(f"{ADDRESS}/**", self._answer)
        self.open()

    def open(self) -> None:
        self.page.goto(f"{ADDRESS}/report/")

    def another(self) -> "WritingPage":
        return WritingPage(self.page.context.new_page(), self.server)

    def field(self, name: str):
        return self.page.locator(f"[name={name}]")

    def write(self, text: str, name: str = "duty") -> None:
        self.field(name).fill(text)

    def expect_state(self, state: str) -> None:
        expect(self.page.locator("[data-autosave-state]")).to_have_attribute(
            "data-autosave-state", state, timeout=20_000
        )

    @property
    def words(self) -> str:
        return self.page.locator("[data-autosave-text]").inner_text().strip()

    def kept_here(self) -> int:
        return self.page.evaluate("Object.keys(localStorage).length")

    def _answer(self, route: Route) -> None:
        path, server = urlsplit(route.request.url).path, self.server
        if path.startswith(("/js/", "/css/")):
            route.fulfill(path=ROOT / "static" / path.lstrip("/"))
        elif server.mood == "offline":
            route.abort("internetdisconnected")
        elif server.mood == "signed out":
            route.fulfill(status=401, body="")
        elif path == "/report/":
            route.fulfill(body=server.page(), content_type="text/html; charset=utf-8")
        elif path == "/save/" and server.mood == "slow":
            server.held.append(lambda: self._answer(route))
        elif path == "/save/":
            status, answer = server.save(_fields(route.request))
            route.fulfill(status=status, body=json.dumps(answer), content_type="application/json")
        else:
            server.submissions.append(_fields(route.request))
            route.fulfill(body="<!DOCTYPE html><title>elsewhere</title>", content_type="text/html; charset=utf-8")


def _fields(request: Request) -> dict[str, str]:
    """The last value of each field of a form that was sent as multipart or as an address."""
    body = request.post_data_buffer or b""
    kind = request.header_value("content-type") or ""
    if "boundary=" not in kind:
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    fields = {}
    for part in body.split(b"--" + kind.split("boundary=")[1].encode())[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        name = head.split(b'name="')[1].split(b'"')[0].decode()
        fields[name] = value[:-2].decode().replace("\r\n", "\n")
    return fields
