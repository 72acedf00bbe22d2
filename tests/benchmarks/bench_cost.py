"""What size costs: many business objects against few, a large company against a small one, side by side in one run.

`make bench` prints a line a figure. Nothing here judges a time; the page's SQL statements are counted, not timed.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest
from figures import STARTS, Office, Report, Size, in_turn, offices

CLERK, ADMINISTRATOR, HOLDER_OF_ALL = "p2", "p1", "p3"
FEW, MANY = Size("3-entities"), Size("300-entities", entities=300)
# The small one too fills a page of each list, and has as many people in a branch, so that both show equally many rows.
SMALL, LARGE = (
    Size("small", branches=60, people=1_200),
    Size("large", positions=200, branches=1_000, people=20_000),
)
OF_A_CLERK = {
    "list": "/many/thing1/",
    "list, searched": "/many/thing1/?q=Row",
    "list, page 10": "/many/thing1/?page=10",
    "form": "/many/thing1/new",
    "record": "/many/thing1/{record}",
    "form of a record": "/many/thing1/{record}/edit",
    "home": "/",
}
OF_AN_ADMINISTRATOR = {
    "list of people": "/core/person/",
    "person": "/core/person/2",
    "list of branches": "/core/branch/",
    "branch": "/core/branch/2",
}
RECORD_OF_THE_CLERK = 21  # the first branch's rows come before


def side_by_side(
    report: Report, backend: str, small: Office, large: Office, pages: dict[str, str], person: str
):
    for what, path in pages.items():
        address = path.format(record=RECORD_OF_THE_CLERK)
        one, other = in_turn(small, large, person, address)
        named = f"{what}, {large.size.name} against {small.size.name}, {backend}"
        report(named, other.milliseconds, "ms", one.milliseconds)
        report(f"{named}, the web process alone", other.processor, "ms", one.processor)
        report(f"{named}, SQL", other.statements, "statements", one.statements)


def test_many_entities(report: Report, backend: str, tmp_path: Path):
    with offices(backend, tmp_path, FEW, MANY) as (few, many):
        starts = [(few.start(), many.start()) for _ in range(STARTS)]
        for number, what in enumerate(("start-up", "start-up, the web process alone")):
            one = median(small[number] for small, _large in starts)
            other = median(large[number] for _small, large in starts)
            report(f"{what}, 300 entities against 3, {backend}", other, "s", one)
            report(f"{what}, seconds more with 300 entities, {backend}", other - one, "s")
        side_by_side(report, backend, few, many, OF_A_CLERK, CLERK)
        whole_menu = {"list, with every entity in the menu": "/many/thing1/"}
        side_by_side(report, backend, few, many, whole_menu, HOLDER_OF_ALL)


@pytest.mark.parametrize("person", [CLERK, ADMINISTRATOR])
def test_a_large_company(report: Report, backend: str, tmp_path: Path, person: str):
    with offices(backend, tmp_path, SMALL, LARGE) as (small, large):
        small.start()
        large.start()
        pages = OF_A_CLERK if person == CLERK else OF_AN_ADMINISTRATOR
        side_by_side(report, backend, small, large, pages, person)
