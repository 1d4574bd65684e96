"""For templates of papers: `{% load paper %}`.

A template under `templates/documents/papers/` is plain HTML without head or styles. Paragraphs
are broken into lines of 28 characters on their own. What there is:

    <h1>            the title, 二号小标宋, broken into lines of about equal length
    <p class="by">  单位 职务 姓名 under the title; `.center`, `.right`, `.date` likewise
    <p class="to">  主送机关 or 同志们：, not indented (also `.flush`)
    <h2> <h3>       一、（黑体）  （一）（楷体）; 1. and （1） are plain paragraphs
    <p>             a paragraph; <b> is 黑体, <em> is 楷体
    {% paper_text value %}   what people typed: several paragraphs, headings are recognised
    <div class="signature"><p>署名</p><p>日期</p></div>
    <p class="hang"><b>出席：</b>…</p>   a label and a text beside it
    <table>         the header in <thead> repeats on every page; <caption>; `.long` lets rows break;
                    `.dense` is small, for many columns or everybody on one sheet; `.codes` has no rules;
                    cells: .c centred, .r right, .n number; widths: .w1 .w2 .w3 .w4 .w6
    <table class="form">    labels (<th>) beside room to write, td.tall
    <table class="plain">   no rules
    <span class="fill short|long">, <div class="lines"> with empty <div>s: room for a pen
    <span class="sign">□</span>     a sign of one size
    <div class="imprint"><p>…<span class="ends">…</span></p></div>   版记
    <section class="landscape">  sheets on their side; .new-page, .keep; <p class="note"> small print

`***`, `<`, `&` and runs of blanks print as they are, because Django escapes and nothing here
reads any markup in a value.

For pages: `{% document_box paper subject request_url %}` shows the latest document of that paper,
its state, and the buttons to make, open and download it. `request_url` answers a POST by
`request_document`; without it (an empty text) nothing can be asked for.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.template.context import RequestContext
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from documents.models import Document
from documents.permissions import can_retry_document
from documents.rules.paper_text import Block, recognise

register = template.Library()


@register.simple_tag
def paper_text(value: str | None) -> SafeString:
    """A text of several paragraphs as a person typed it, its headings recognised."""
    return format_html_join("\n", "{}", ((_block(block),) for block in recognise(value or "")))


# A cell of so many characters is at most nine lines high in the narrowest column of text.
_SHORT_CELL = 120


@register.simple_tag
def together(*cells: str) -> SafeString:
    """For the <tr> of a long table: a row of short texts is not torn apart at the end of a page."""
    is_short = all(len(cell) + 14 * cell.count("\n") <= _SHORT_CELL for cell in cells)
    return mark_safe(' class="keep"') if is_short else mark_safe("")  # our own words


def _block(block: Block) -> SafeString:
    if block.kind == "to":
        return format_html('<p class="to">{}</p>', block.text)
    if block.kind == "p":
        return format_html("<p>{}</p>", block.text)
    if not block.lead:
        return format_html("<{0}>{1}</{0}>", block.kind, block.text)
    lead, rest = block.text[: block.lead], block.text[block.lead :]
    return format_html('<p><span class="{}">{}</span>{}</p>', block.kind, lead, rest)


@register.inclusion_tag("documents/documents/_box.html", takes_context=True)
def document_box(context: RequestContext, paper: str, subject: models.Model, request_url: str = "") -> dict[str, Any]:
    """The latest document of this paper about `subject` that the person may see."""
    user = context["request"].user
    document = Document.objects.visible_to(user).latest_of(subject, paper)
    return {
        "document": document,
        "request_url": request_url,
        "can_retry": bool(document) and can_retry_document(user, document),
        "csrf_token": context.get("csrf_token"),
    }
