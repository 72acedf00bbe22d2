"""A specialist's morning and a manager's: each line of My work leads to the list of exactly what it counts."""

from __future__ import annotations

from datetime import timedelta

from company import Company
from core.data import clock
from core.work.kinds import WorkKind
from decoration_company import HERE, customer
from pages import Page
from plugins.decoration.models.customers import Collection, Duplicate
from plugins.decoration.work.customers import WORK


def test_each_line_leads_to_exactly_what_it_counts(company: Company) -> None:
    today = clock.today()
    due = {"state": "contacted", "needs_designer": True}
    first = customer(company, "MO-1", name="今日回访", call_back_on=today, **due)
    second = customer(company, "MO-2", name="早该回访", call_back_on=today - timedelta(days=3), **due)
    customer(company, "MO-3", name="新档案", filed_on=today)
    customer(company, "MO-4", name="已交订金", state="pending", deposit_on=today)
    customer(company, "MO-5", name="已流失", state="lost", call_back_on=today)
    company.put(
        HERE, Duplicate(first_id=first, second_id=second, found_by="phone", found_on=today, title="一对")
    )
    mine = company.people[f"{HERE}.specialist"]
    company.put(HERE, Collection(day=today, specialist_id=mine, state="handed_in", files=1))
    shown = {
        "assistant": {"Prospects who wait for a call": ["早该回访"], "Prospects to call": ["今日回访"]},
        "specialist": {},
        "manager": {"Deposits without a contract": ["已交订金"], "Possible duplicates": ["一对"]},
    }
    shown["specialist"] |= {
        "New files without a first call": ["新档案"],
        "Customers to refer to design": ["今日回访", "早该回访"],
    }
    for who, lines in shown.items():
        browser = company.client_of(f"{HERE}.{who}")
        page = Page(browser.get("/my-work/").text)
        told = " ".join(page.texts)
        assert all(title in told for title in lines), told
        assert ("Prospects to call" in told) == (who == "assistant"), (
            "the specialist has them in the call-back list"
        )
        for title, names in lines.items():
            items = " ".join(Page(browser.get(_url(company, who, title)).text).texts)
            for name in ("今日回访", "早该回访", "新档案", "已交订金", "已流失", "一对"):
                assert (name in items) == (name in names), (title, name)


def _url(company: Company, who: str, title: str) -> str:
    """The address of a line, as the page has it."""
    page = company.client_of(f"{HERE}.{who}").get("/my-work/").text
    before = page[: page.index(f">{title}<")] if f">{title}<" in page else page[: page.index(title)]
    return before[before.rindex('href="') + 6 :].partition('"')[0].replace("&amp;", "&")


def test_every_kind_of_work_names_a_right(company: Company) -> None:
    known = company.installation.entities
    for each in WORK:
        assert isinstance(each, WorkKind)
        assert each.right in (
            *known[each.entity].rights,
            *(name for name, _ in known[each.entity].extra_rights),
        )
