"""What stands in a VIP's archive is known to its custodian and the manager, and to nobody by any way (DEC-R20)."""
# zh-ok-file: what people who do not exist write

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from company import Company
from core.files.service import files_of
from decoration_care import ARCHIVES, archive, night
from decoration_company import HERE
from plugins.decoration.models.vip import Purchase, Reception, VipArchive, VipReview
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

SECRET = "准备送女儿出国读书"
OTHER = "another.keeper"
OUTSIDERS = ("another.keeper", *(f"{HERE}.{each}" for each in ("specialist", "assistant", "general-manager")))
PARTS = ("vip-archive", "vip-review", "vip-reception", "vip-purchase")


@pytest.fixture(scope="module")
def known(company: Company) -> dict[str, int]:
    """An archive with something secret in every part of it."""
    company.add_person(OTHER, HERE, n.VIP_KEEPER)
    found = archive(company, "S-1", ground=SECRET, developments=SECRET, original_place="密柜")
    keeper = company.people[f"{HERE}.vip-keeper"]
    day = {"archive_id": found}
    company.put(HERE, VipReview(reviewed_on=date(2026, 3, 2), developments=SECRET, **day))
    company.put(HERE, Reception(received_on=date(2026, 3, 2), received_by=keeper, topic=SECRET, **day))
    company.put(HERE, Purchase(bought_on=date(2026, 3, 2), what=SECRET, price=100, **day))
    browser = company.client_of(f"{HERE}.vip-keeper")
    page = f"/decoration/vip-archive/{found}"
    browser.get(page)
    answer = browser.post(
        f"/core/file/decoration.vip-archive/{found}", {"file": (BytesIO(b"copy"), "机密.txt")}
    )
    assert answer.status_code == 302
    with company.session(HERE) as session:
        customer_id = session.get_one(VipArchive, found).customer_id
        file_id = files_of(session, c.VIP_ARCHIVE, found)[0].id
    night(company, date(2026, 2, 20))
    return {"archive": found, "customer": customer_id, "file": file_id}


@pytest.mark.parametrize("username", OUTSIDERS)
def test_an_archive_is_known_to_custodian_and_manager_only(
    company: Company, known: dict[str, int], username: str
) -> None:
    api, browser = company.api_of(username), company.client_of(username)
    number = known["archive"]
    for part in PARTS:
        answer = api("GET", f"/api/v1/decoration/{part}/")
        assert answer.status_code == 403 or answer.json["result"] == [], part
        for path in (f"/decoration/{part}/", f"/decoration/{part}/?q=S-1"):
            assert SECRET not in browser.get(path).text
        assert api("GET", f"/api/v1/decoration/{part}/{number}").status_code in (403, 404), part
    for path in (
        f"/decoration/vip-archive/{number}",
        f"/decoration/vip-archive/{number}/edit",
        f"/core/history/of/decoration/vip-archive/{number}",
        f"/core/file/{known['file']}",
    ):
        assert browser.get(path).status_code in (403, 404), path
    for path in (
        f"/decoration/customer/{known['customer']}",
        "/search/?q=出国读书",
        "/search/?q=S-1",
        "/my-work/",
        "/core/obligation/",
        "/core/history/",
        "/decoration/vip-archive/picker?q=S-1",
        "/decoration/vip-archive/export.csv",
    ):
        page = browser.get(path).text
        assert SECRET not in page, path
        assert "机密" not in page, path
        assert f"/decoration/vip-archive/{number}" not in page, path


def test_nobody_but_the_manager_takes_archives_away(company: Company, known: dict[str, int]) -> None:
    for username in (*OUTSIDERS, f"{HERE}.vip-keeper"):
        answer = company.client_of(username).get("/decoration/vip-archive/export.xlsx")
        assert answer.status_code in (403, 404), username


def test_custodian_and_manager_read_all_of_it(company: Company, known: dict[str, int]) -> None:
    for name in ("vip-keeper", "manager"):
        api = company.api_of(f"{HERE}.{name}")
        found = api("GET", f"{ARCHIVES}{known['archive']}").json["result"]
        assert (found["ground"], found["developments"]) == (SECRET, SECRET), name
        for part in PARTS[1:]:
            rows = api("GET", f"/api/v1/decoration/{part}/").json["result"]
            assert any(SECRET in row.values() for row in rows), part
        page = company.client_of(f"{HERE}.{name}").get(f"/decoration/vip-archive/{known['archive']}").text
        assert SECRET in page
        assert "机密.txt" in page
