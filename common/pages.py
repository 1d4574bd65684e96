"""One page of a list."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 25


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page asked for by `?page=`; nonsense and numbers beyond the end give the nearest page.

    `numbers` of the page are those to be offered, with … between them.
    """
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    page.numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))  # type: ignore[attr-defined]
    return page


def page_in_detail(
    request: HttpRequest, rows: Any, detail: Callable[[list[Any]], Any], per_page: int = PER_PAGE
) -> Page[Any]:
    """As `page_of`, for rows whose details are dear: found and counted plainly, `detail(keys)` asked for one page only.

    `rows` is an ordered queryset, `detail` gives the rows of these keys in any order.
    """
    page = page_of(request, rows.values_list("pk", flat=True), per_page)
    keys = list(page.object_list)
    found = {row.pk: row for row in detail(keys)}
    page.object_list = [found[key] for key in keys if key in found]
    return page
