"""What masks leave of values, and which level several positions give together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.rights.effective import Rights, level_in
from core.people.rights.levels import HIDDEN, MASKED, READ, WRITE
from core.people.rights.masks import MASKS, masked


@pytest.mark.parametrize(
    ("kind", "text", "left"),
    [
        ("phone", "13812345678", "138****5678"),
        ("phone", "+86 138 1234 5678", "138****5678"),
        ("phone", "010-87654321", "****21"),
        ("phone", "12345", "****"),
        ("phone", "王女士13812345678", "****78"),
        ("name", "王建国", "王**"),
        ("name", "李", "李**"),
        ("number", "110101199003071234", "****1234"),
        ("number", "1234", "****"),
        ("email", "wang@example.com", "w***@example.com"),
        ("email", "@example.com", "****"),
        ("address", "城东区人民路18号3单元502", "城东区人民路****"),
        ("address", "路1", "路****"),
        ("all", "anything", "****"),
        ("", "a field without a mask of its own", "****"),
        ("phone", " ", ""),
    ],
)
def test_a_mask_leaves_what_it_says(kind, text, left):
    assert masked(kind, text) == left


@given(
    st.sampled_from(sorted(MASKS)),
    st.text(min_size=5, max_size=40).filter(lambda text: len(text.strip()) >= 5),
)
def test_no_mask_leaves_the_value(kind, text):
    assert text.strip() not in masked(kind, text) or set(text.strip()) <= {"*"}


WRITES, LOOKS, TAKES = frozenset({"see", "edit"}), frozenset({"see"}), frozenset({"collect"})


def rights(actions, **fields):
    return Rights({"shop.customer": actions}, {"shop.customer": fields})


@pytest.mark.parametrize(
    ("held", "default", "level"),
    [
        ([rights(WRITES)], WRITE, WRITE),
        ([rights(WRITES)], MASKED, MASKED),
        ([rights(LOOKS)], WRITE, READ),
        ([rights(LOOKS, phone=WRITE)], MASKED, READ),
        ([rights(WRITES, phone=WRITE)], MASKED, WRITE),
        ([rights(WRITES, phone=HIDDEN)], WRITE, HIDDEN),
        ([rights(WRITES, phone=HIDDEN), rights(LOOKS, phone=MASKED)], WRITE, MASKED),
        ([rights(WRITES, phone=MASKED), rights(LOOKS, phone=READ)], WRITE, READ),
        ([rights(WRITES, phone=HIDDEN), rights(TAKES)], WRITE, HIDDEN),
        ([rights(TAKES)], WRITE, READ),
        ([], WRITE, READ),
        ([], MASKED, MASKED),
    ],
)
def test_the_most_generous_position_that_sees_the_entity_counts(held, default, level):
    assert level_in(held, "shop.customer", "phone", default) == level
