"""Makes the pictures of the README anew, from the example company in a browser: `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import databases  # noqa: E402 - the folder of the tests' own modules is named above
import servers  # noqa: E402
from browsers import open_chromium  # noqa: E402
from visitor import Visitor  # noqa: E402

MOST_BYTES = 300_000
DESK, PHONE = (1440, 900), (390, 844)
MANAGER = "gas-east.manager"


def account(person: Visitor) -> None:
    person.follow("Accounts")
    person.browser.get(person.site.url(_first_row(person)))


def accounts(person: Visitor) -> None:
    person.open("/gas/account/?f_use_class.in=home,business&f_state=active&sort=number")


def why(person: Visitor) -> None:
    person.follow("Bills")
    person.browser.get(person.site.url(_first_row(person)))
    explained = (
        "document.querySelector('.explain').scrollIntoView({behavior: 'instant'}); window.scrollBy(0, -70)"
    )
    person.browser.driver.execute_script(explained)


PICTURES: dict[str, tuple[Callable[[Visitor], None], tuple[int, int]]] = {
    "account": (account, DESK),
    "accounts": (accounts, DESK),
    "why": (why, DESK),
}


def main() -> int:
    """Write docs/<name>.png for every picture; the exit status is 1 when one is too large to be kept."""
    with ExitStack() as ending:
        home = Path(ending.enter_context(tempfile.TemporaryDirectory()))
        url = ending.enter_context(databases.company("sqlite", home / "company"))
        site = ending.enter_context(servers.ending_all(home / "company"))(url)
        browser = open_chromium(home / "browser", lang="en")
        ending.callback(browser.close)
        person = Visitor(browser, site, "en")
        person.log_in(MANAGER, lang="en")
        too_large = [name for name in PICTURES if _taken(person, name) > MOST_BYTES]
    if too_large:
        print(f"Above {MOST_BYTES} bytes: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


def _taken(person: Visitor, name: str) -> int:
    go, size = PICTURES[name]
    person.browser.resize(*size)
    go(person)
    file = ROOT / "docs" / f"{name}.png"
    file.write_bytes(person.browser.picture(name).read_bytes())
    print(f"docs/{name}.png: {file.stat().st_size} bytes")
    return file.stat().st_size


def _first_row(person: Visitor) -> str:
    link = person.browser.one("main a.row-link").get_attribute("href") or ""
    return link.removeprefix(person.site.address)


if __name__ == "__main__":
    raise SystemExit(main())
