"""Views of lists and the arrangement of their columns: each person's own, and shared ones by right."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from shop.models import Customer
from sqlalchemy import select

from company import Browser, Company, counted, customer_values
from core.entities.lists.models import ListHabit, ListView
from core.history.models import HistoryEntry
from pages import Page

LIST = "/shop/customer/"


@pytest.fixture(scope="module")
def stocked(company: Company) -> Company:
    with company.session("east") as session:
        session.add_all(
            Customer(**customer_values(name=f"Vw {n}", kind="firm" if n % 2 else "home", credit=n))
            for n in range(6)
        )
    return company


@pytest.fixture
def clean(stocked: Company):
    yield stocked
    with stocked.session() as session:
        for model in (ListHabit, ListView):
            for row in session.scalars(select(model)):
                session.delete(row)
            session.flush()


def names(page: str) -> list[str]:
    return [text for text in Page(page).texts if text.startswith("Vw ") and len(text) == 4]


def headings(page: str) -> list[str]:
    head = page[page.index("<thead") : page.index("</thead>")]
    return [text for text in Page(head).texts if not text.startswith("Select ")]


def save(browser: Browser, name: str, language: str = "", **values: str):
    asked = {"q": "Vw", "f_kind": "firm", "sort": "credit", "dir": "desc"}
    browser.get(LIST)
    return browser.post(f"{LIST}views", {"name": name, "address": urlencode(asked), **values})


def saved(company: Company) -> list[ListView]:
    with company.session() as session:
        found = list(session.scalars(select(ListView).order_by(ListView.id)))
        session.expunge_all()
        return found


def test_a_view_is_saved_chosen_changed_and_thrown_away(clean: Company):
    clerk = clean.client_of("east.clerk")
    answer = save(clerk, "  Firms  first ")
    assert answer.status_code == 302
    page = clerk.get(answer.location).text
    assert names(page) == ["Vw 5", "Vw 3", "Vw 1"]
    assert "Firms first" in Page(page).texts
    wider = clerk.get(f"{answer.location}&q=Vw&sort=credit").text
    assert names(wider) == [f"Vw {n}" for n in range(6)]
    assert "changed" in Page(wider).texts
    address = urlencode(
        {**parse_qs(urlsplit(answer.location).query), "q": "Vw", "sort": "credit"}, doseq=True
    )
    assert clerk.post(f"{LIST}views", {"name": "Firms first", "address": address}).status_code == 302
    assert names(clerk.get(answer.location).text) == [f"Vw {n}" for n in range(6)]
    (view,) = saved(clean)
    assert view.arguments == {"q": "Vw", "sort": "credit"}
    assert clerk.post(f"{LIST}views/{view.id}/delete").status_code == 302
    assert saved(clean) == []


def test_the_last_filter_of_a_view_can_be_taken_away(clean: Company):
    clerk = clean.client_of("east.clerk")
    clerk.get(LIST)
    answer = clerk.post(f"{LIST}views", {"name": "Only firms", "address": "f_kind=firm"})
    page = clerk.get(answer.location).text
    off = next(link for link in Page(page).links if "view=" in link and link.endswith("q="))
    assert "Vw 4" in names(clerk.get(off).text)


def test_nobody_else_sees_ones_own_view(clean: Company):
    save(clean.client_of("east.clerk"), "Mine alone")
    (view,) = saved(clean)
    for username in ("east.manager", "west.manager"):
        other = clean.client_of(username)
        assert "Mine alone" not in other.get(LIST).text
        assert "Mine alone" not in other.get(f"{LIST}?view={view.id}").text
        assert other.post(f"{LIST}views/{view.id}/delete").status_code == 404
    admin = clean.client_of("admin")
    admin.post("/branch/east")
    assert "Mine alone" not in admin.get("/core/list-view/").text
    assert admin.get(f"/core/list-view/{view.id}").status_code == 404
    assert len(saved(clean)) == 1


def test_sharing_takes_the_right(clean: Company):
    assert save(clean.client_of("east.clerk"), "For all", shared="1").status_code == 403
    assert saved(clean) == []
    assert save(clean.client_of("east.manager"), "For all", shared="1").status_code == 302
    watcher = clean.client_of("east.watcher")
    page = watcher.get(LIST).text
    assert "For all" in page
    (view,) = saved(clean)
    assert names(watcher.get(f"{LIST}?view={view.id}").text) == ["Vw 5", "Vw 3", "Vw 1"]
    assert watcher.post(f"{LIST}views/{view.id}/delete").status_code == 403
    assert "For all" not in clean.client_of("west.manager").get(LIST).text


def test_a_view_for_one_position(clean: Company):
    save(clean.client_of("east.manager"), "For clerks", shared="1", position="shop.clerk")
    assert "For clerks" in clean.client_of("east.clerk").get(LIST).text
    assert "For clerks" not in clean.client_of("east.watcher").get(LIST).text


def test_a_list_opens_with_the_view_that_one_chose(clean: Company):
    clerk = clean.client_of("east.clerk")
    save(clerk, "Every morning")
    (view,) = saved(clean)
    clerk.post(f"{LIST}opens", {"view": str(view.id), "address": f"view={view.id}"})
    assert names(clerk.get(LIST).text) == ["Vw 5", "Vw 3", "Vw 1"]
    assert len(names(clerk.get(f"{LIST}?view=0").text)) == 6
    assert len(names(clean.client_of("east.watcher").get(LIST).text)) == 6
    clerk.post(f"{LIST}opens", {"address": f"view={view.id}"})
    assert len(names(clerk.get(LIST).text)) == 6


def test_a_view_that_is_thrown_away_opens_nobodys_list(clean: Company):
    manager, clerk = clean.client_of("east.manager"), clean.client_of("east.clerk")
    save(manager, "Shared", shared="1")
    (view,) = saved(clean)
    clerk.get(LIST)
    clerk.post(f"{LIST}opens", {"view": str(view.id)})
    assert manager.post(f"{LIST}views/{view.id}/delete").status_code == 302
    assert len(names(clerk.get(LIST).text)) == 6


@pytest.mark.parametrize(
    ("name", "message"), [("", "Give the view a name."), ("x" * 61, "Use at most 60 characters.")]
)
def test_what_is_wrong_with_a_name_is_said_beside_it(clean: Company, name, message):
    answer = save(clean.client_of("east.clerk"), name)
    assert answer.status_code == 200
    assert message in answer.text
    assert names(answer.text) == ["Vw 5", "Vw 3", "Vw 1"]
    assert saved(clean) == []


def test_views_are_in_the_history_and_habits_are_not(clean: Company):
    clerk = clean.client_of("east.clerk")
    save(clerk, "Told of")
    clerk.post(f"{LIST}columns", {"column": ["name"]})
    with clean.session() as session:
        told = set(session.scalars(select(HistoryEntry.table_name)))
    assert "core_list_view" in told
    assert "core_list_habit" not in told


def test_columns_are_chosen_put_in_order_and_sized(clean: Company):
    clerk = clean.client_of("east.clerk")
    page = clerk.get(LIST).text
    assert headings(page) == ["Shop number", "Shop name", "Sort", "Credit", "Important", "Brought by"]
    arranged = {
        "column": ["name", "visits", "credit"],
        "width.name": "200",
        "width.credit": "5",
        "width.nothing": "9",
    }
    answer = clerk.post(f"{LIST}columns", arranged)
    page = clerk.get(answer.location).text
    assert headings(page) == ["Shop name", "Visits", "Credit"]
    assert '<col width="200">' in page
    assert '<col width="48">' in page
    answer = clerk.post(f"{LIST}columns", {**arranged, "up": "credit"})
    page = clerk.get(answer.location).text
    assert headings(page) == ["Shop name", "Credit", "Visits"]
    assert "columns-form" in page
    assert "data-drop open" in page
    assert headings(clean.client_of("east.watcher").get(LIST).text)[0] == "Shop number"
    clerk.post(f"{LIST}columns", {"reset": "1"})
    assert len(headings(clerk.get(LIST).text)) == 6


def test_a_drawn_width_is_kept(clean: Company):
    clerk = clean.client_of("east.clerk")
    clerk.get(LIST)
    assert clerk.post(f"{LIST}widths", {"column": "name", "width": "333"}).status_code == 204
    assert '<col width="333">' in clerk.get(LIST).text
    for wrong in ({"column": "extra", "width": "9"}, {"column": "name", "width": "-1"}, {"column": "name"}):
        assert clerk.post(f"{LIST}widths", wrong).status_code == 400


def test_a_view_has_its_columns(clean: Company):
    clerk = clean.client_of("east.clerk")
    answer = save(clerk, "Two columns", address="q=Vw&cols=credit,name,extra,nothing")
    assert headings(clerk.get(answer.location).text) == ["Credit", "Shop name"]
    changed = clerk.post(f"{LIST}columns", {"column": ["number"], "address": urlsplit(answer.location).query})
    page = clerk.get(changed.location).text
    assert headings(page) == ["Shop number"]
    assert "changed" in Page(page).texts
    assert headings(clerk.get(answer.location).text) == ["Credit", "Shop name"]


def test_a_file_holds_what_is_shown(clean: Company):
    clerk = clean.client_of("east.clerk")
    answer = save(clerk, "As a file", address="q=Vw&f_kind=firm&sort=credit&dir=desc&cols=credit,name")
    page = clerk.get(answer.location).text
    links = [link for link in Page(page).links if "/export." in link]
    assert [urlsplit(link).path[-4:] for link in links] == ["xlsx", ".csv"]
    with clerk.get(links[1]) as file:
        lines = file.get_data(as_text=True).lstrip("\ufeff").split()
    assert lines == ["Credit,Shop", "name", "5.00,Vw", "5", "3.00,Vw", "3", "1.00,Vw", "1"]


def test_a_list_with_all_of_it_takes_few_statements(clean: Company):
    clerk = clean.client_of("east.clerk")
    save(clerk, "One")
    save(clerk, "Two")
    clerk.post(f"{LIST}columns", {"column": ["name", "referrer_id"], "width.name": "100"})
    with counted(clean.database) as statements:
        assert clerk.get(f"{LIST}?q=Vw&f_kind=firm&sort=name").status_code == 200
    assert len(statements) <= 8, "\n".join(statements)
