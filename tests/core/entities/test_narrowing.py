"""Filters of lists: read as a sentence, added, changed and taken away with plain links and forms."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from shop.models import Customer

from company import Company, counted, customer_values
from pages import Page

LIST = "/shop/customer/"


@pytest.fixture(scope="module")
def seven(company: Company) -> list[int]:
    with company.session("east") as session:
        rows = [
            Customer(
                **customer_values(
                    name=f"Flt {n}",
                    kind="firm" if n % 2 else "home",
                    credit=100 * n,
                    volume=None if n == 3 else n,
                    visits=n,
                    since=date(2026, 3, n + 1),
                    vip=n == 6,
                    note="" if n < 2 else "red wax" if n < 4 else "wax",
                    seen_at=datetime(2026, 3, n + 1, 16, 30, tzinfo=UTC),
                )
            )
            for n in range(7)
        ]
        session.add_all(rows)
        session.flush()
        boss = Customer(**customer_values(name="Boss"))
        session.add(boss)
        session.flush()
        rows[5].referrer_id = boss.id
        return [each.id for each in (*rows, boss)]


def found(page: str) -> list[int]:
    return [int(text[4:]) for text in Page(page).texts if re.fullmatch(r"Flt \d", text)]


def shown(page: str) -> str:
    """What the chips say, as somebody reads them."""
    line = page[page.index('class="chip-line"') :] if 'class="chip-line"' in page else "></div>"
    inside = line[line.index(">") + 1 : line.index("</div>")]
    return " ".join(re.sub(r"<[^>]*>", " ", inside).split())


@pytest.mark.parametrize(
    ("asked", "numbers", "sentence"),
    [
        ({"f_kind": "firm", "f_credit.gt": "300"}, [5], "Sort is Firm and Credit is over ¥300.00"),
        ({"f_kind.in": "firm,home"}, range(7), "Sort is Firm or Household use"),
        ({"f_kind.out": "firm"}, [0, 2, 4, 6], "Sort is not Firm"),
        ({"f_credit.lt": "100.5"}, [0, 1], "Credit is under ¥100.50"),
        ({"f_credit.ge": "500", "f_credit.le": "500"}, [5], "Credit is at least ¥500.00 and Credit is at most ¥500.00"),
        ({"f_volume.none": "1"}, [3], "Shop volume is empty"),
        ({"f_note.none": "1"}, [0, 1], "Shop note is empty"),
        ({"f_note.some": "1"}, [2, 3, 4, 5, 6], "Shop note is filled in"),
        ({"f_note.ct": "WAX"}, [2, 3, 4, 5, 6], "Shop note contains “WAX”"),
        ({"f_note.sw": "red"}, [2, 3], "Shop note begins with “red”"),
        ({"f_since": "2026-03-03"}, [2], "Customer since is Mar 3, 2026"),
        ({"f_since.gt": "2026-03-05"}, [5, 6], "Customer since is after Mar 5, 2026"),
        ({"f_since.le": "2026-03-02"}, [0, 1], "Customer since is until Mar 2, 2026"),
        # 16:30 UTC is half past midnight of the next day in Shanghai.
        ({"f_seen_at": "2026-03-03"}, [1], "Seen at is Mar 3, 2026"),
        ({"f_seen_at.ge": "2026-03-07"}, [5, 6], "Seen at is from Mar 7, 2026 on"),
        ({"f_seen_at.gt": "2026-03-07"}, [6], "Seen at is after Mar 7, 2026"),
        ({"f_vip": "yes"}, [6], "Important is Yes"),
        ({"f_visits.ge": "4"}, [4, 5, 6], "Visits is at least 4"),
    ],
)  # fmt: skip
def test_the_list_is_what_the_sentence_says(company: Company, seven, asked, numbers, sentence):
    page = company.client_of("east.clerk").get(LIST, query_string={"q": "Flt", **asked}).text
    assert sorted(found(page)) == list(numbers)
    assert sentence in shown(page).replace("Shop customers where ", "")


def test_a_reference_is_named_and_chinese_reads_well(company: Company, seven):
    asked = {"q": "Flt", "f_referrer_id": str(seven[7]), "f_kind": "firm"}
    page = company.client_of("east.clerk", "zh").get(LIST, query_string=asked).text
    assert found(page) == [5]
    assert "为Boss 且" in shown(page)


def test_each_chip_goes_away_or_opens(company: Company, seven):
    clerk = company.client_of("east.clerk")
    page = clerk.get(f"{LIST}?q=Flt&f_kind=firm&f_credit.gt=300&sort=name&size=50").text
    links = [link for link in Page(page).links if link.startswith(LIST)]
    off = next(each for each in links if "f_kind" not in each and "f_credit.gt" in each and "add" not in each)
    assert parse_qs(urlsplit(off).query) == {
        "q": ["Flt"],
        "f_credit.gt": ["300"],
        "sort": ["name"],
        "size": ["50"],
    }
    opened = clerk.get(next(each for each in links if "edit=f_credit.gt" in each)).text
    assert re.search(r'name="fv"[^>]*value="300"', opened)
    assert 'value="gt" selected' in opened
    assert any(
        parse_qs(urlsplit(each).query) == {"q": ["Flt"], "sort": ["name"], "size": ["50"]} for each in links
    )


def entered(clerk, language: str = "en", **values: object):
    return clerk.get(LIST, query_string={"q": "Flt", **values})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"ff": "credit", "fo": "gt", "fv": " 1，234.5 ".replace("，", ",")}, {"f_credit.gt": "1234.5"}),
        ({"ff": "credit", "fo": "gt", "fv": "１２"}, {"f_credit.gt": "12"}),
        ({"ff": "kind", "fo": "in", "fv": ["firm"]}, {"f_kind": "firm"}),
        ({"ff": "kind", "fo": "out", "fv": ["firm", "home"]}, {"f_kind.out": "firm,home"}),
        ({"ff": "since", "fo": "ge", "fv": "2026/03/01"}, {"f_since.ge": "2026-03-01"}),
        ({"ff": "since", "fo": "ge", "fv": "20260301"}, {"f_since.ge": "2026-03-01"}),
        ({"ff": "since", "fo": "ge", "fv": "22.3.2026"}, {"f_since.ge": "2026-03-22"}),
        ({"ff": "note", "fo": "none", "fv": ""}, {"f_note.none": "1"}),
        ({"ff": "vip", "fo": "eq", "fv": "no"}, {"f_vip": "no"}),
        ({"ff": "referrer_id", "fo": "eq", "fv": "", "ft": "Flt 4"}, {"f_referrer_id": "{4}"}),
        ({"ff": "credit", "fo": "lt", "fv": "7", "fk": "f_credit.gt", "f_credit.gt": "9"}, {"f_credit.lt": "7"}),
    ],
)  # fmt: skip
def test_what_is_entered_becomes_an_address(company: Company, seven, values, expected):
    answer = entered(company.client_of("east.clerk"), **values)
    assert answer.status_code == 302
    given = {key: value[0] for key, value in parse_qs(urlsplit(answer.location).query).items()}
    wanted = {key: str(seven[4]) if value == "{4}" else value for key, value in expected.items()}
    assert given == {"q": "Flt", **wanted}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"ff": "credit", "fo": "gt", "fv": "much"}, "Enter a number"),
        ({"ff": "credit", "fo": "gt", "fv": ""}, "Fill in this field."),
        ({"ff": "since", "fo": "gt", "fv": "soon"}, "Enter a date"),
        ({"ff": "since", "fo": "gt", "fv": "5.6.2026"}, "Which is the month?"),
        ({"ff": "kind", "fo": "in"}, "Choose at least one."),
        ({"ff": "referrer_id", "fo": "eq", "fv": "", "ft": "Flt"}, "Choose at least one."),
    ],
)
def test_what_does_not_fit_is_said_beside_it_and_the_list_stays(company: Company, seven, values, message):
    answer = entered(company.client_of("east.clerk"), **values)
    assert answer.status_code == 200
    assert message in answer.text
    assert len(found(answer.text)) == 7
    assert 'id="filter-error"' in answer.text


@pytest.mark.parametrize("name", ["extra", "shout", "password", "branch_id", "id", ""])
def test_what_cannot_be_asked_for_is_not_offered(company: Company, seven, name):
    clerk = company.client_of("east.clerk")
    page = clerk.get(f"{LIST}?add={name}").text
    assert "filter-editor" not in page
    assert f"add={name}&" not in page
    assert not [link for link in Page(page).links if link.endswith(f"add={name}")]
    assert "filter-editor" not in entered(clerk, ff=name, fo="eq", fv="1").text


def test_a_filtered_list_takes_few_statements(company: Company, seven):
    clerk = company.client_of("east.clerk")
    clerk.get(LIST)
    asked = {"f_kind": "firm", "f_referrer_id": str(seven[7]), "f_credit.gt": "0", "sort": "name"}
    with counted(company.database) as statements:
        assert clerk.get(LIST, query_string=asked).status_code == 200
    assert len(statements) <= 8, "\n".join(statements)
