"""A meter reader's day with a phone: a route with all that happens on it, also where there is no connection."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

import rest_client
import servers
from day import LIST, PHOTO, Day, Piece
from phone_round import READER, Walk, odd_meter, photo, read_this_month
from visitor import Visitor
from walks import PHONE, settings

STOP = ("turn to the account's page", "put a tick into the list of the route")
CARD = ("take the ledger card out", "put it back")
"""In the evening, for each meter that was read."""

PIECES = {
    "set out": Piece(
        (
            "fetch the round book of the route",
            "fetch the list of the meters that are not read",
            "clip a pencil and slips to the book",
            "open it where the route begins",
        ),
        1,  # the route, on my work
    ),
    "read two meters": Piece((*STOP, *CARD) * 2, 2),
    "read one and prove it, without a connection": Piece(
        (*STOP, *CARD, "take a slip for a second look", "have the neighbour sign it", "clip it to the page"),
        1 + PHOTO,
    ),
    "read two more, without a connection": Piece((*STOP, *CARD) * 2, 2),
    "nobody is at home": Piece(
        (
            *STOP,
            "take a slip for those who were out",
            "hang it on the door",
            "open the list of the meters not seen",
        ),
        3,  # pass over; the reason; pass over
    ),
    "find a meter out of order, whose dial went round": Piece(
        (
            "turn to the index of the book",
            *STOP,
            *CARD,
            "take a slip for the rollover",
            "clip it to the page",
            "carry it to the team leader",
        ),
        # the list; the field; the stop; looked again; the reason; save
        5 + LIST,
    ),
    "come home": Piece(
        (
            "count the ticks of the list",
            "hand the list in",
            "hand the slips in",
            "put the round book back",
        ),
        1,  # home
    ),
}


@pytest.mark.parametrize("setting", settings((PHONE,)), indirect=True)
def test_a_day_takes_fewer_presses_than_paper_takes_handlings(
    visitor: Callable[..., Visitor], site: servers.LiveServer, tmp_path: Path
) -> None:
    went_round = odd_meter(site)
    before = len(read_this_month(site))
    reader = visitor()
    browser, walk = reader.browser, Walk(reader)
    day = Day(reader, PIECES)
    reader.open("/login/")
    reader.fill("User name", READER)
    reader.fill("Password", servers.DEMO_PASSWORD)
    reader.leave_by(lambda: browser.driver.switch_to.active_element.send_keys(Keys.ENTER))

    with day.doing("set out"):
        browser.one("#main a.work-link[href*='/core/round/']").click()
        browser.one(".round-figure")
    walk.wait_for_screen()
    done, every = walk.progress()
    assert done == before

    with day.doing("read two meters"):
        numbers = [walk.read(), walk.read()]
    walk.says("Everything is sent.")
    assert len(read_this_month(site)) == before + 2

    walk.cut()
    with day.doing("read one and prove it, without a connection"):
        walk.photograph(photo(tmp_path / "dial.png"))
        day.also(PHOTO)
        numbers.append(walk.read())
    with day.doing("read two more, without a connection"):
        numbers += [walk.read(), walk.read()]
    walk.says("%(count)s kept on this phone.", count=3)
    assert len(read_this_month(site)) == before + 2

    nobody = walk.number()
    with day.doing("nobody is at home"):
        browser.one("[data-skip]").click()
        browser.one("#round-skip input[value='nobody-home']").click()
        browser.one("[data-skip-ok]").click()
        browser.wait(lambda: walk.number() != nobody, "the next stop")
    walk.mend()
    walk.says("Everything is sent.")

    with day.doing("find a meter out of order, whose dial went round"):
        browser.one("[data-to-list]").click()
        browser.one("[data-seek]").click()
        browser.driver.switch_to.active_element.send_keys(went_round)
        browser.wait(lambda: len(browser.shown("[data-stop]")) == 1, "one stop")
        browser.one("[data-stop]").click()
        walk.enter("3")
        browser.one("[data-confirmed]").click()
        reader.choose(
            "Why is it right? Say so, or take a photo.", reader.words("The dial went round past zero")
        )
        day.also(LIST)
        walk.save()
        numbers.append(went_round)
    walk.says("Everything is sent.")
    assert walk.progress() == (done + 7, every)

    browser.console()  # what was asked for without a connection
    with day.doing("come home"):
        reader.leave(browser.one(".round-top a[href='/']"))

    stands_once(site, numbers)
    skipped = rest_client.log_in(site, READER).search("/core/visit/")["result"]
    assert [each["reason"] for each in skipped if each["outcome"] == "skipped"] == ["nobody-home"]
    left = browser.one("#main .work-line:has(a[href*='/core/round/']) .work-count").text
    assert left == str(every - done - 6)
    day.ends()


def stands_once(site: servers.LiveServer, numbers: list[str]) -> None:
    """Every meter that was read has one reading of this month, and no other has."""
    program = rest_client.log_in(site, READER)
    read = read_this_month(site)
    meters = [program.call(f"/gas/meter/{each['meter_id']}")[1]["result"]["number"] for each in read.values()]
    assert sorted(meters) == sorted(numbers)
