"""A real office goes live on an empty database, all on screens, without the example company."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import databases
import servers
from core.people.passwords import SHORTEST
from filled_sheet import FilledSheet
from hidden_pages import NEWCOMER, ONE_TIME, add_newcomer
from shown_as import yuan
from visitor import Visitor
from walks import Setting

ADMIN_PASSWORD, OWN_PASSWORD = "a long enough sentence", "another long sentence"
ACCOUNT, CUSTOMER, METER = "60001", "周小满", "M-60001"
SOUTH = {"zh": "城南", "en": "South"}
DATA = ("south", "South", "城南", "林悦", CUSTOMER, METER, "翠湖路1号", "filled.xlsx")


@pytest.fixture
def site(
    setting: Setting, tmp_path: Path, live_server: Callable[..., servers.LiveServer]
) -> Iterator[servers.LiveServer]:
    """`zhidu run --no-demo` over nothing at all."""
    with databases.empty(setting.backend, tmp_path / "home") as url:
        yield live_server(url, "--no-demo")


def test_an_office_goes_live(
    visitor: Callable[..., Visitor], site: servers.LiveServer, tmp_path: Path
) -> None:
    admin = visitor(data=(ONE_TIME, *DATA))
    admin.log_in("admin", password_in(site.log()))
    choose_password(admin, password_in(site.log()), ADMIN_PASSWORD)
    add_branch(admin)
    one_time = add_newcomer(admin)
    admin.press("I have copied it")
    for position in ("Cashier clerk", "Meter reader"):
        appoint(admin, position)
    admin.follow("Plugins")
    gas = {"zh": "燃气抄表收费", "en": "Gas office"}[admin.words.lang]
    admin.press("%(plugin)s in %(branch)s", plugin=gas, branch=SOUTH[admin.words.lang])

    cashier = visitor(data=DATA)
    cashier.log_in(NEWCOMER, one_time)
    choose_password(cashier, one_time, OWN_PASSWORD)
    bring_in(cashier, tmp_path)
    cashier.follow("Accounts")
    assert cashier.column("Accounts", "Account number") == [ACCOUNT]

    cashier.follow("Arrears list")
    assert cashier.column("Arrears list", "Owed") == ["¥88.50"]
    cashier.open_row(ACCOUNT)
    cashier.tick("Every note was checked for counterfeits (GAS-R38)")
    cashier.press("Take payment")
    assert (cashier.fact("Amount"), cashier.fact("Still owed")) == ("¥88.50", yuan(0))
    cashier.follow("Arrears list")
    cashier.sees("Nobody owes anything.")


def password_in(text: str) -> str:
    found = ONE_TIME.search(text.partition("One-time password")[2])
    assert found, text
    return found.group()


def choose_password(person: Visitor, present: str, chosen: str) -> None:
    """A one-time password opens nothing but the page where it is changed."""
    person.sees("Choose a password of your own first.")
    person.open("/core/branch/")
    assert person.title() == person.words("Change password")
    person.fill("Present password", present)
    person.fill("New password", "short")
    person.fill("New password again", "short")
    person.press("Change password", status=422)
    person.sees("Use at least %(count)s characters.", count=SHORTEST)
    for label, text in (
        ("Present password", present),
        ("New password", chosen),
        ("New password again", chosen),
    ):
        person.fill(label, text)
    person.press("Change password")
    person.sees("Your password is changed. Other sessions have ended.")


def add_branch(admin: Visitor) -> None:
    admin.follow("Branches")
    admin.press("New %(thing)s", thing=admin.words("Branch"))
    admin.fill("Code", "south")
    admin.fill("Name in Chinese", "城南")
    admin.fill("Name in English", "South")
    admin.choose("Kind", admin.words("Branch office"))
    admin.press("Save")


def appoint(admin: Visitor, position: str) -> None:
    admin.follow("Appointments")
    admin.press("New %(thing)s", thing=admin.words("Appointment"))
    admin.pick("Person", "林悦")
    admin.pick("Branch", SOUTH[admin.words.lang])
    admin.choose("Position", admin.words(position))
    admin.press("Save")


def bring_in(person: Visitor, folder: Path) -> None:
    """Accounts, meters and where everything stood, each on its sheet."""
    day = date(date.today().year, 1, 1)  # noqa: DTZ011 - any day will do
    account = {"customer": CUSTOMER, "address": "翠湖路1号", "opened_on": day}
    # A new office has no published tariffs yet, which GAS-R30 doubts of every account.
    one_row(person, "Accounts", "Import", folder, doubted=True, account_number=ACCOUNT, **account)
    meter = {"account": ACCOUNT, "digits_of_the_dial": 5, "installed_on": day}
    meter["meter_type"] = person.words("Diaphragm meter")
    one_row(person, "Meters", "Import", folder, meter_number=METER, **meter)
    opening = {"opening_reading_of": day, "opening_reading": 1200, "balance_owed": 88.5}
    sheet = "Opening readings and balances"
    one_row(person, "Accounts", sheet, folder, account_number=ACCOUNT, meter_number=METER, **opening)


def one_row(
    person: Visitor, page: str, sheet: str, folder: Path, doubted: bool = False, **cells: object
) -> None:
    person.follow(page)
    person.press(sheet)
    file = person.fetch("Download", "*.xlsx")
    filled = FilledSheet(file, person.words)
    file.unlink()
    filled.add(**cells)
    person.upload(filled.save(folder / "filled.xlsx"))
    result = person.words("To confirm" if doubted else "Good")
    assert person.column("Rows in the sheet", "Result") == [result]
    if doubted:
        person.tick("It is right, store it")
    person.press("Accept the good rows")
    person.sees("%(count)s rows are stored.", count=1)
