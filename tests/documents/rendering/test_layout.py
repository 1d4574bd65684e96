from hypothesis import given
from hypothesis import strategies as st

from documents.rendering.layout import BLANK, Extent, Slot, first_numbers, place

extents = st.lists(st.builds(Extent, st.integers(1, 4), st.booleans(), st.booleans()), max_size=8)


@given(extents)
def test_every_page_has_its_place_once_and_in_order(parts: list[Extent]) -> None:
    placed = [(slot.part, slot.page) for slot in place(parts) if slot != BLANK]
    assert placed == [(i, page) for i, part in enumerate(parts) for page in range(part.pages)]


@given(extents)
def test_odd_numbers_are_on_the_right_and_numbers_only_grow(parts: list[Extent]) -> None:
    slots = place(parts)
    numbered = [(position, slot.number) for position, slot in enumerate(slots) if slot.number]
    assert all(position % 2 != number % 2 for position, number in numbered)
    numbers = [number for _, number in numbered]
    assert numbers == sorted(set(numbers))


@given(extents)
def test_what_starts_on_the_right_does(parts: list[Extent]) -> None:
    for position, slot in enumerate(place(parts)):
        if slot.part >= 0 and slot.page == 0 and parts[slot.part].starts_right:
            assert position % 2 == 0


def test_a_blank_page_inside_the_numbered_ones_is_counted() -> None:
    slots = place([Extent(1), Extent(2, starts_right=True)])
    assert slots == [Slot(0, 0, 1), BLANK, Slot(1, 0, 3), Slot(1, 1, 4)]
    assert first_numbers(slots) == {0: 1, 1: 3}


def test_numbers_begin_with_the_first_numbered_part() -> None:
    slots = place([Extent(1, numbered=False), Extent(1)])
    assert slots == [Slot(0), BLANK, Slot(1, 0, 1)]
