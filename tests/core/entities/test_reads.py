"""Statements of lists are built once for all who ask alike; what is asked, and where, is given each time."""
# zh-ok-file: names that are looked for

from __future__ import annotations

import pytest
from shop.models import Customer

from company import Company, counted, customer_values
from core.entities import reads
from pages import Page


@pytest.fixture(scope="module", autouse=True)
def customers(company: Company) -> None:
    for branch, names in {"east": ("赵一", "赵二", "钱三"), "west": ("赵四",)}.items():
        for name in names:
            company.put(branch, Customer(**customer_values(name=name)))


def shown(company: Company, query: str, person: str = "east.clerk") -> set[str]:
    texts = Page(company.client_of(person).get(f"/shop/customer/?q={query}").text).texts
    return {"赵一", "赵二", "钱三", "赵四"} & set(texts)


def test_other_words_ask_the_same_statement(company: Company):
    reads._kept.clear()
    assert shown(company, "赵一") == {"赵一"}
    known = set(reads._kept)
    assert shown(company, "钱三") == {"钱三"}
    assert set(reads._kept) == known
    assert shown(company, "zs 1") == set()
    assert set(reads._kept) > known


def test_a_statement_that_is_kept_stays_in_each_branch(company: Company):
    for person, names in (
        ("east.clerk", {"赵一", "赵二"}),
        ("west.manager", {"赵四"}),
        ("east.clerk", {"赵一", "赵二"}),
    ):
        assert shown(company, "赵", person) == names


def test_no_text_stands_in_what_is_kept(company: Company):
    shown(company, "钱三")
    assert "钱三" not in repr(list(reads._kept))
    for statements in reads._kept.values():
        assert all("钱三" not in str(each.compile().params) for each in statements)


def test_what_is_searched_is_counted_by_the_way(company: Company):
    clerk = company.client_of("east.clerk")
    path = "/api/v1/shop/customer/?q=(search:'zhao',page_size:1)"
    assert clerk.get(path).json["count"] == 2
    with counted(company.database) as statements:
        clerk.get(path)
    asked = [each for each in statements if "core_search_token" in each]
    assert len(asked) == 1
    assert asked[0].count("core_search_token.record_id") == 1
